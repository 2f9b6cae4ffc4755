//! Ctrl-C.
//!
//! The first one is a wish: the command at work sees it and ends in good order, which may mean to cancel a
//! job. The second one ends the program at once, and whatever runs on the cluster runs on.
//!
//! A terminal sends the signal to the programs that this one runs, too; others send it to this one alone.
//! So that both mean the same, programs that run jobs are in groups of their own and are told by this one,
//! and Cargo is passed the signal on.

use std::fmt;
use std::process::{Child, Command, ExitStatus};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};

/// How soon Ctrl-C is heeded.
pub(crate) const PAUSE: Duration = Duration::from_millis(50);

static WANTED: AtomicBool = AtomicBool::new(false);

/// The command ended because somebody pressed Ctrl-C.
#[derive(Debug)]
pub(crate) struct Interrupted(pub(crate) String);

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Interrupted {}

/// From now on the first Ctrl-C is a wish, which [`wanted`] tells.
pub(crate) fn listen() -> Result<()> {
    static LISTENING: OnceLock<Result<(), String>> = OnceLock::new();
    let listening = LISTENING.get_or_init(|| {
        let listening = ctrlc::set_handler(|| {
            if WANTED.swap(true, Ordering::SeqCst) {
                eprintln!(
                    "interrupted again: ending at once; a job that runs on the cluster runs on"
                );
                std::process::exit(i32::from(crate::INTERRUPTED));
            }
        });
        listening.map_err(|error| error.to_string())
    });
    listening.clone().map_err(anyhow::Error::msg).context("cannot listen to Ctrl-C")
}

/// Whether somebody pressed Ctrl-C.
pub(crate) fn wanted() -> bool {
    WANTED.load(Ordering::SeqCst)
}

/// Ends the command if somebody has pressed Ctrl-C.
pub(crate) fn check(when: &str) -> Result<()> {
    if wanted() {
        Err(Interrupted(format!("interrupted {when}; nothing runs")).into())
    } else {
        Ok(())
    }
}

/// Runs Cargo to its end, or to that of this command.
pub(crate) fn build(cargo: &mut Command) -> Result<ExitStatus> {
    listen()?;
    let mut child = cargo.spawn().context("cannot run cargo")?;
    let status = loop {
        if let Some(status) = child.try_wait().context("lost cargo")? {
            break status;
        }
        if wanted() {
            interrupt(&child);
            break child.wait().context("lost cargo")?;
        }
        sleep(PAUSE);
    };
    check("while the crate was built")?;
    Ok(status)
}

/// Passes the signal on; a program that has just ended does not need it.
fn interrupt(child: &Child) {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid {
        let _ = kill_process(pid, Signal::INT);
    }
}
