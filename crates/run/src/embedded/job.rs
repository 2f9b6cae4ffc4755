//! [`EmbeddedJob`]: a job in a JVM of its own.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use brookite_client::{Accumulator, Client, JobId};
use tempfile::TempPath;

use crate::embedded::event::{Ended, Event};
use crate::error::RunError;
use crate::flink;
use crate::job::JobResult;
use crate::metrics::JobMetrics;
use crate::state::JobState;

/// How long a JVM may take to end once its job has been cancelled.
const GRACE: Duration = Duration::from_secs(10);

/// A job in a JVM of its own. When it is dropped, the job is cancelled, and the JVM is gone.
#[derive(Debug)]
pub struct EmbeddedJob {
    id: JobId,
    name: String,
    rest: String,
    jvm: Mutex<Jvm>,
    shared: Arc<Shared>,
    reader: Option<JoinHandle<()>>,
    /// Files that the JVM reads.
    _files: Vec<TempPath>,
}

#[derive(Debug)]
struct Jvm {
    child: Child,
    /// The JVM cancels the job when this is at its end.
    alive: Option<ChildStdin>,
}

#[derive(Debug, Default)]
struct Shared {
    ended: Mutex<Option<Ended>>,
    /// Whether the JVM prints no more.
    silent: Mutex<bool>,
    changed: Condvar,
}

impl EmbeddedJob {
    pub(super) fn start(mut command: Command, files: Vec<TempPath>) -> Result<Self, RunError> {
        let broken = |what: String| RunError::Jvm { what };
        let mut child =
            command.spawn().map_err(|error| broken(format!("does not start: {error}")))?;
        let (alive, stdout) = (child.stdin.take(), child.stdout.take());
        let mut jvm = Jvm { child, alive };
        let stdout = stdout.ok_or_else(|| broken("has no standard output".to_owned()))?;
        let shared = Arc::new(Shared::default());
        let (running, started) = mpsc::channel();
        let reader = {
            let shared = shared.clone();
            thread::Builder::new()
                .name("brookite-embedded".to_owned())
                .spawn(move || read(stdout, &shared, &running))
                .map_err(|error| broken(format!("cannot be listened to: {error}")))?
        };
        // The sender is dropped when the JVM has said its last.
        let Ok(event) = started.recv() else {
            let status = jvm.child.wait().map_or_else(|error| error.to_string(), |s| s.to_string());
            return Err(broken(format!("ended with {status} before there was a job: see above")));
        };
        if let Some(refused) = event.refused() {
            jvm.end();
            return Err(refused);
        }
        let id = event.job.as_deref().unwrap_or_default().parse().map_err(|error| {
            jvm.end();
            broken(format!("told no job's number: {error}"))
        })?;
        Ok(Self {
            id,
            name: event.name.unwrap_or_default(),
            rest: event.rest.unwrap_or_default(),
            jvm: Mutex::new(jvm),
            shared,
            reader: Some(reader),
            _files: files,
        })
    }

    /// The job's number.
    pub fn id(&self) -> &JobId {
        &self.id
    }

    /// The job's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the job stands.
    pub fn state(&self) -> JobState {
        let ended = lock(&self.shared.ended).as_ref().map(|ended| ended.state);
        ended.unwrap_or(if lock(&self.jvm).alive.is_some() {
            JobState::Running
        } else {
            JobState::Ending
        })
    }

    /// Waits until the job is over.
    ///
    /// # Errors
    /// [`RunError::JobFailed`], [`RunError::Cancelled`], and [`RunError::Jvm`] when the JVM was ended from
    /// outside.
    pub fn wait(&self) -> Result<JobResult, RunError> {
        loop {
            if let Some(result) = self.wait_for(Duration::from_secs(60))? {
                return Ok(result);
            }
        }
    }

