//! How tasks and the job talk to each other.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::error::JobError;
use crate::task::Stop;

/// The number under which sinks commit what is left at the end of the job.
pub(crate) const FINAL: u64 = u64::MAX;

/// What the job tells a task.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Command {
    /// Sources: take a checkpoint of that number.
    Checkpoint(u64),
    /// The checkpoint of that number is complete.
    Completed(u64),
    /// Sources: emit no more, and end as if there were no more.
    Drain,
    /// Sources: there may be something that was not there before.
    Look,
    /// All tasks have finished.
    Close,
}

/// What a task tells the job.
#[derive(Debug)]
pub(crate) enum Event {
    /// A subtask's part of a checkpoint.
    Snapshot { checkpoint: u64, subtask: SubtaskId, state: Vec<u8> },
    /// A task has worked on all of its input; what its subtasks are from now on.
    Finished(Vec<(SubtaskId, Vec<u8>)>),
    /// The thread of a task ends.
    Ended,
}

/// Names a subtask in checkpoints.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SubtaskId {
    /// The uid of the stage.
    pub(crate) stage: String,
    pub(crate) index: u32,
    pub(crate) parallelism: u32,
}

/// What all tasks of a job share: whether to go on, and who failed first.
#[derive(Debug)]
pub(crate) struct Control {
    /// Closed when the job is cancelled: whoever waits for something else wakes up.
    cancelled: Receiver<Infallible>,
    open: Mutex<Option<Sender<Infallible>>>,
    is_cancelled: AtomicBool,
    failure: Mutex<Option<JobError>>,
}

impl Control {
    pub(crate) fn new() -> Self {
        let (open, cancelled) = bounded(0);
        Self {
            cancelled,
            open: Mutex::new(Some(open)),
            is_cancelled: AtomicBool::new(false),
            failure: Mutex::new(None),
        }
    }

    pub(crate) fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Release);
        lock(&self.open).take();
    }

    /// Ends the job because of a failure; the first one counts.
    pub(crate) fn fail(&self, error: JobError) {
        lock(&self.failure).get_or_insert(error);
        self.cancel();
    }

    pub(crate) fn failure(&self) -> Option<JobError> {
        lock(&self.failure).clone()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Acquire)
    }

    /// A channel that nobody sends to, and that is closed when the job is cancelled.
    pub(crate) fn cancelled(&self) -> &Receiver<Infallible> {
        &self.cancelled
    }

    pub(crate) fn tell(&self, events: &Sender<Event>, event: Event) -> Result<(), Stop> {
        events.send(event).map_err(|_| Stop::Cancelled)
    }
}

/// What a thread that panicked left behind is as good as before: no lock is held while anything is half
/// done.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a subtask shows of its work.
#[derive(Debug)]
pub(crate) struct Figures {
    records_in: AtomicU64,
    records_out: AtomicU64,
    watermark: AtomicI64,
}

impl Figures {
    pub(crate) fn new() -> Self {
        let (records_in, records_out) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { records_in, records_out, watermark: AtomicI64::new(i64::MIN) }
    }

    pub(crate) fn set(&self, records_in: u64, records_out: u64, watermark: i64) {
        self.records_in.store(records_in, Ordering::Relaxed);
        self.records_out.store(records_out, Ordering::Relaxed);
        self.watermark.store(watermark, Ordering::Relaxed);
    }

    /// Records in, records out, watermark.
    pub(crate) fn get(&self) -> (u64, u64, i64) {
        (
            self.records_in.load(Ordering::Relaxed),
            self.records_out.load(Ordering::Relaxed),
            self.watermark.load(Ordering::Relaxed),
        )
    }
}
