//! A standalone Flink cluster on this machine: a JobManager and TaskManagers, each a process of its
//! own, from Flink's own distribution.
//!
//! Everything of a cluster is in target/cluster: its configuration, its logs, its checkpoints, and the
//! file `processes.json`, which says what runs. Nothing is installed.

mod configuration;
mod distribution;
mod processes;
mod rest;

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::Subcommand;

use crate::java;
use crate::layout::Layout;
use crate::setup::JavaTools;
use configuration::Configuration;
use distribution::Distribution;
use processes::{Processes, Role};
use rest::Rest;

/// How long a JobManager or TaskManager may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Subcommand)]
pub(crate) enum Action {
    /// Start a JobManager and TaskManagers, and wait until they have found each other.
    ///
    /// Flink's own distribution is taken from FLINK_HOME, else downloaded once.
    Start {
        /// TaskManager processes.
        #[arg(long, default_value_t = 2)]
        task_managers: u32,
        /// Slots of each TaskManager.
        #[arg(long, default_value_t = 4)]
        slots: u32,
        /// The port of the REST API and the Web UI.
        #[arg(long, default_value_t = 8081)]
        port: u16,
        /// An option of Flink's configuration, such as execution.checkpointing.interval=500ms.
        #[arg(short = 'D', value_name = "KEY=VALUE")]
        options: Vec<String>,
    },
    /// Stop what was started.
    Stop,
    /// Say what runs.
    Status,
}

pub(crate) fn run(action: Action) -> Result<()> {
    let layout = Layout::find()?;
    match action {
        Action::Start { task_managers, slots, port, options } => {
            start(&layout, task_managers, slots, port, &options)
        }
        Action::Stop => stop(&layout),
        Action::Status => status(&layout),
    }
}

fn start(
    layout: &Layout,
    task_managers: u32,
    slots: u32,
    port: u16,
    options: &[String],
) -> Result<()> {
    let tools = JavaTools::find_or_install()?;
    let folder = layout.results("cluster");
    if let Some(running) = Processes::read(&folder)?.filter(Processes::any_alive) {
        bail!(
            "a cluster runs at http://localhost:{}; `cargo xtask cluster stop` ends it",
            running.port
        );
    }
    let configuration = Configuration::new(&folder, slots, port, options)?;
    let distribution = Distribution::find_or_download(layout)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    configuration.write()?;

    let mut processes = Processes::new(port);
    let rest = Rest::at(port)?;
    let roles = (1..=task_managers).map(Role::TaskManager);
    let started = std::iter::once(Role::JobManager)
        .chain(roles)
        .try_for_each(|role| {
            let jvm = java::flink_jvm(layout, &tools)?;
            processes.start(role, &distribution, jvm, &configuration)
        })
        .and_then(|()| wait_for(&rest, &processes, task_managers));
    if let Err(error) = started {
        processes.stop();
        return Err(error.context(format!("see the logs in {}", configuration.logs().display())));
    }
    let slots = task_managers * slots;
    println!("Flink {} at http://localhost:{port}: {slots} slots.", distribution.version());
    println!("Logs: {}", configuration.logs().display());
    println!("It ends with `cargo xtask cluster stop`.");
    Ok(())
}

/// Waits until all TaskManagers have registered, or one of the processes is gone.
fn wait_for(rest: &Rest, processes: &Processes, task_managers: u32) -> Result<()> {
    let started = Instant::now();
    loop {
        if rest.overview().is_ok_and(|overview| overview.task_managers == task_managers) {
            return Ok(());
        }
        if let Some(gone) = processes.first_gone() {
            bail!("the {gone} ended at once");
        }
        let seconds = PATIENCE.as_secs();
        ensure!(started.elapsed() < PATIENCE, "the cluster is not complete after {seconds} s");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn stop(layout: &Layout) -> Result<()> {
    let folder = layout.results("cluster");
    match Processes::read(&folder)?.filter(Processes::any_alive) {
        None => println!("No cluster runs."),
        Some(processes) => {
            processes.stop();
            println!("The cluster at http://localhost:{} has ended.", processes.port);
        }
    }
    Processes::forget(&folder)
}

fn status(layout: &Layout) -> Result<()> {
    let Some(processes) = Processes::read(&layout.results("cluster"))? else {
        println!("No cluster runs; `cargo xtask cluster start` starts one.");
        return Ok(());
    };
    println!("http://localhost:{}", processes.port);
    for line in processes.lines() {
        println!("  {line}");
    }
    match Rest::at(processes.port)?.overview() {
        Ok(overview) => println!("{overview}"),
        Err(error) => println!("The REST API does not answer: {error:#}"),
    }
    Ok(())
}
