//! Waiting for a job.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::error::ClientError;
use crate::failure::JobFailure;
use crate::job::{Job, JobState, Vertex};
use crate::job_id::JobId;
use crate::progress::Progress;

/// For how long a cluster may be out of reach unless told otherwise.
pub(crate) const OUTAGE: Duration = Duration::from_secs(60);

/// How a job is waited for.
#[derive(Clone, Debug)]
pub struct WaitOptions {
    interval: Duration,
    outage: Duration,
    patience: Option<Duration>,
    slots_within: Option<Duration>,
}

/// What one hears while waiting.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// How the job gets on.
    Progress(&'e Progress),
    /// The cluster is out of reach, and is asked again.
    OutOfReach {
        /// What went wrong.
        error: &'e ClientError,
        /// How often it did since the cluster last answered.
        attempts: u32,
        /// When it is asked again.
        again_in: Duration,
    },
}

/// Whether to go on waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Until the job is over.
    Continue,
    /// No longer; the job is left alone.
    Leave,
}

/// How waiting ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Ended {
    /// The job came to its end.
    Finished(Box<Job>),
    /// Nobody wanted to wait any longer.
    Left,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            interval: Duration::from_millis(500),
            outage: OUTAGE,
            patience: None,
            slots_within: None,
        }
    }
}

impl WaitOptions {
    /// How often the job is looked at; twice a second unless told otherwise.
    #[must_use]
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// For how long the cluster may be out of reach, as while its JobManager is replaced; a minute unless
    /// told otherwise.
    #[must_use]
    pub fn outage(mut self, outage: Duration) -> Self {
        self.outage = outage;
        self
    }

    /// How long the job may take; for ever unless told otherwise.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = Some(patience);
        self
    }

    /// How long the job may wait for slots before that is an error; as long as Flink lets it
    /// (`slot.request.timeout`) unless told otherwise.
    #[must_use]
    pub fn slots_within(mut self, patience: Duration) -> Self {
        self.slots_within = Some(patience);
        self
    }
}

/// The first pause after the cluster was out of reach; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// Since when, and how often, the cluster did not answer.
struct Outage {
    since: Instant,
    attempts: u32,
}

impl Client {
    /// Waits until a job is over, and tells `watch` how it gets on.
    ///
    /// While the cluster is out of reach it is asked again, ever more slowly, until the outage has lasted
    /// for too long: the job may run on meanwhile.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobFailed`] with the root cause, [`ClientError::JobCanceled`],
    /// [`ClientError::NoSlots`], [`ClientError::ConnectionLost`], [`ClientError::TimedOut`],
    /// [`ClientError::JobNotFound`].
    pub fn wait(
        &self,
        job: &JobId,
        options: &WaitOptions,
        mut watch: impl FnMut(Event<'_>) -> Next,
    ) -> Result<Ended, ClientError> {
        let started = Instant::now();
        let mut outage: Option<Outage> = None;
        let mut waits_since: Option<Instant> = None;
        loop {
            let pause = match self.progress(job) {
                Ok(progress) => {
                    outage = None;
                    let next = watch(Event::Progress(&progress));
                    if progress.state.is_over() {
                        return self.end(job).map(|job| Ended::Finished(Box::new(job)));
                    }
                    if next == Next::Leave {
                        return Ok(Ended::Left);
                    }
                    waits_since =
                        progress.shortage.map(|_| waits_since.unwrap_or_else(Instant::now));
                    if let (Some(shortage), Some(since), Some(longest)) =
                        (progress.shortage, waits_since, options.slots_within)
                        && since.elapsed() >= longest
                    {
                        return Err(ClientError::NoSlots { job: job.clone(), shortage });
                    }
                    options.interval
                }
                Err(error) if error.is_transient() => {
                    let outage =
                        outage.get_or_insert_with(|| Outage { since: Instant::now(), attempts: 0 });
                    outage.attempts += 1;
                    if outage.since.elapsed() >= options.outage {
                        return Err(self.lost(job, outage, &error));
                    }
                    let again_in = FIRST_PAUSE
                        .saturating_mul(1 << (outage.attempts - 1).min(8))
                        .min(LONGEST_PAUSE);
                    let event =
                        Event::OutOfReach { error: &error, attempts: outage.attempts, again_in };
                    if watch(event) == Next::Leave {
                        return Ok(Ended::Left);
                    }
                    again_in
                }
                Err(error) => return Err(error),
            };
            sleep(pause);
            self.check_patience(job, options, started)?;
        }
    }

    /// Waits until each of the job's tasks runs, or has done its work.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait); [`ClientError::TimedOut`] tells the last failure of the job, too.
    pub fn wait_until_running(&self, job: &JobId, patience: Duration) -> Result<(), ClientError> {
        let started = Instant::now();
        loop {
            let details = self.job(job)?;
            let runs = details.state == JobState::Running && !details.vertices.is_empty();
            if runs && details.vertices.iter().all(Vertex::is_up) {
                return Ok(());
            }
            if details.state.is_over() {
                return self.end(job).map(|_| ());
            }
            if started.elapsed() >= patience {
                if let Some(shortage) = self.shortage(&details)? {
                    return Err(ClientError::NoSlots { job: job.clone(), shortage });
                }
                let failure = self.failures(job)?.into_iter().next();
                let because = failure.map(|failure| format!(" ({failure})")).unwrap_or_default();
                let what = format!("starting all tasks of job {job}{because}");
                return Err(ClientError::TimedOut { what, after: patience });
            }
            sleep(Duration::from_millis(100));
        }
    }

    fn check_patience(
        &self,
        job: &JobId,
        options: &WaitOptions,
        started: Instant,
    ) -> Result<(), ClientError> {
        match options.patience {
            Some(patience) if started.elapsed() >= patience => {
                Err(ClientError::TimedOut { what: format!("job {job}"), after: patience })
            }
            _ => Ok(()),
        }
    }

    /// What became of a job that is over.
    fn end(&self, job: &JobId) -> Result<Job, ClientError> {
        let details = self.job(job)?;
        let name = details.name.clone();
        match details.state {
            JobState::Canceled => Err(ClientError::JobCanceled { job: job.clone(), name }),
            JobState::Failed => {
                let failure = self.failures(job)?.into_iter().next();
                let failure = Box::new(failure.unwrap_or_else(JobFailure::unknown));
                if failure.lacks_slots() {
                    let shortage = self.shortage_after(&details)?;
                    return Err(ClientError::NoSlots { job: job.clone(), shortage });
                }
                Err(ClientError::JobFailed { job: job.clone(), name, failure })
            }
            _ => Ok(details),
        }
    }

    fn lost(&self, job: &JobId, outage: &Outage, error: &ClientError) -> ClientError {
        let reason = match error {
            ClientError::Unreachable { reason, .. } | ClientError::Interrupted { reason, .. } => {
                reason.clone()
            }
            other => other.to_string(),
        };
        ClientError::ConnectionLost {
            url: self.url(),
            job: job.clone(),
            attempts: outage.attempts,
            outage: outage.since.elapsed(),
            reason,
        }
    }
}
