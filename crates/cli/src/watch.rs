//! Following a job until it is over.
//!
//! On a terminal there is a line for the job and one for each of its vertices, always the newest. Elsewhere
//! there is a line when something has changed, and a sign of life now and then.

use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

use anstream::eprintln;
use anyhow::Result;
use brookite_client::{
    Client, ClientError, Ended, Event, JobId, JobState, Next, Progress, VertexProgress, WaitOptions,
};
use clap::{Args, ValueEnum};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::console::{self, DIM, GOOD, WARNING, styled};
use crate::interrupt::{self, Interrupted};
use crate::status::checkpoints;
use crate::{list, size};

/// Without a terminal, how often a job that does not change is spoken of.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// What Ctrl-C means for the job that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnInterrupt {
    /// Cancel the job.
    Cancel,
    /// Leave the job alone.
    Leave,
}

/// How patiently a job is followed.
#[derive(Debug, Args)]
pub(crate) struct FollowArguments {
    /// For how long the cluster may be out of reach while the job is followed, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    outage: u64,
}

impl FollowArguments {
    fn options(&self) -> WaitOptions {
        WaitOptions::default().outage(Duration::from_secs(self.outage))
    }
}

/// Follows a job until it is over. A job that does not come to its end is an error.
pub(crate) fn follow(
    client: &Client,
    job: &JobId,
    on_interrupt: OnInterrupt,
    how: &FollowArguments,
) -> Result<()> {
    interrupt::listen()?;
    follow_listening(client, job, on_interrupt, how)
}

/// The same, when the program listens to Ctrl-C already.
pub(crate) fn follow_listening(
    client: &Client,
    job: &JobId,
    on_interrupt: OnInterrupt,
    how: &FollowArguments,
) -> Result<()> {
    let mut display = Display::new();
    let mut restarts = Restarts::default();
    let ended = client.wait(job, &how.options(), |event| {
        match event {
            Event::Progress(progress) => {
                if let Some(reason) = restarts.reason(client, job, progress) {
                    display.restarted(&reason);
                }
                display.progress(progress);
            }
            Event::OutOfReach { error, again_in, .. } => display.out_of_reach(error, again_in),
            _ => {}
        }
        if interrupt::wanted() { Next::Leave } else { Next::Continue }
    });
    display.end();
    match ended? {
        Ended::Finished(details) => {
            let duration = size::duration(details.duration);
            let name = &details.name;
            console::note(format_args!("{} {name} after {duration}", styled(GOOD, "finished")));
            Ok(())
        }
        _ => Err(interrupted(client, job, on_interrupt)?),
    }
}

/// Why a job was started again: without that, one that can never run seems to hang.
#[derive(Default)]
struct Restarts {
    seen: u64,
    told: String,
}

impl Restarts {
    /// The latest failure, if there was a new one that differs from what was told last.
    fn reason(&mut self, client: &Client, job: &JobId, progress: &Progress) -> Option<String> {
        // Flink counts restarts some seconds later, and the state may be over too soon to be seen.
        let restarts = progress.restarts.unwrap_or_default();
        if restarts <= self.seen && progress.state != JobState::Restarting {
            return None;
        }
        // One that cannot be had now may be had with the next progress.
        let reason = client.failures(job).ok()?.first()?.to_string();
        self.seen = restarts;
        if reason == self.told {
            return None;
        }
        self.told.clone_from(&reason);
        Some(reason)
    }
}

/// What becomes of the job after Ctrl-C.
fn interrupted(client: &Client, job: &JobId, on_interrupt: OnInterrupt) -> Result<anyhow::Error> {
    let url = client.url();
    if on_interrupt == OnInterrupt::Leave {
        let said = format!(
            "no longer following job {job}, which runs on; look with `cargo brookite status {job} --flink \
             {url}`, end it with `cargo brookite cancel {job} --flink {url}`"
        );
        return Ok(Interrupted(said).into());
    }
    eprintln!("{} cancelling job {job}", styled(WARNING, "interrupted:"));
    match client.cancel(job).and_then(|()| cancelled(client, job)) {
        Ok(()) => Ok(Interrupted(format!("job {job} is cancelled")).into()),
        Err(ClientError::JobIsOver { state, .. }) => {
            Ok(Interrupted(format!("job {job} was over ({state}) before it was cancelled")).into())
        }
        Err(error) => Err(anyhow::Error::from(error).context(format!(
            "interrupted, and job {job} may still run: end it with `cargo brookite cancel {job} --flink {url}`"
        ))),
    }
}

