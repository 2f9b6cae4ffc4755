//! [`JobHandle`]: a running pipeline.

mod coordinator;
mod metrics;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use brookite_core::coder::{Arena, Input};
use brookite_core::{Data, Owned};
use crossbeam_channel::{Sender, unbounded};

use crate::body::Surroundings;
use crate::checkpoint::Checkpoints;
use crate::control::{Control, lock};
use crate::error::JobError;
use crate::operator::Collected;
use crate::plan::Plan;
use crate::seed::Garden;

use coordinator::{Coordinator, Request};
use metrics::Watched;
pub use metrics::{JobMetrics, StageMetrics};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobState {
    /// It runs.
    Running,
    /// Its sources have been stopped; what they emitted is still being worked on.
    Draining,
    /// It has come to its end.
    Finished,
    /// It was cancelled.
    Cancelled,
    /// It failed.
    Failed,
}

impl JobState {
    /// Whether nothing of the job runs any more.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Finished | Self::Cancelled | Self::Failed)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Running => "running",
            Self::Draining => "draining",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        })
    }
}

/// A running pipeline. When it is dropped, the job is cancelled, and all of its threads end.
#[derive(Debug)]
pub struct JobHandle {
    shared: Arc<Shared>,
    coordinator: Mutex<Option<JoinHandle<()>>>,
}

/// Stops a job, from wherever one has to: a signal's handler, another thread.
#[derive(Clone, Debug)]
pub struct JobControl {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    name: String,
    control: Arc<Control>,
    requests: Sender<Request>,
    state: Mutex<JobState>,
    changed: Condvar,
    collected: Collected,
    watched: Watched,
    interrupted: AtomicBool,
}

impl Shared {
    fn state(&self) -> JobState {
        *lock(&self.state)
    }

    fn set(&self, state: JobState) {
        *lock(&self.state) = state;
        self.changed.notify_all();
    }
}

/// What became of a job that did not fail.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JobResult {
    /// [`Finished`](JobState::Finished) or [`Cancelled`](JobState::Cancelled).
    pub state: JobState,
    /// What its stages did.
    pub metrics: JobMetrics,
}

impl JobHandle {
    pub(crate) fn start(
        name: String,
        plan: &Plan,
        garden: Garden,
        surroundings: Surroundings,
        checkpoints: Option<Checkpoints>,
    ) -> Result<Self, JobError> {
        let (requests, requested) = unbounded();
        let shared = Arc::new(Shared {
            name,
            control: Arc::new(Control::new()),
            requests,
            state: Mutex::new(JobState::Running),
            changed: Condvar::new(),
            collected: surroundings.collected.clone(),
            watched: Watched::new(plan, &garden.figures),
            interrupted: AtomicBool::new(false),
        });
        let Garden { seeds, commands, .. } = garden;
        let coordinator =
            Coordinator { shared: shared.clone(), commands, requested, surroundings, checkpoints };
        let thread = thread::Builder::new()
            .name("brookite-job".to_owned())
            .spawn(move || coordinator.run(seeds))
            .map_err(|error| JobError::Runner(format!("no thread could be had: {error}")))?;
        Ok(Self { shared, coordinator: Mutex::new(Some(thread)) })
    }

    /// The job's name.
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// How far it is.
    pub fn state(&self) -> JobState {
        self.shared.state()
    }

    /// Waits until nothing of the job runs any more.
    ///
    /// # Errors
    /// The first failure, if the job failed.
    pub fn wait(&self) -> Result<JobResult, JobError> {
        let mut state = lock(&self.shared.state);
        while !state.is_terminal() {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let state = *state;
        self.join();
        match self.shared.control.failure() {
            Some(error) => Err(error),
            None => Ok(JobResult { state, metrics: self.metrics() }),
        }
    }

    /// Stops the sources, and lets all that they emitted be worked on: windows fire, sinks commit.
    pub fn drain(&self) {
        self.control().drain();
    }

    /// Stops at once: what was not worked on is lost, apart from the last checkpoint.
    pub fn cancel(&self) {
        self.control().cancel();
    }

    /// What stops the job from elsewhere.
    pub fn control(&self) -> JobControl {
        JobControl { shared: self.shared.clone() }
    }

    /// What its stages have done so far.
    pub fn metrics(&self) -> JobMetrics {
        self.shared.watched.read()
    }

    /// The names of its collect sinks.
    pub fn collect_names(&self) -> Vec<String> {
        lock(&self.shared.collected).keys().cloned().collect()
    }

    /// What a collect sink has so far, each as the serializer of its type writes it; `None` when there is
    /// no sink of that name.
    pub fn collected_bytes(&self, name: &str) -> Option<Vec<Vec<u8>>> {
        lock(&self.shared.collected).get(name).cloned()
    }

    /// What a collect sink has so far.
    ///
    /// # Errors
    /// When there is no sink of that name, or its records are of another type.
    pub fn collected<T: Data + Owned>(&self, name: &str) -> Result<Vec<T>, JobError> {
        let records = self.collected_bytes(name).ok_or_else(|| {
            let known = self.collect_names().join(", ");
            JobError::graph(name, format!("there is no such collect sink; there are: {known}"))
        })?;
        let read = |bytes: &Vec<u8>| {
            let arena = Arena::default();
            let mut input = Input::new(bytes, &arena);
            let value = T::decode(&mut input).and_then(|value| input.finish().map(|()| value));
            value.map_err(|error| {
                JobError::record(name, format!("its records are no {}: {error}", T::data_type()))
            })
        };
        records.iter().map(read).collect()
    }

    /// Whether it runs, and nobody has asked for its end; no longer once a task has failed.
    pub(crate) fn runs(&self) -> bool {
        !self.shared.control.is_cancelled() && self.state() == JobState::Running
    }

    /// Has the sources look whether there is something that was not there before.
    pub(crate) fn look(&self) {
        // A job that has ended does not listen any more.
        let _ = self.shared.requests.send(Request::Look);
    }

    fn join(&self) {
        if let Some(thread) = lock(&self.coordinator).take() {
            // What a task's thread ends with is in the job's state.
            let _ = thread.join();
        }
    }
}

impl Drop for JobHandle {
    fn drop(&mut self) {
        self.cancel();
        self.join();
    }
}

impl JobControl {
    /// As [`JobHandle::drain`].
    pub fn drain(&self) {
        // A job that has ended does not listen any more.
        let _ = self.shared.requests.send(Request::Drain);
    }

    /// As [`JobHandle::cancel`].
    pub fn cancel(&self) {
        if !self.state().is_terminal() {
            self.shared.control.cancel();
        }
    }

    /// What Ctrl-C should do: the first call drains, the second one cancels. Says which it was.
    pub fn interrupt(&self) -> JobState {
        if self.shared.interrupted.swap(true, Ordering::SeqCst) {
            self.cancel();
            return JobState::Cancelled;
        }
        self.drain();
        JobState::Draining
    }

    /// As [`JobHandle::state`].
    pub fn state(&self) -> JobState {
        self.shared.state()
    }
}
