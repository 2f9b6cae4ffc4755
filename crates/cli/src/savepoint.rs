//! `cargo brookite savepoint`.

use std::time::Duration;

use anstream::println;
use anyhow::Result;
use brookite_client::{SavepointFormat, SavepointOptions};
use clap::{Args, ValueEnum};

use crate::arguments::ClusterArguments;
use crate::job_choice;

/// Make a savepoint of a job that goes on, or dispose of one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite savepoint 3f2a
  cargo brookite savepoint 'word count' --directory file:///savepoints --format native
  cargo brookite savepoint --dispose file:///savepoints/savepoint-3f2a0c-7d1e0f3b6a11

The savepoint's path is the only thing on standard output.")]
pub(crate) struct SavepointArguments {
    /// The job: its id, the first four digits of it or more, or its name.
    #[arg(required_unless_present = "dispose", conflicts_with = "dispose")]
    job: Option<String>,
    #[command(flatten)]
    making: MakingArguments,
    /// Remove the files of the savepoint at this path instead.
    #[arg(long, value_name = "PATH")]
    dispose: Option<String>,
    #[command(flatten)]
    cluster: ClusterArguments,
}

/// How a savepoint is made.
#[derive(Debug, Args)]
pub(crate) struct MakingArguments {
    /// The folder that it is put into, seen from the cluster; its execution.checkpointing.savepoint-dir
    /// when none is given.
    #[arg(long, value_name = "URI")]
    directory: Option<String>,
    /// Flink's own form, which any state backend reads, or that of the state backend, which is faster.
    #[arg(long, value_enum, default_value_t = Format::Canonical)]
    format: Format,
    /// How long it may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    patience: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Canonical,
    Native,
}

impl MakingArguments {
    pub(crate) fn options(&self) -> SavepointOptions {
        let format = match self.format {
            Format::Canonical => SavepointFormat::Canonical,
            Format::Native => SavepointFormat::Native,
        };
        let patience = Duration::from_secs(self.patience);
        let options = SavepointOptions::default().format(format).patience(patience);
        match &self.directory {
            Some(directory) => options.directory(directory),
            None => options,
        }
    }
}

pub(crate) fn run(arguments: &SavepointArguments) -> Result<()> {
    let client = arguments.cluster.connect()?;
    if let Some(path) = &arguments.dispose {
        client.dispose_savepoint(path)?;
        println!("Disposed of {path}.");
        return Ok(());
    }
    let wanted = arguments.job.as_deref().unwrap_or_default();
    let job = job_choice::find(&client, wanted)?;
    println!("{}", client.savepoint(&job, &arguments.making.options())?);
    Ok(())
}
