//! `cargo brookite cancel`.

use anstream::println;
use anyhow::Result;
use brookite_client::{ClientError, Next, WaitOptions};
use clap::Args;

use crate::arguments::ClusterArguments;
use crate::interrupt::{self, Interrupted};
use crate::job_choice;

/// Cancel a job: it ends at once, without a savepoint.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite cancel 3f2a
  cargo brookite cancel 'word count'

`cargo brookite stop` ends a job with a savepoint, from which it can go on.")]
pub(crate) struct CancelArguments {
    /// The job: its id, the first four digits of it or more, or its name.
    job: String,
    #[command(flatten)]
    cluster: ClusterArguments,
}

pub(crate) fn run(arguments: &CancelArguments) -> Result<()> {
    interrupt::listen()?;
    let client = arguments.cluster.connect()?;
    let job = job_choice::find(&client, &arguments.job)?;
    client.cancel(&job)?;
    let next = |_: brookite_client::Event<'_>| {
        if interrupt::wanted() { Next::Leave } else { Next::Continue }
    };
    match client.wait(&job, &WaitOptions::default(), next) {
        Err(ClientError::JobCanceled { name, .. }) => {
            println!("Job {job} '{name}' is cancelled.");
            Ok(())
        }
        Ok(brookite_client::Ended::Left) => {
            let said = format!("no longer waiting; the cluster is cancelling job {job}");
            Err(Interrupted(said).into())
        }
        Ok(_) => {
            println!("Job {job} came to its end before it was cancelled.");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
