//! A process that may outlive the command that started it.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::setup;

/// How long a process may take to end before it is killed, in tenths of a second.
const PATIENCE: u32 = 100;

/// The process. It has a folder of its own, which is on its command line: so a process that got the number
/// of one that is gone is not taken for it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Background {
    pid: u32,
    /// There when this program started it: one that has ended is waited for.
    #[serde(skip)]
    child: Option<RefCell<Child>>,
}

impl Background {
    /// Starts it. One that is to `outlive` this program does not hear Ctrl-C in the terminal.
    pub(crate) fn start(command: &mut Command, outlive: bool) -> io::Result<Self> {
        #[cfg(unix)]
        if outlive {
            std::os::unix::process::CommandExt::process_group(command, 0);
        }
        let child = command.spawn()?;
        Ok(Self { pid: child.id(), child: Some(RefCell::new(child)) })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether it runs. One that ended and was not waited for does not.
    pub(crate) fn is_alive(&self, folder: &Path) -> bool {
        match &self.child {
            // A child keeps its number until it is waited for; its command line is there only a moment
            // after it has been started.
            Some(child) => child.borrow_mut().try_wait().is_ok_and(|ended| ended.is_none()),
            None => {
                command_line(self.pid).is_some_and(|line| line.contains(&*folder.to_string_lossy()))
            }
        }
    }

    /// By the shell's own `kill`: a program of that name is not on every machine.
    fn signal(&self, signal: &str) {
        setup::succeeds("sh", &["-c", &format!("kill {signal} {}", self.pid)]);
    }

    /// Kills it, which learns nothing of it.
    pub(crate) fn kill(&mut self, folder: &Path) -> Result<()> {
        self.signal("-KILL");
        self.wait(folder)
    }

    /// Tells all that run to end, in that order; those that do not are killed.
    pub(crate) fn end<'p>(
        processes: impl Iterator<Item = &'p mut Self>,
        folder: &Path,
    ) -> Result<()> {
        let mut processes: Vec<_> = processes.collect();
        processes.iter().filter(|one| one.is_alive(folder)).for_each(|one| one.signal("-TERM"));
        for _ in 0..PATIENCE {
            if !processes.iter().any(|one| one.is_alive(folder)) {
                break;
            }
            sleep(Duration::from_millis(100));
        }
        processes.iter().filter(|one| one.is_alive(folder)).for_each(|one| one.signal("-KILL"));
        processes.iter_mut().try_for_each(|one| one.wait(folder))
    }

    /// Waits until it has ended, as it was told.
    fn wait(&mut self, folder: &Path) -> Result<()> {
        if let Some(child) = &mut self.child {
            child.get_mut().wait().with_context(|| format!("lost process {}", self.pid))?;
        }
        for _ in 0..PATIENCE {
            if !self.is_alive(folder) {
                return Ok(());
            }
            sleep(Duration::from_millis(100));
        }
        bail!("process {} cannot be ended", self.pid)
    }

    /// One that another program started.
    #[cfg(test)]
    pub(crate) fn strange(pid: u32) -> Self {
        Self { pid, child: None }
    }
}

/// What a process was started with; none when it is gone, or was not waited for.
fn command_line(pid: u32) -> Option<String> {
    if let Ok(line) = fs::read(format!("/proc/{pid}/cmdline")) {
        return Some(String::from_utf8_lossy(&line).into_owned());
    }
    // Without /proc, as on macOS.
    let ps = Command::new("ps").args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output();
    let output = ps.ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
