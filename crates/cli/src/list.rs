//! `cargo brookite list`.

use anstream::println;
use anyhow::Result;
use brookite_client::{JobState, JobSummary};
use clap::Args;

use crate::arguments::ClusterArguments;
use crate::console::{self, BAD, BOLD, DIM, GOOD, Table, WARNING, plain};
use crate::size;

/// List the jobs of a cluster.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite list
  cargo brookite list --all --flink http://flink.example:8081")]
pub(crate) struct ListArguments {
    #[command(flatten)]
    cluster: ClusterArguments,
    /// List the jobs that are over, too.
    #[arg(long, short)]
    all: bool,
}

pub(crate) fn run(arguments: &ListArguments) -> Result<()> {
    let client = arguments.cluster.connect()?;
    let overview = client.overview()?;
    let mut jobs = client.jobs()?;
    jobs.sort_by_key(|job| std::cmp::Reverse(job.start_time));
    let over = jobs.iter().filter(|job| job.state.is_over()).count();
    if !arguments.all {
        jobs.retain(|job| !job.state.is_over());
    }
    if !jobs.is_empty() {
        let mut table = Table::new(&["JOB", "STATE", "FOR", "TASKS", "NAME"]);
        jobs.iter().for_each(|job| table.row(row(job)));
        table.print();
    } else if arguments.all || over == 0 {
        println!("No jobs.");
    } else {
        println!("No job runs; {over} are over (--all lists them).");
    }
    console::note(format_args!(
        "{DIM}Flink {} at {}: {overview}{DIM:#}",
        client.version(),
        client.url()
    ));
    Ok(())
}

fn row(job: &JobSummary) -> Vec<(String, anstyle::Style)> {
    let tasks = |state: &str| job.tasks.get(state).copied().unwrap_or_default();
    let done = tasks("running") + tasks("finished");
    vec![
        plain(&job.id),
        (job.state.to_string(), style(job.state)),
        plain(size::duration(job.duration)),
        plain(format_args!("{done}/{}", tasks("total"))),
        (job.name.clone(), BOLD),
    ]
}

/// The colour of a state.
pub(crate) fn style(state: JobState) -> anstyle::Style {
    match state {
        JobState::Running | JobState::Finished => GOOD,
        JobState::Failed | JobState::Failing => BAD,
        JobState::Canceled => DIM,
        _ => WARNING,
    }
}
