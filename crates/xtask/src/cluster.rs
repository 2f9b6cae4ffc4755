//! A standalone Flink cluster on this machine: a JobManager and TaskManagers, each a process of its
//! own, from Flink's own distribution.
//!
//! Everything of a cluster is in one folder, that of `cargo xtask cluster` in target/cluster: its
//! configuration, its logs, its checkpoints and savepoints, and the file `processes.json`, which says
//! what runs. Nothing is installed.

mod configuration;
mod distribution;
mod memory;
mod ports;
mod processes;
mod running;

use anyhow::{Result, bail};
use brookite_client::Client;
use clap::Subcommand;

use crate::layout::Layout;
use crate::setup::JavaTools;
use processes::Processes;

pub(crate) use distribution::Distribution;
pub(crate) use ports::{check_free, free_port};
pub(crate) use running::{Running, Settings};

#[derive(Subcommand)]
pub(crate) enum Action {
    /// Start a JobManager and TaskManagers, and wait until they have found each other.
    ///
    /// Flink's own distribution is taken from FLINK_HOME, else downloaded once (300 MB) with pip or
    /// curl into target/flink. All files of the cluster, its logs too, are in target/cluster.
    Start {
        /// TaskManager processes.
        #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=64))]
        task_managers: u32,
        /// Slots of each TaskManager.
        #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
        slots: u32,
        /// The port of the REST API and the Web UI; the one after it is taken as well.
        #[arg(long, default_value_t = 8081, value_parser = clap::value_parser!(u16).range(1..65535))]
        port: u16,
        /// An option of Flink's configuration, such as execution.checkpointing.interval=500ms.
        #[arg(short = 'D', value_name = "KEY=VALUE")]
        options: Vec<String>,
    },
    /// Stop what was started; its logs, checkpoints and savepoints stay in target/cluster.
    Stop,
    /// Say what runs: the processes, the slots, the jobs.
    Status,
}

pub(crate) fn run(action: Action) -> Result<()> {
    let layout = Layout::find()?;
    match action {
        Action::Start { task_managers, slots, port, options } => {
            start(&layout, Settings { task_managers, slots, port, options, outlive: true })
        }
        Action::Stop => stop(&layout),
        Action::Status => status(&layout),
    }
}

/// Where the REST API of a cluster on this machine is.
fn address(port: u16) -> String {
    format!("http://localhost:{port}")
}

fn start(layout: &Layout, settings: Settings) -> Result<()> {
    let tools = JavaTools::find_or_install()?;
    let folder = layout.results("cluster");
    if let Some(running) = Processes::read(&folder)?.filter(Processes::any_alive) {
        bail!(
            "a cluster runs at http://localhost:{}; `cargo xtask cluster stop` ends it",
            running.port
        );
    }
    let distribution = Distribution::find_or_download(layout)?;
    let (port, slots) = (settings.port, settings.task_managers * settings.slots);
    let version = distribution.version().to_owned();
    let cluster = Running::start(layout, &tools, distribution, &folder, settings)?;
    println!("Flink {version} at http://localhost:{port}: {slots} slots.");
    println!("Logs: {}", cluster.logs().display());
    println!("It ends with `cargo xtask cluster stop`.");
    cluster.leave();
    Ok(())
}

fn stop(layout: &Layout) -> Result<()> {
    let folder = layout.results("cluster");
    match Processes::read(&folder)?.filter(Processes::any_alive) {
        None => println!("No cluster runs."),
        Some(mut processes) => {
            processes.stop()?;
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
    if !processes.any_alive() {
        println!("The cluster has ended; `cargo xtask cluster start` starts one.");
        return Ok(());
    }
    let client = Client::connect(&address(processes.port))?;
    println!("{}", client.overview()?);
    for job in client.jobs()? {
        println!("  {job}");
    }
    Ok(())
}
