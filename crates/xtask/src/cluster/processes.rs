//! The processes of a cluster, which outlive the command that started them.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::cluster::configuration::Configuration;
use crate::cluster::distribution::Distribution;
use crate::setup;

/// How long a process may take to end before it is killed, in tenths of a second.
const PATIENCE: u32 = 100;

/// What a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Role {
    JobManager,
    /// The number tells one from the other in file names.
    TaskManager(u32),
}

/// What runs, and where it answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Processes {
    pub(super) port: u16,
    members: Vec<Member>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Member {
    role: Role,
    pid: u32,
}

impl Processes {
    pub(super) fn new(port: u16) -> Self {
        Self { port, members: Vec::new() }
    }

    /// What was started before, if anything.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let file = file(folder);
        if !file.exists() {
            return Ok(None);
        }
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let processes = serde_json::from_str(&text)
            .with_context(|| format!("{} does not list processes", file.display()))?;
        Ok(Some(processes))
    }

    pub(super) fn forget(folder: &Path) -> Result<()> {
        let file = file(folder);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
        Ok(())
    }

    /// Starts a process with `command`, a JVM, in a group of its own, so that Ctrl-C ends only what it should.
    pub(super) fn start(
        &mut self,
        role: Role,
        distribution: &Distribution,
        mut command: Command,
        configuration: &Configuration,
    ) -> Result<()> {
        let log = configuration.logs().join(format!("{}.log", role.file_name()));
        let output =
            File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        command.arg(format!("-Dlog4j.configurationFile={}", configuration.log4j().display()));
        command.args(role.jvm_options());
        command.args(["-cp", &distribution.class_path(), role.main_class()]);
        command.arg("--configDir").arg(configuration.directory());
        command.args(role.arguments());
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().with_context(|| format!("cannot start the {role}"))?;
        self.members.push(Member { role, pid: child.id() });
        let file = file(configuration.folder());
        fs::write(&file, serde_json::to_string_pretty(self)?)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    pub(super) fn any_alive(&self) -> bool {
        self.members.iter().any(Member::is_alive)
    }

    /// The first process that should run and does not.
    pub(super) fn first_gone(&self) -> Option<Role> {
        self.members.iter().find(|member| !member.is_alive()).map(|member| member.role)
    }

    /// Ends all, TaskManagers first; those that do not end are killed.
    pub(super) fn stop(&self) {
        for member in self.members.iter().rev() {
            member.signal("-TERM");
        }
        for _ in 0..PATIENCE {
            if !self.any_alive() {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        self.members.iter().for_each(|member| member.signal("-KILL"));
    }

    /// A line for each process.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.members.iter().map(|member| {
            let state = if member.is_alive() { "runs" } else { "has ended" };
            format!("{} (process {}) {state}", member.role, member.pid)
        })
    }
}

impl Member {
    /// Whether the process runs. One that ended and was not waited for does not.
    fn is_alive(&self) -> bool {
        let status = format!("/proc/{}/stat", self.pid);
        match fs::read_to_string(status) {
            Ok(stat) => !stat.rsplit(')').next().is_some_and(|rest| rest.trim().starts_with('Z')),
            // Without /proc, as on macOS, the signal 0 asks.
            Err(_) => setup::succeeds("kill", &["-0", &self.pid.to_string()]),
        }
    }

    fn signal(&self, signal: &str) {
        if self.is_alive() {
            setup::succeeds("kill", &[signal, &self.pid.to_string()]);
        }
    }
}

impl Role {
    fn main_class(self) -> &'static str {
        match self {
            Self::JobManager => {
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"
            }
            Self::TaskManager(_) => "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        }
    }

    fn jvm_options(self) -> &'static [&'static str] {
        match self {
            Self::JobManager => &["-Xmx512m"],
            Self::TaskManager(_) => &["-Xmx768m", "-XX:MaxDirectMemorySize=512m"],
        }
    }

    /// What Flink's start scripts would compute of the machine's memory; a TaskManager wants to be told
    /// all of it.
    fn arguments(self) -> Vec<&'static str> {
        match self {
            Self::JobManager => vec!["--executionMode", "cluster"],
            Self::TaskManager(_) => [
                "taskmanager.cpu.cores=2.0",
                "taskmanager.memory.framework.heap.size=128m",
                "taskmanager.memory.task.heap.size=640m",
                "taskmanager.memory.framework.off-heap.size=128m",
                "taskmanager.memory.task.off-heap.size=256m",
                "taskmanager.memory.network.min=128m",
                "taskmanager.memory.network.max=128m",
                "taskmanager.memory.managed.size=512m",
                "taskmanager.memory.jvm-metaspace.size=256m",
                "taskmanager.memory.jvm-overhead.min=256m",
                "taskmanager.memory.jvm-overhead.max=256m",
            ]
            .into_iter()
            .flat_map(|option| ["-D", option])
            .collect(),
        }
    }

    fn file_name(self) -> String {
        match self {
            Self::JobManager => "jobmanager".to_owned(),
            Self::TaskManager(number) => format!("taskmanager-{number}"),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JobManager => f.write_str("JobManager"),
            Self::TaskManager(number) => write!(f, "TaskManager {number}"),
        }
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("processes.json")
}
