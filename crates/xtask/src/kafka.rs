//! Kafka on this machine, for pipelines that read and write it.
//!
//! The broker is Kafka's own, from the jars that the Kafka project publishes, which Maven keeps: one process
//! that is broker and controller at once, with its data in one folder. Nothing is installed.

mod broker;
mod client;
mod jars;
mod payments;
mod proof;
mod refusals;
mod tool;

use anyhow::{Result, bail};
use clap::Subcommand;

use crate::cluster::Distribution;
use crate::failover::any_seed;
use crate::java::Jobs;
use crate::layout::Layout;
use crate::native;
use crate::setup::JavaTools;
use broker::{Broker, Left};
use jars::Jars;

pub(crate) use proof::{Plan, prove};

/// The package whose pipeline reads and writes Kafka.
pub(crate) const EXAMPLES: &str = "example-pipelines";

#[derive(Subcommand)]
pub(crate) enum Action {
    /// Start a broker, and wait until it answers.
    ///
    /// Its files and its log are in target/kafka. Topics are not made by themselves.
    Start {
        /// The port that clients call; the one after it is taken as well.
        #[arg(long, default_value_t = 9092, value_parser = clap::value_parser!(u16).range(1..65535))]
        port: u16,
    },
    /// Stop what was started; its data goes, its log stays.
    Stop,
    /// Say whether the broker runs.
    Status,
    /// Kill TaskManagers while a pipeline reads and writes Kafka, and prove that nothing is lost or doubled.
    ///
    /// The example pipeline `payments` runs while records come in and TaskManagers are killed with SIGKILL at
    /// random moments; then again over the same records, undisturbed, on a cluster and embedded. A
    /// read_committed consumer must see the same results of each, and they must be those computed without
    /// Flink. Then what is wrong with a job must be told. Everything is in target/kafka-failover.
    Failover {
        /// How many TaskManagers are killed.
        #[arg(long, default_value_t = 20)]
        kills: u32,
        /// The same moments for the same seed; other ones each time when none is given.
        #[arg(long)]
        seed: Option<u64>,
    },
}

pub(crate) fn run(action: Action) -> Result<()> {
    let layout = Layout::find()?.with_plugins_as_tested();
    match action {
        Action::Start { port } => start(&layout, port),
        Action::Stop => stop(&layout),
        Action::Status => status(&layout),
        Action::Failover { kills, seed } => failover(&layout, kills, seed),
    }
}

fn start(layout: &Layout, port: u16) -> Result<()> {
    let folder = layout.results("kafka");
    if let Some(left) = Left::read(&folder)?.filter(Left::is_alive) {
        bail!("a broker runs at {}; `cargo xtask kafka stop` ends it", left.address());
    }
    let tools = JavaTools::find_or_install()?;
    let jars = Jars::find_or_build(layout, &tools)?;
    let broker = Broker::start(&tools, &jars, &folder, port, true)?;
    println!("Kafka at {}; log: {}", broker.address(), broker.log().display());
    println!("It ends with `cargo xtask kafka stop`.");
    broker.leave();
    Ok(())
}

fn stop(layout: &Layout) -> Result<()> {
    let folder = layout.results("kafka");
    match Left::read(&folder)? {
        None => println!("No broker runs."),
        Some(left) => {
            let address = left.address();
            left.end()?;
            println!("The broker at {address} has ended.");
        }
    }
    Ok(())
}

fn status(layout: &Layout) -> Result<()> {
    match Left::read(&layout.results("kafka"))? {
        None => println!("No broker runs; `cargo xtask kafka start` starts one."),
        Some(left) if left.is_alive() => println!("{left} runs"),
        Some(left) => println!("{left} has ended; `cargo xtask kafka start` starts one"),
    }
    Ok(())
}

fn failover(layout: &Layout, kills: u32, seed: Option<u64>) -> Result<()> {
    let tools = JavaTools::find_or_install()?;
    let distribution = Distribution::find_or_download(layout)?;
    native::build(layout, &[EXAMPLES])?;
    Jobs::build(layout, &tools)?;
    prove(layout, &tools, distribution, &Plan { kills, seed: seed.unwrap_or_else(any_seed) })
}
