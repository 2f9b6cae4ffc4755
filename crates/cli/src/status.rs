//! `cargo brookite status`.

use anstream::println;
use anyhow::Result;
use brookite_client::{Checkpoints, Client, JobFailure, JobId, Progress};
use clap::Args;

use crate::arguments::ClusterArguments;
use crate::console::{BAD, BOLD, DIM, Table, WARNING, plain, styled};
use crate::list::style;
use crate::watch::{self, FollowArguments, OnInterrupt};
use crate::{job_choice, size};

/// Show how a job gets on: its tasks, records, checkpoints and failures.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite status 3f2a
  cargo brookite status 'word count' --watch    until it is over; Ctrl-C leaves it alone
  cargo brookite status 3f2a --trace            with the stacks of its last failure

The exit status is 1 when the job has failed.")]
pub(crate) struct StatusArguments {
    /// The job: its id, the first four digits of it or more, or its name.
    job: String,
    /// Follow the job until it is over. Ctrl-C ends this program, not the job.
    #[arg(long, short)]
    watch: bool,
    #[command(flatten)]
    follow: FollowArguments,
    /// Print the last failure as Java prints it, with all stacks.
    #[arg(long)]
    trace: bool,
    #[command(flatten)]
    cluster: ClusterArguments,
}

pub(crate) fn run(arguments: &StatusArguments) -> Result<()> {
    let client = arguments.cluster.connect()?;
    let job = job_choice::find(&client, &arguments.job)?;
    if arguments.watch {
        return watch::follow(&client, &job, OnInterrupt::Leave, &arguments.follow);
    }
    let progress = client.progress(&job)?;
    show(&job, &progress);
    let failures = client.failures(&job)?;
    show_failures(&client, &failures, arguments.trace);
    if progress.state == brookite_client::JobState::Failed {
        anyhow::bail!("job {job} '{}' has failed", progress.name);
    }
    Ok(())
}

fn show(job: &JobId, progress: &Progress) {
    let state = styled(style(progress.state), progress.state);
    let duration = size::duration(progress.duration);
    println!("{} {state} for {duration}  {}", styled(BOLD, &progress.name), styled(DIM, job));
    if let Some(restarts) = progress.restarts.filter(|restarts| *restarts > 0) {
        println!("{} {restarts}", styled(WARNING, "restarts:"));
    }
    if let Some(shortage) = &progress.shortage {
        println!("{} {shortage}", styled(WARNING, "waits for slots:"));
    }
    println!("checkpoints: {}", checkpoints(&progress.checkpoints));
    let mut table = Table::new(&["TASKS", "STATE", "RECORDS IN", "OUT", "HELD UP", "OPERATORS"]);
    for vertex in &progress.vertices {
        let held_up = vertex.backpressure.map(|ratio| format!("{:.0} %", ratio * 100.0));
        table.row(vec![
            plain(vertex.parallelism),
            plain(vertex.status.to_lowercase()),
            plain(size::count(vertex.records_in)),
            plain(size::count(vertex.records_out)),
            plain(held_up.unwrap_or_else(|| "-".to_owned())),
            (vertex.name.clone(), BOLD),
        ]);
    }
    table.print();
}

/// How the checkpoints get on, on one line.
pub(crate) fn checkpoints(checkpoints: &Checkpoints) -> String {
    let counts = checkpoints.counts;
    let mut text = format!("{} complete", size::count(counts.completed));
    if counts.failed > 0 {
        text.push_str(&format!(", {} failed", size::count(counts.failed)));
    }
    if let Some(last) = checkpoints.completed() {
        let duration = last.duration.map(size::duration).unwrap_or_default();
        text.push_str(&format!(", the last {} in {duration}", size::bytes(last.state_size)));
    }
    text
}

fn show_failures(client: &Client, failures: &[JobFailure], trace: bool) {
    let Some(last) = failures.first() else { return };
    println!("{} {last}", styled(BAD, "last failure:"));
    if trace {
        println!("\n{}", last.trace.trim_end());
    } else if let Some(rust) = last.rust.as_ref().filter(|rust| !rust.backtrace.is_empty()) {
        println!("  in the Rust stage '{}'; --trace prints all stacks", rust.stage);
    }
    if failures.len() > 1 {
        let url = client.url();
        println!("{}", styled(DIM, format_args!("{} failures in all; see {url}", failures.len())));
    }
}