fn cancelled(client: &Client, job: &JobId) -> Result<(), ClientError> {
    match client.wait(job, &WaitOptions::default(), |_| Next::Continue) {
        Err(ClientError::JobCanceled { .. }) | Ok(_) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What is shown of the job.
enum Display {
    Terminal { all: MultiProgress, lines: Vec<ProgressBar> },
    Plain { last: String, at: Instant },
}

impl Display {
    fn new() -> Self {
        if io::stderr().is_terminal() {
            Self::Terminal { all: MultiProgress::new(), lines: Vec::new() }
        } else {
            Self::Plain { last: String::new(), at: Instant::now() }
        }
    }

    fn progress(&mut self, progress: &Progress) {
        let state = styled(list::style(progress.state), progress.state);
        let name = &progress.name;
        match self {
            Self::Terminal { all, lines } => {
                let mut texts = vec![format!(
                    "{state} {name} for {}; checkpoints: {}{}",
                    size::duration(progress.duration),
                    checkpoints(&progress.checkpoints),
                    extras(progress),
                )];
                texts.extend(progress.vertices.iter().map(vertex_line));
                while lines.len() < texts.len() {
                    lines.push(all.add(line(lines.is_empty())));
                }
                for (line, text) in lines.iter().zip(texts) {
                    line.set_message(text);
                }
            }
            Self::Plain { last, at } => {
                let restarts = progress.restarts.unwrap_or_default();
                let now = format!("{} {restarts} {}", progress.state, progress.shortage.is_some());
                if now == *last && at.elapsed() < SIGN_OF_LIFE {
                    return;
                }
                (*last, *at) = (now, Instant::now());
                let out = size::count(progress.records_out());
                eprintln!(
                    "{state} {name}, {out} records at the end of it; checkpoints: {}{}",
                    checkpoints(&progress.checkpoints),
                    extras(progress),
                );
            }
        }
    }

    fn restarted(&mut self, reason: &str) {
        let text = format!("{} {reason}", styled(WARNING, "starting again after a failure:"));
        match self {
            Self::Terminal { all, .. } => {
                // A terminal that is gone has nobody in front of it.
                let _ = all.println(text);
            }
            Self::Plain { .. } => eprintln!("{text}"),
        }
    }

    fn out_of_reach(&mut self, error: &ClientError, again_in: Duration) {
        let lost = styled(WARNING, "out of reach");
        let again = size::duration(again_in);
        match self {
            Self::Terminal { lines, .. } => {
                if let Some(line) = lines.first() {
                    line.set_message(format!("{lost}, asking again in {again}: {error}"));
                }
            }
            Self::Plain { last, .. } => {
                *last = String::new();
                eprintln!("{lost}, asking again in {again}: {error}");
            }
        }
    }

    fn end(&mut self) {
        if let Self::Terminal { lines, .. } = self {
            lines.iter().for_each(ProgressBar::finish_and_clear);
        }
    }
}

fn extras(progress: &Progress) -> String {
    let mut text = String::new();
    if let Some(restarts) = progress.restarts.filter(|restarts| *restarts > 0) {
        text.push_str(&format!("; {restarts} restarts"));
    }
    if let Some(shortage) = &progress.shortage {
        text.push_str(&format!("; {} {shortage}", styled(WARNING, "waits for slots:")));
    }
    text
}

fn vertex_line(vertex: &VertexProgress) -> String {
    let held_up = match vertex.backpressure {
        Some(ratio) if ratio >= 0.005 => format!(", held up {:.0} %", ratio * 100.0),
        _ => String::new(),
    };
    let (name, parallelism) = (&vertex.name, vertex.parallelism);
    let (records_in, out) = (size::count(vertex.records_in), size::count(vertex.records_out));
    let numbers = styled(DIM, format_args!("x{parallelism} {}", vertex.status.to_lowercase()));
    format!("  {name} {numbers} in {records_in}, out {out}{held_up}")
}

fn line(first: bool) -> ProgressBar {
    let template = if first { "{spinner} {wide_msg}" } else { "  {wide_msg}" };
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
    let line = ProgressBar::new_spinner().with_style(style);
    line.enable_steady_tick(Duration::from_millis(120));
    line
}
