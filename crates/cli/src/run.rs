//! `cargo brookite run`.

mod embedded;
mod local;

use std::env;

use anyhow::{Result, bail};
use brookite_client::Client;
use brookite_run::{DEFAULT_CLUSTER, Embedded, RunnerName};
use clap::Args;

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
    /// What runs it: local (threads of one process, with no JVM), embedded (a Flink of its own, in one JVM;
    /// needs a JDK and FLINK_HOME), flink, or the URL of a cluster. BROOKITE_RUNNER names it, too.
    #[arg(long, value_name = "RUNNER", value_parser = runner_name, conflicts_with = "flink")]
    runner: Option<RunnerName>,
    /// The same as --runner embedded.
    #[arg(long, conflicts_with_all = ["runner", "flink"])]
    embedded: bool,
    /// The same as --runner URL. `--runner flink` is the cluster of BROOKITE_FLINK, else that of this machine.
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

/// Reads the name of a runner.
fn runner_name(text: &str) -> Result<RunnerName, String> {
    let expected = || "expected local, embedded, flink, or the URL of a cluster".to_owned();
    text.parse().map_err(|()| expected())
}

pub(crate) fn run(arguments: &RunArguments) -> Result<()> {
    let runner = match (&arguments.runner, &arguments.flink, arguments.embedded) {
        (_, _, true) => RunnerName::Embedded,
        // What stands on the command line is stronger than the environment.
        (_, Some(url), _) => RunnerName::Flink(Some(url.clone())),
        (Some(runner), ..) => runner.clone(),
        (None, ..) => RunnerName::of_environment()?.unwrap_or(RunnerName::Local),
    };
    let ignored = match runner {
        RunnerName::Local => arguments.submission.only_for_flink(),
        RunnerName::Embedded => arguments.submission.only_for_clusters(),
        _ => None,
    };
    if let Some(ignored) = ignored {
        bail!("{ignored} means nothing to this runner; with --flink URL it does");
    }
    interrupt::listen()?;
    match runner {
        RunnerName::Flink(url) => on_cluster(arguments, url),
        RunnerName::Embedded => {
            let flink = arguments.submission.embedded();
            // Before anything is built: without a JVM it would be in vain.
            flink.check()?;
            let described = arguments.pipeline.describe(arguments.parts.built())?;
            let jar = described.default_jar();
            let packed = described.pack(&arguments.parts, &jar)?;
            embedded::run(&packed.connectors.into_iter().fold(flink, Embedded::jar), &jar)
        }
        _ => {
            let options = arguments.submission.local()?;
            let described = arguments.pipeline.describe(arguments.parts.built())?;
            local::run(&described, &options, &arguments.pipeline.of.arguments)
        }
    }
}

fn on_cluster(arguments: &RunArguments, url: Option<String>) -> Result<()> {
    let named = url.or_else(|| env::var("BROOKITE_FLINK").ok());
    let client = Client::connect(named.as_deref().unwrap_or(DEFAULT_CLUSTER))?;
    let described = arguments.pipeline.describe(arguments.parts.built())?;
    let jar = described.default_jar();
    described.pack(&arguments.parts, &jar)?;
    let job = arguments.submission.submit(&client, &jar, None)?;
    watch::follow_listening(&client, &job, arguments.on_interrupt, &arguments.follow)
}
