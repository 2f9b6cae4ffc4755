//! `cargo brookite submit`.

use std::path::PathBuf;

use anstream::println;
use anyhow::Result;
use clap::Args;

use crate::arguments::ClusterArguments;
use crate::interrupt::{self, Interrupted};
use crate::packaging::{PartsArguments, PipelineArguments};
use crate::submission::SubmissionArguments;
use crate::watch::{self, FollowArguments, OnInterrupt};

/// Package a pipeline and start it on a Flink cluster.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite submit -- --input s3://bucket/words
  cargo brookite submit --flink http://flink.example:8081 --parallelism 8 --wait
  cargo brookite submit --jar target/brookite/word-count.jar
  cargo brookite submit --jar jobs.jar top_words        of a jar with several pipelines
  cargo brookite submit --from file:///savepoints/savepoint-3f2a0c-7d1e0f3b6a11

The job runs on when this program has ended. With --wait it is followed until it is over; Ctrl-C then leaves \
it alone, or cancels it with --on-interrupt cancel. The job's id is the only thing on standard output.")]
pub(crate) struct SubmitArguments {
    #[command(flatten)]
    pipeline: PipelineArguments,
    /// A jar that `package` has made, instead of the crate in this folder. Of several pipelines in it, one is
    /// named as of a crate.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["package", "manifest_path", "profile", "arguments", "library", "bridge", "connector"])]
    jar: Option<PathBuf>,
    #[command(flatten)]
    parts: PartsArguments,
    #[command(flatten)]
    submission: SubmissionArguments,
    /// Follow the job until it is over; the exit status says how it ended.
    #[arg(long, short)]
    wait: bool,
    /// What Ctrl-C does with the job while it is followed.
    #[arg(long, value_enum, default_value_t = OnInterrupt::Leave, requires = "wait")]
    on_interrupt: OnInterrupt,
    #[command(flatten)]
    follow: FollowArguments,
    #[command(flatten)]
    cluster: ClusterArguments,
}

pub(crate) fn run(arguments: &SubmitArguments) -> Result<()> {
    interrupt::listen()?;
    // Before anything is built: without a cluster it would be in vain.
    let client = arguments.cluster.connect()?;
    let jar = match &arguments.jar {
        Some(jar) => jar.clone(),
        None => {
            let described = arguments.pipeline.describe(arguments.parts.built())?;
            let jar = described.default_jar();
            described.pack(&arguments.parts, &jar)?;
            jar
        }
    };
    // A jar that was made for this has one alone.
    let pipeline = arguments.jar.as_ref().and(arguments.pipeline.pipeline.as_deref());
    let job = arguments.submission.submit(&client, &jar, pipeline)?;
    println!("{job}");
    if arguments.wait {
        return watch::follow_listening(&client, &job, arguments.on_interrupt, &arguments.follow);
    }
    if interrupt::wanted() {
        let url = client.url();
        let said = format!(
            "interrupted when job {job} had been started, which runs on: end it with `cargo brookite cancel \
             {job} --flink {url}`"
        );
        return Err(Interrupted(said).into());
    }
    Ok(())
}