    /// Waits until the job is over, and no longer than so long; none when it is not over then.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    pub fn wait_for(&self, longest: Duration) -> Result<Option<JobResult>, RunError> {
        let until = Instant::now() + longest;
        let mut silent = lock(&self.shared.silent);
        while !*silent {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let waited = self.shared.changed.wait_timeout(silent, left);
            silent = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(silent);
        let name = self.name.clone();
        let Some(ended) = lock(&self.shared.ended).clone() else {
            let status = lock(&self.jvm).child.wait();
            let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
            return Err(RunError::Jvm {
                what: format!("ended with {status}, and job '{name}' with it"),
            });
        };
        match ended.state {
            JobState::Finished => {
                let Ended { state, duration, metrics, .. } = ended;
                Ok(Some(JobResult { state, duration, metrics }))
            }
            JobState::Cancelled => Err(RunError::Cancelled { name }),
            _ => {
                Err(RunError::JobFailed { name, causes: ended.causes, flink: None, function: None })
            }
        }
    }

    /// Cancels the job.
    pub fn cancel(&self) {
        lock(&self.jvm).alive.take();
    }

    pub(crate) fn stop(&self, drain: bool) -> Result<String, RunError> {
        flink::stop(&self.client()?, &self.id, drain)
    }

    pub(crate) fn metrics(&self) -> Result<JobMetrics, RunError> {
        let so_far = || self.client()?.job(&self.id).map_err(RunError::Client);
        match so_far() {
            Ok(job) => Ok(JobMetrics::from(&job)),
            // The cluster goes when the job ends.
            Err(error) => match &*lock(&self.shared.ended) {
                Some(ended) => Ok(ended.metrics.clone()),
                None => Err(error),
            },
        }
    }

    pub(crate) fn collected(&self, sink: &str) -> Result<Vec<Vec<u8>>, RunError> {
        let wrong = |reason: String| RunError::Collected { sink: sink.to_owned(), reason };
        let ended = lock(&self.shared.ended);
        let ended = ended.as_ref().ok_or_else(|| {
            wrong("an embedded job hands its records out at its end: wait for it".to_owned())
        })?;
        let records = ended.collected.get(sink).ok_or_else(|| {
            wrong(format!("there is none; there are {:?}", ended.collected.keys()))
        })?;
        Accumulator::records(sink, records).map_err(|error| wrong(error.to_string()))
    }

    fn client(&self) -> Result<Client, RunError> {
        Ok(Client::connect(&self.rest)?)
    }
}

impl Drop for EmbeddedJob {
    fn drop(&mut self) {
        lock(&self.jvm).end();
        if let Some(reader) = self.reader.take() {
            // A thread that panicked has nothing more to say.
            let _ = reader.join();
        }
    }
}

impl Jvm {
    /// Has the JVM cancel its job and end; kills it when it does not.
    fn end(&mut self) {
        self.alive.take();
        let started = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if started.elapsed() > GRACE {
                // It may just have ended by itself.
                let _ = self.child.kill();
                let _ = self.child.wait();
                return;
            }
            sleep(Duration::from_millis(20));
        }
    }
}

/// Reads what the JVM prints, to its end.
fn read(stdout: ChildStdout, shared: &Shared, running: &mpsc::Sender<Event>) {
    for line in BufReader::new(stdout).lines() {
        let Ok(line) = line else { break };
        match serde_json::from_str::<Event>(&line) {
            // Whoever closed the output does not want it.
            Ok(Event { output: Some(output), .. }) => {
                let _ = writeln!(io::stdout(), "{output}");
            }
            Ok(event) if matches!(event.state.as_deref(), Some("RUNNING" | "REFUSED")) => {
                let _ = running.send(event);
            }
            Ok(event) => *lock(&shared.ended) = event.ended(),
            Err(_) => eprintln!("{line}"),
        }
    }
    *lock(&shared.silent) = true;
    shared.changed.notify_all();
}

/// What a thread that panicked left behind is as good as before: nothing is ever half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
