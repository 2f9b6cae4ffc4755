//! The command line: its commands, and what it teaches with `--help`.

use std::time::Duration;

use brookite_client::Client;
use brookite_run::DEFAULT_CLUSTER;
use clap::builder::Styles;
use clap::builder::styling::AnsiColor;
use clap::{Args, Parser, Subcommand};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  cargo brookite new word-count              a crate that builds and passes its test
  cargo brookite run -- --input words.txt    run its pipeline here, with no JVM
  cargo brookite graph                       what its pipeline does
  cargo brookite submit --wait               run it on the cluster, and follow it
  cargo brookite doctor                      what is missing on this machine or the cluster
  cargo brookite list                        the jobs of the cluster at http://localhost:8081
  cargo brookite status 3f2a --watch         follow the job whose id begins with 3f2a
  cargo brookite stop 'word count'           stop the job of that name with a savepoint
  cargo brookite logs --job-manager          what the JobManager has written

The cluster is http://localhost:8081 unless --flink or BROOKITE_FLINK names another. The exit status is \
0 when all went well, 1 when something failed, 2 when the command line was wrong, 130 after Ctrl-C.";

/// Rust functions and pipelines for Apache Flink: from a new crate to a job on a cluster.
#[derive(Debug, Parser)]
#[command(
    name = "cargo brookite",
    bin_name = "cargo brookite",
    version,
    after_help = EXAMPLES,
    styles = STYLES,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a crate that builds and passes its tests at once.
    New(crate::new::NewArguments),
    /// Run a pipeline: on this machine, in an embedded Flink, or on a cluster.
    Run(crate::run::RunArguments),
    /// Show what a pipeline does, with its stages as Flink will run them.
    Graph(crate::graph::GraphArguments),
    /// Make the one jar that a Flink cluster takes.
    Package(crate::package_command::PackageArguments),
    /// Package a pipeline and start it on a Flink cluster.
    Submit(crate::submit::SubmitArguments),
    /// List the jobs of a cluster.
    List(crate::list::ListArguments),
    /// Show how a job gets on: its tasks, records, checkpoints and failures.
    Status(crate::status::StatusArguments),
    /// Cancel a job: it ends at once, without a savepoint.
    Cancel(crate::cancel::CancelArguments),
    /// Stop a job with a savepoint, from which it can go on.
    Stop(crate::stop::StopArguments),
    /// Make a savepoint of a job that goes on, or dispose of one.
    Savepoint(crate::savepoint::SavepointArguments),
    /// Print the logs of a cluster's processes.
    Logs(crate::logs::LogsArguments),
    /// Look for what is missing, and say how to mend it.
    Doctor(crate::doctor::DoctorArguments),
    /// Print a script that completes the commands of this program in a shell.
    Completions(crate::completions::CompletionsArguments),
}

/// Where the cluster is.
#[derive(Debug, Args)]
pub(crate) struct ClusterArguments {
    /// The address of the cluster's REST API.
    #[arg(long, value_name = "URL", env = "BROOKITE_FLINK", default_value = DEFAULT_CLUSTER)]
    pub(crate) flink: String,
    /// How long a single request may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: u64,
}

impl ClusterArguments {
    /// Looks for the cluster.
    pub(crate) fn connect(&self) -> anyhow::Result<Client> {
        let client = Client::connect(&self.flink)?;
        Ok(client.timeout(Duration::from_secs(self.timeout)))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
