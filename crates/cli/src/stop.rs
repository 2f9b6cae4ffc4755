//! `cargo brookite stop`.

use anstream::println;
use anyhow::Result;
use clap::Args;

use crate::arguments::ClusterArguments;
use crate::job_choice;
use crate::savepoint::MakingArguments;

/// Stop a job with a savepoint, from which it can go on.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite stop 3f2a
  cargo brookite stop 'word count' --directory s3://bucket/savepoints
  cargo brookite stop 3f2a --drain           for good: windows and timers fire first

The job's sinks commit what they have. The savepoint's path is the only thing on standard output.")]
pub(crate) struct StopArguments {
    /// The job: its id, the first four digits of it or more, or its name.
    job: String,
    #[command(flatten)]
    making: MakingArguments,
    /// Let windows and timers fire first, as at the end of all input: such a job does not go on.
    #[arg(long)]
    drain: bool,
    #[command(flatten)]
    cluster: ClusterArguments,
}

pub(crate) fn run(arguments: &StopArguments) -> Result<()> {
    let client = arguments.cluster.connect()?;
    let job = job_choice::find(&client, &arguments.job)?;
    let options = arguments.making.options().drain(arguments.drain);
    let savepoint = client.stop(&job, &options)?;
    println!("{savepoint}");
    Ok(())
}
