//! The processes of a cluster, which may outlive the command that started them.

use std::env;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::background::Background;
use crate::cluster::configuration::{self, Configuration};
use crate::cluster::distribution::Distribution;
use crate::cluster::memory;

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
    /// The cluster's folder, which is on the command line of every member.
    folder: PathBuf,
    /// Whether Ctrl-C in the terminal is for the command in front alone, or for them too.
    #[serde(skip)]
    outlive: bool,
    members: Vec<Member>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Member {
    role: Role,
    #[serde(flatten)]
    process: Background,
}

impl Processes {
    /// None yet. Those that are to `outlive` the command that starts them do not hear its Ctrl-C.
    pub(super) fn new(folder: &Path, port: u16, outlive: bool) -> Self {
        Self { port, folder: folder.to_owned(), outlive, members: Vec::new() }
    }

    /// What was started before, if anything.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let file = file(folder);
        if !file.exists() {
            return Ok(None);
        }
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let processes = serde_json::from_str(&text).with_context(|| {
            let path = file.display();
            format!("{path} does not list processes: end what `jps` shows of Flink, and delete it")
        })?;
        Ok(Some(processes))
    }

    /// Removes what is of use only while the cluster runs.
    pub(super) fn forget(folder: &Path) -> Result<()> {
        let temporary = configuration::temporary(folder);
        if temporary.exists() {
            fs::remove_dir_all(&temporary)
                .with_context(|| format!("cannot remove {}", temporary.display()))?;
        }
        let file = file(folder);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
        Ok(())
    }

    /// Starts a process with `command`, a JVM, as the cluster's `launch`th. Its output is added to the
    /// log of its role.
    pub(super) fn start(
        &mut self,
        role: Role,
        launch: u32,
        distribution: &Distribution,
        mut command: Command,
        configuration: &Configuration,
    ) -> Result<()> {
        let log = configuration.log(&role.file_name());
        let output = OpenOptions::new().create(true).append(true).open(&log);
        let output = output.with_context(|| format!("cannot write {}", log.display()))?;
        command.arg(format!("-Dlog4j.configurationFile={}", configuration.log4j().display()));
        // From there the REST API hands the log out.
        command.arg(format!("-Dlog.file={}", log.display()));
        // What a killed process leaves behind is then in a folder that is removed.
        command.arg(format!("-Djava.io.tmpdir={}", configuration.temporary().display()));
        command.arg("-XX:-UsePerfData").args(role.jvm_options(configuration)?);
        command.args(["-cp", &distribution.class_path(), role.main_class()]);
        command.arg("--configDir").arg(configuration.directory()).args(role.arguments(launch));
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        keep_apart(&mut command);
        let process = Background::start(&mut command, self.outlive)
            .with_context(|| format!("cannot start the {role}"))?;
        self.members.retain(|member| member.role != role);
        self.members.push(Member { role, process });
        let file = file(&self.folder);
        fs::write(&file, serde_json::to_string_pretty(self)?)
            .with_context(|| format!("cannot write {}", file.display()))
    }

    pub(super) fn any_alive(&self) -> bool {
        self.members.iter().any(|member| member.process.is_alive(&self.folder))
    }

    /// The first process that should run and does not.
    pub(super) fn first_gone(&self) -> Option<Role> {
        self.members
            .iter()
            .find(|member| !member.process.is_alive(&self.folder))
            .map(|member| member.role)
    }

    /// The process of that role, if it runs.
    pub(super) fn pid(&self, role: Role) -> Option<u32> {
        let member = self.members.iter().find(|member| member.role == role)?;
        member.process.is_alive(&self.folder).then_some(member.process.pid())
    }

    /// Kills one, which learns nothing of it.
    pub(super) fn kill(&mut self, role: Role) -> Result<()> {
        let member = self.members.iter_mut().find(|member| member.role == role);
        let Some(member) = member.filter(|member| member.process.is_alive(&self.folder)) else {
            bail!("the {role} is not there to be killed");
        };
        member.process.kill(&self.folder).with_context(|| format!("the {role}"))
    }

    /// Ends all, TaskManagers first; those that do not end are killed.
    pub(super) fn stop(&mut self) -> Result<()> {
        let last_first = self.members.iter_mut().rev().map(|member| &mut member.process);
        Background::end(last_first, &self.folder)
    }

    /// A line for each process.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.members.iter().map(|member| {
            let state = if member.process.is_alive(&self.folder) { "runs" } else { "has ended" };
            format!("{} (process {}) {state}", member.role, member.process.pid())
        })
    }
}

/// Keeps a process from finding what this repository has built otherwise than in a job's jar: its class
/// path is Flink's own, its working directory is elsewhere, and what Cargo tells the programs that it runs
/// (the folder of its libraries above all, in LD_LIBRARY_PATH) is not passed on.
fn keep_apart(command: &mut Command) {
    command.current_dir(env::temp_dir());
    let of_cargo = |name: &str| {
        ["CARGO", "RUST", "BROOKITE_", "LD_LIBRARY_PATH", "DYLD_"]
            .iter()
            .any(|beginning| name.starts_with(beginning))
    };
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_cargo)) {
        command.env_remove(name);
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

    fn jvm_options(self, configuration: &Configuration) -> Result<Vec<String>> {
        match self {
            Self::JobManager => Ok(memory::job_manager_jvm()),
            Self::TaskManager(_) => memory::task_manager_jvm(|key| configuration.value(key)),
        }
    }

    fn arguments(self, launch: u32) -> Vec<String> {
        let arguments = match self {
            Self::JobManager => ["--executionMode".to_owned(), "cluster".to_owned()],
            Self::TaskManager(_) => {
                ["-D".to_owned(), format!("taskmanager.resource-id={}", self.id(launch))]
            }
        };
        arguments.into()
    }

    /// What Flink calls a process: one that is started again is not the one that is gone.
    pub(super) fn id(self, launch: u32) -> String {
        format!("{}-{launch}", self.file_name())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The process list of a cluster whose TaskManager has the given number.
    fn listed(folder: &Path, pid: u32) -> Processes {
        let member = Member { role: Role::TaskManager(1), process: Background::strange(pid) };
        Processes { members: vec![member], ..Processes::new(folder, 8081, false) }
    }

    #[test]
    fn a_stranger_with_the_number_of_one_that_is_gone_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut stranger = Command::new("sleep").arg("60").spawn().unwrap();
        let mut processes = listed(folder.path(), stranger.id());
        assert!(!processes.any_alive());
        assert!(processes.kill(Role::TaskManager(1)).is_err());
        processes.stop().unwrap();
        assert!(stranger.try_wait().unwrap().is_none(), "it was ended");
        stranger.kill().unwrap();
        stranger.wait().unwrap();
    }

    #[test]
    fn a_list_that_is_damaged_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(file(folder.path()), "{").unwrap();
        let message = Processes::read(folder.path()).unwrap_err().to_string();
        assert!(message.contains("delete it"), "{message}");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let text = serde_json::to_string(&listed(folder.path(), 7)).unwrap();
        fs::write(file(folder.path()), text).unwrap();
        let read = Processes::read(folder.path()).unwrap().unwrap();
        assert_eq!(read.lines().collect::<Vec<_>>(), ["TaskManager 1 (process 7) has ended"]);
        Processes::forget(folder.path()).unwrap();
        assert!(Processes::read(folder.path()).unwrap().is_none());
    }
}
