//! [`JobHandle`]: a job that was started.

use std::thread::sleep;
use std::time::{Duration, Instant};

use brookite_core::{Data, Owned};
use brookite_local::JobHandle as LocalJob;

use crate::collected;
use crate::embedded::EmbeddedJob;
use crate::error::RunError;
use crate::flink::FlinkJob;
use crate::metrics::JobMetrics;
use crate::state::JobState;

/// How soon the end of a job on the local runner is noticed by who does not wait for ever.
const PAUSE: Duration = Duration::from_millis(5);

/// A job that was started, whatever runs it.
///
/// When it is dropped, a job on the local runner or in an embedded Flink is cancelled; one on a cluster runs
/// on.
#[derive(Debug)]
pub struct JobHandle {
    name: String,
    started: Instant,
    job: Kind,
}

#[derive(Debug)]
enum Kind {
    Local(LocalJob),
    Embedded(EmbeddedJob),
    Flink(FlinkJob),
}

/// What became of a job that came to its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JobResult {
    /// [`Finished`](JobState::Finished): all else is an error.
    pub state: JobState,
    /// How long it ran.
    pub duration: Duration,
    /// What it did.
    pub metrics: JobMetrics,
}

impl JobHandle {
    pub(crate) fn local(job: LocalJob) -> Self {
        Self { name: job.name().to_owned(), started: Instant::now(), job: Kind::Local(job) }
    }

    pub(crate) fn embedded(job: EmbeddedJob) -> Self {
        let name = job.name().to_owned();
        Self { name, started: Instant::now(), job: Kind::Embedded(job) }
    }

    pub(crate) fn flink(job: FlinkJob) -> Self {
        let name = job.name().to_owned();
        Self { name, started: Instant::now(), job: Kind::Flink(job) }
    }

    /// The job's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The job's number in Flink, 32 hexadecimal digits; none on the local runner.
    pub fn id(&self) -> Option<String> {
        match &self.job {
            Kind::Local(_) => None,
            Kind::Embedded(job) => Some(job.id().to_string()),
            Kind::Flink(job) => Some(job.id().to_string()),
        }
    }

    /// Where the job stands.
    ///
    /// # Errors
    /// When the cluster does not answer.
    pub fn state(&self) -> Result<JobState, RunError> {
        match &self.job {
            Kind::Local(job) => Ok(job.state().into()),
            Kind::Embedded(job) => Ok(job.state()),
            Kind::Flink(job) => job.state(),
        }
    }

    /// Waits until the job is over.
    ///
    /// # Errors
    /// [`RunError::JobFailed`] with the root cause, [`RunError::Cancelled`], and when the cluster is out of
    /// reach for a minute.
    pub fn wait(&self) -> Result<JobResult, RunError> {
        match &self.job {
            Kind::Local(job) => {
                let ended = job.wait().map_err(|error| RunError::of_local(&self.name, &error))?;
                if ended.state == brookite_local::JobState::Cancelled {
                    return Err(RunError::Cancelled { name: self.name.clone() });
                }
                let (state, metrics) = (ended.state.into(), ended.metrics.into());
                Ok(JobResult { state, duration: self.started.elapsed(), metrics })
            }
            Kind::Embedded(job) => job.wait(),
            Kind::Flink(job) => job.wait(),
        }
    }

    /// Waits until the job is over, and no longer than so long; none when it is not over then.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    pub fn wait_for(&self, longest: Duration) -> Result<Option<JobResult>, RunError> {
        match &self.job {
            Kind::Local(job) => {
                let until = Instant::now() + longest;
                while !job.state().is_terminal() {
                    if Instant::now() >= until {
                        return Ok(None);
                    }
                    sleep(PAUSE);
                }
                self.wait().map(Some)
            }
            Kind::Embedded(job) => job.wait_for(longest),
            Kind::Flink(job) => job.wait_for(longest),
        }
    }

    /// Cancels the job: it ends at once, and what it has not written is lost. Does not wait for that, and
    /// does nothing when the job is over.
    ///
    /// # Errors
    /// When the cluster does not answer.
    pub fn cancel(&self) -> Result<(), RunError> {
        match &self.job {
            Kind::Local(job) => {
                job.cancel();
                Ok(())
            }
            Kind::Embedded(job) => {
                job.cancel();
                Ok(())
            }
            Kind::Flink(job) => job.cancel(),
        }
    }

    /// Stops the sources and lets the job come to its end: all that was read is worked on, windows fire,
    /// sinks commit. Flink makes a savepoint then, whose place is returned; the local runner has none.
    ///
    /// # Errors
    /// When the cluster does not answer, or the savepoint cannot be made, as when Flink was told of no folder
    /// for savepoints.
    pub fn drain(&self) -> Result<Option<String>, RunError> {
        match &self.job {
            Kind::Local(job) => {
                job.drain();
                Ok(None)
            }
            Kind::Embedded(job) => job.stop(true).map(Some),
            Kind::Flink(job) => job.stop(true).map(Some),
        }
    }

    /// Stops the job with a savepoint, from which it can go on, and returns where that is. Windows that are
    /// open stay so in the savepoint.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] on the local runner, which has no savepoints; else as
    /// [`drain`](Self::drain).
    pub fn stop(&self) -> Result<String, RunError> {
        match &self.job {
            Kind::Local(_) => Err(RunError::Unsupported {
                runner: "the local runner",
                what: "make a savepoint",
                instead: "drain the job, or run it with LocalRunner::checkpoints and resume it",
            }),
            Kind::Embedded(job) => job.stop(false),
            Kind::Flink(job) => job.stop(false),
        }
    }

    /// What the job has done so far. Flink updates what it tells every ten seconds
    /// (`metrics.fetcher.update-interval`), an embedded one every second, and at the end.
    ///
    /// # Errors
    /// When the cluster does not answer.
    pub fn metrics(&self) -> Result<JobMetrics, RunError> {
        match &self.job {
            Kind::Local(job) => Ok(job.metrics().into()),
            Kind::Embedded(job) => job.metrics(),
            Kind::Flink(job) => job.metrics(),
        }
    }

    /// The records of a `collect` sink: on the local runner those so far, in an embedded Flink and on a
    /// cluster all of them once the job has come to its end. Where several tasks run side by side, their
    /// records are in any order.
    ///
    /// # Errors
    /// When there is no sink of that name, its records are of another type, or the job has not ended.
    pub fn collected<T: Data + Owned>(&self, sink: &str) -> Result<Vec<T>, RunError> {
        let records = match &self.job {
            Kind::Local(job) => job.collected_bytes(sink).ok_or_else(|| RunError::Collected {
                sink: sink.to_owned(),
                reason: format!("there is none; there are {:?}", job.collect_names()),
            })?,
            Kind::Embedded(job) => job.collected(sink)?,
            Kind::Flink(job) => job.collected(sink)?,
        };
        collected::decode(sink, &records)
    }
}
