//! A cluster that this program started, and ends unless it is told to leave it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use brookite_client::Client;

use crate::cluster;
use crate::cluster::configuration::Configuration;
use crate::cluster::distribution::Distribution;
use crate::cluster::ports;
use crate::cluster::processes::{Processes, Role};
use crate::java;
use crate::layout::Layout;
use crate::setup::JavaTools;

/// How long a JobManager or TaskManager may take to answer.
const PATIENCE: Duration = Duration::from_secs(90);

/// How a cluster is made up.
pub(crate) struct Settings {
    /// TaskManager processes.
    pub(crate) task_managers: u32,
    /// Slots of each.
    pub(crate) slots: u32,
    /// The port of the REST API.
    pub(crate) port: u16,
    /// Options of Flink's configuration, each `KEY=VALUE`.
    pub(crate) options: Vec<String>,
    /// Whether it may run on when this program has ended.
    pub(crate) outlive: bool,
}

/// A cluster that runs. It ends with this value.
pub(crate) struct Running<'l> {
    layout: &'l Layout,
    tools: &'l JavaTools,
    distribution: Distribution,
    configuration: Configuration,
    processes: Processes,
    folder: PathBuf,
    /// There as soon as the JobManager answers.
    client: Option<Client>,
    /// How many processes have been started.
    launched: u32,
    leave: bool,
}

impl<'l> Running<'l> {
    /// Starts a JobManager and TaskManagers, and waits until they have found each other.
    pub(crate) fn start(
        layout: &'l Layout,
        tools: &'l JavaTools,
        distribution: Distribution,
        folder: &Path,
        settings: Settings,
    ) -> Result<Self> {
        let Settings { task_managers, slots, port, options, outlive } = settings;
        Self::end_left_over(folder)?;
        ports::check_free(port)?;
        let configuration = Configuration::new(folder, slots, port, &options)?;
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        configuration.write()?;
        let mut cluster = Self {
            layout,
            tools,
            distribution,
            configuration,
            processes: Processes::new(folder, port, outlive),
            folder: folder.to_owned(),
            client: None,
            launched: 0,
            leave: false,
        };
        cluster.complete(task_managers, port).with_context(|| {
            format!("the cluster did not start: see the logs in {}", cluster.logs().display())
        })?;
        Ok(cluster)
    }

    /// Ends what a program that was killed has left running in that folder.
    pub(crate) fn end_left_over(folder: &Path) -> Result<()> {
        if let Some(mut left_over) = Processes::read(folder)? {
            left_over.stop().context("a cluster was left running")?;
            Processes::forget(folder)?;
        }
        Ok(())
    }

    fn complete(&mut self, task_managers: u32, port: u16) -> Result<()> {
        self.launch(Role::JobManager)?;
        for number in 1..=task_managers {
            self.launch(Role::TaskManager(number))?;
        }
        self.client = Some(self.wait_for(task_managers, &cluster::address(port))?);
        Ok(())
    }

    fn launch(&mut self, role: Role) -> Result<()> {
        let jvm = java::flink_jvm(self.layout, self.tools)?;
        self.launched += 1;
        let launch = self.launched;
        self.processes.start(role, launch, &self.distribution, jvm, &self.configuration)
    }

    /// Waits until all TaskManagers have registered, or one of the processes is gone.
    fn wait_for(&self, task_managers: u32, url: &str) -> Result<Client> {
        let started = Instant::now();
        loop {
            if let Ok(client) = Client::connect(url)
                && client.overview().is_ok_and(|found| found.task_managers == task_managers)
            {
                return Ok(client);
            }
            if let Some(gone) = self.processes.first_gone() {
                bail!("the {gone} ended at once");
            }
            let seconds = PATIENCE.as_secs();
            ensure!(started.elapsed() < PATIENCE, "the cluster is not complete after {seconds} s");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Waits until the TaskManager that was started last has registered.
    pub(crate) fn wait_for_return(&self, number: u32) -> Result<()> {
        let role = Role::TaskManager(number);
        let id = role.id(self.launched);
        let started = Instant::now();
        while !self.client().task_managers()?.iter().any(|found| found.id == id) {
            ensure!(self.processes.pid(role).is_some(), "the {role} ended at once");
            let seconds = PATIENCE.as_secs();
            ensure!(started.elapsed() < PATIENCE, "the {role} is not back after {seconds} s");
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    pub(crate) fn client(&self) -> &Client {
        self.client.as_ref().expect("a cluster that has started has answered")
    }

    /// The folder of the processes' logs.
    pub(crate) fn logs(&self) -> PathBuf {
        self.configuration.logs()
    }

    /// The process number of the JobManager, if it runs.
    pub(crate) fn job_manager(&self) -> Option<u32> {
        self.processes.pid(Role::JobManager)
    }

    /// The process number of a TaskManager that runs.
    pub(crate) fn task_manager(&self, number: u32) -> Option<u32> {
        self.processes.pid(Role::TaskManager(number))
    }

    /// Has the JVM of a TaskManager free what nobody needs: what is left is what it holds.
    pub(crate) fn collect_garbage(&self, number: u32) -> Result<()> {
        let pid = self.task_manager(number).context("the TaskManager is gone")?.to_string();
        let output = self.tools.jcmd().args([&pid, "GC.run"]).output();
        let output = output.context("cannot run the JDK's jcmd")?;
        ensure!(
            output.status.success(),
            "jcmd {pid} GC.run: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(())
    }

    /// Bytes of heap, direct buffers and metaspace of the TaskManager that was started last, and how many
    /// classes it has.
    pub(crate) fn jvm_memory(&self, number: u32) -> Result<[u64; 4]> {
        let names = [
            "Status.JVM.Memory.Heap.Used",
            "Status.JVM.Memory.Direct.MemoryUsed",
            "Status.JVM.Memory.Metaspace.Used",
            "Status.JVM.ClassLoader.ClassesLoaded",
            "Status.JVM.ClassLoader.ClassesUnloaded",
        ];
        let id = Role::TaskManager(number).id(self.launched);
        let metrics = self.client().task_manager_metrics(&id, &names)?;
        let metric = |name: &str| {
            let value = metrics.get(name).with_context(|| format!("{id} does not tell its {name}"));
            value.map(|value| *value as u64)
        };
        let [heap, direct, metaspace, loaded, unloaded] = names;
        Ok([
            metric(heap)?,
            metric(direct)?,
            metric(metaspace)?,
            metric(loaded)? - metric(unloaded)?,
        ])
    }

    /// Kills a TaskManager with SIGKILL: it has no time to say good-bye.
    pub(crate) fn kill_task_manager(&mut self, number: u32) -> Result<()> {
        self.processes.kill(Role::TaskManager(number))
    }

    /// Starts a TaskManager that was killed again, and does not wait for it.
    pub(crate) fn restart_task_manager(&mut self, number: u32) -> Result<()> {
        self.launch(Role::TaskManager(number))
    }

    /// Lets the cluster run on when this program ends.
    pub(super) fn leave(mut self) {
        self.leave = true;
    }

    /// Ends the cluster.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.leave = true;
        self.processes.stop()?;
        Processes::forget(&self.folder)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if self.leave {
            return;
        }
        let stopped = self.processes.stop().and_then(|()| Processes::forget(&self.folder));
        if let Err(error) = stopped {
            eprintln!("the cluster may still run: {error:#}");
        }
    }
}
