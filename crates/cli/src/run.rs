//! `cargo brookite run`.

mod embedded;
mod local;

use std::env;

use anyhow::{Result, bail};
use brookite_client::Client;
use clap::{Args, ValueEnum};

use crate::arguments::DEFAULT_CLUSTER;
use crate::interrupt;
use crate::packaging::{PartsArguments, PipelineArguments};
use crate::submission::SubmissionArguments;
use crate::watch::{self, FollowArguments, OnInterrupt};

/// Run a pipeline: on this machine, in an embedded Flink, or on a cluster.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite run -- --input words.txt               here, with no JVM
  cargo brookite run --embedded -- --input words.txt    in a Flink of its own, which ends with the job
  cargo brookite run --flink http://localhost:8081 --parallelism 4 -- --input s3://bucket/words

The job is bound to this program. Ctrl-C lets a local job finish what its sources have emitted, ends an \
embedded one, and cancels one on a cluster unless --on-interrupt leave says otherwise; a second Ctrl-C ends \
the program at once. `cargo brookite submit` starts a job that runs on by itself.")]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pipeline: PipelineArguments,
    /// What runs it. A cluster's address (--flink) means flink.
    #[arg(long, value_enum, env = "BROOKITE_RUNNER")]
    runner: Option<Runner>,
    /// The same as --runner embedded.
    #[arg(long, conflicts_with_all = ["runner", "flink"])]
    embedded: bool,
    /// The address of a cluster's REST API; with --runner flink that of BROOKITE_FLINK when none is given.
    #[arg(long, value_name = "URL")]
    flink: Option<String>,
    #[command(flatten)]
    parts: PartsArguments,
    #[command(flatten)]
    submission: SubmissionArguments,
    /// What Ctrl-C does with a job on a cluster.
    #[arg(long, value_enum, default_value_t = OnInterrupt::Cancel)]
    on_interrupt: OnInterrupt,
    #[command(flatten)]
    follow: FollowArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Runner {
    /// Threads of one process, with no JVM.
    Local,
    /// A Flink of its own, in one JVM; needs a JDK and FLINK_HOME.
    Embedded,
    /// A cluster.
    Flink,
}

pub(crate) fn run(arguments: &RunArguments) -> Result<()> {
    let runner = match (arguments.runner, arguments.embedded) {
        (_, true) => Runner::Embedded,
        // What stands on the command line is stronger than the environment.
        _ if arguments.flink.is_some() => Runner::Flink,
        (Some(runner), _) => runner,
        (None, _) => Runner::Local,
    };
    let ignored = match runner {
        Runner::Local => arguments.submission.only_for_flink(),
        Runner::Embedded => arguments.submission.only_for_clusters(),
        Runner::Flink => None,
    };
    if let Some(ignored) = ignored {
        bail!("{ignored} means nothing to this runner; with --flink URL it does");
    }
    match runner {
        Runner::Local => {
            let described = arguments.pipeline.describe(arguments.parts.built())?;
            local::run(
                &described,
                arguments.submission.parallelism(),
                &arguments.pipeline.of.arguments,
            )
        }
        Runner::Embedded => {
            // Before anything is built: without a JVM it would be in vain.
            let flink = embedded::Flink::find()?;
            let described = arguments.pipeline.describe(arguments.parts.built())?;
            let jar = described.default_jar();
            let packed = described.pack(&arguments.parts, &jar)?;
            flink.run(&jar, &packed.connectors, &arguments.submission.program_arguments())
        }
        Runner::Flink => on_cluster(arguments),
    }
}

fn on_cluster(arguments: &RunArguments) -> Result<()> {
    let named = arguments.flink.clone().or_else(|| env::var("BROOKITE_FLINK").ok());
    let client = Client::connect(named.as_deref().unwrap_or(DEFAULT_CLUSTER))?;
    let described = arguments.pipeline.describe(arguments.parts.built())?;
    let jar = described.default_jar();
    described.pack(&arguments.parts, &jar)?;
    interrupt::listen()?;
    let job = arguments.submission.submit(&client, &jar, None)?;
    watch::follow_listening(&client, &job, arguments.on_interrupt, &arguments.follow)
}
