//! A whole program: runs a pipeline, tells how it gets on, and heeds Ctrl-C.

use std::env;
use std::io;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use brookite_core::proto::PipelineCall;
use brookite_executor::{PipelineEntry, Registry};

use crate::error::RunError;
use crate::job::{JobHandle, JobResult};
use crate::program::{PipelineProgram, registered};
use crate::runner::Runner;

/// The exit status after Ctrl-C, as shells have it.
const INTERRUPTED: u8 = 130;

/// How often a job that runs is spoken of.
const PROGRESS: Duration = Duration::from_secs(2);

/// How soon Ctrl-C is heeded.
const PAUSE: Duration = Duration::from_millis(50);

static WANTED: AtomicBool = AtomicBool::new(false);

/// A whole `main`: runs the pipeline with the program's arguments, of which `--runner` says
/// [where](crate#which-runner), follows the job to its end, and tells of it on standard error.
///
/// Ctrl-C ends the job: on the local runner sources stop, and what they have emitted is worked on; elsewhere
/// it is cancelled. A second one ends the program at once; a job on a cluster may run on then.
///
/// The exit status is 0 when the job came to its end, 1 when something failed, and 130 after Ctrl-C.
pub fn main<M, P: PipelineProgram<M>>(pipeline: P) -> ExitCode {
    let _ = pipeline;
    // What is not UTF-8 is named by the error about what it names.
    let arguments = env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    let ran = Runner::choose(arguments)
        .and_then(|(runner, arguments)| follow(&runner, registered::<P>()?, &arguments));
    ended(ran)
}

/// The same for the pipeline of that name, which is linked to the program: what `cargo brookite run` makes a
/// program of. All arguments are the pipeline's. A line on standard input is the same as Ctrl-C, and the end of
/// it the same as a second one: nobody attends to the job any more.
pub fn run_registered(runner: &Runner, pipeline: String, arguments: Vec<String>) -> ExitCode {
    let known = Registry::linked().pipelines().find(|entry| entry.name() == pipeline);
    let call = PipelineCall { pipeline, arguments };
    thread::spawn(|| {
        io::stdin()
            .lines()
            .map_while(Result::ok)
            .for_each(|_| WANTED.store(true, Ordering::SeqCst));
        std::process::exit(i32::from(INTERRUPTED));
    });
    ended(match known {
        Some(entry) => follow(runner, entry, &call.arguments),
        // The registry says which ones there are.
        None => Registry::linked().pipeline(&call).map_err(RunError::Build).map(|_| Outcome::Ended),
    })
}

enum Outcome {
    Ended,
    Interrupted,
}

fn ended(ran: Result<Outcome, RunError>) -> ExitCode {
    match ran {
        Ok(Outcome::Ended) => ExitCode::SUCCESS,
        Ok(Outcome::Interrupted) => ExitCode::from(INTERRUPTED),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn follow(
    runner: &Runner,
    entry: &PipelineEntry,
    arguments: &[String],
) -> Result<Outcome, RunError> {
    ctrlc::set_handler(|| {
        if WANTED.swap(true, Ordering::SeqCst) {
            eprintln!("interrupted again: ending at once; a job on a cluster may run on");
            std::process::exit(i32::from(INTERRUPTED));
        }
    })?;
    let job = runner.start_entry(entry, arguments)?;
    if let Some(id) = job.id() {
        eprintln!("{} is job {id}", job.name());
    }
    let mut told = Instant::now();
    let mut stopping = false;
    loop {
        match job.wait_for(PAUSE) {
            Ok(Some(result)) => return Ok(tell_end(&job, &result, stopping)),
            Ok(None) => {}
            Err(RunError::Cancelled { name }) if stopping => {
                eprintln!("{name} is cancelled; nothing runs");
                return Ok(Outcome::Interrupted);
            }
            Err(error) => return Err(error),
        }
        if WANTED.load(Ordering::SeqCst) && !stopping {
            stopping = true;
            stop(runner, &job)?;
        }
        if told.elapsed() >= PROGRESS {
            told = Instant::now();
            // A cluster that does not answer now is asked again by who waits.
            if let (Ok(state), Ok(metrics)) = (job.state(), job.metrics()) {
                eprintln!("{state}, {} records read", metrics.read());
            }
        }
    }
}

fn stop(runner: &Runner, job: &JobHandle) -> Result<(), RunError> {
    if let Runner::Local(_) = runner {
        eprintln!("interrupted: the sources stop, what they have emitted is worked on");
        return job.drain().map(|_| ());
    }
    eprintln!("interrupted: cancelling {}", job.name());
    job.cancel()
}

fn tell_end(job: &JobHandle, result: &JobResult, stopped: bool) -> Outcome {
    for operator in &result.metrics.operators {
        let (name, parallelism) = (&operator.name, operator.parallelism);
        let (records_in, out) = (operator.records_in, operator.records_out);
        eprintln!("  {name} x{parallelism}: {records_in} records in, {out} out");
    }
    let seconds = result.duration.as_secs_f64();
    let how = if stopped { "stopped; nothing runs," } else { "finished" };
    eprintln!("{} {how} after {seconds:.3} s", job.name());
    if stopped { Outcome::Interrupted } else { Outcome::Ended }
}
