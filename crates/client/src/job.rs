//! Jobs, and the tasks that they consist of.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime};

use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::error::ClientError;
use crate::job_id::JobId;
use crate::millis;

/// Where a job stands, in Flink's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum JobState {
    /// The JobManager is about to make it.
    Initializing,
    /// No task has been started yet.
    Created,
    /// It runs, or waits for slots to run in.
    Running,
    /// A task has failed for good; the others are being stopped.
    Failing,
    /// It failed.
    Failed,
    /// It is being cancelled.
    Cancelling,
    /// It was cancelled.
    Canceled,
    /// It came to its end, or was stopped with a savepoint.
    Finished,
    /// A task has failed; the job goes on from its last checkpoint.
    Restarting,
    /// Another JobManager takes it over.
    Suspended,
    /// A new JobManager finds out what runs.
    Reconciling,
}

impl JobState {
    /// Whether nothing more happens to the job.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Failed | Self::Canceled | Self::Finished)
    }
}

/// A job, as a list of jobs shows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct JobSummary {
    /// Its number.
    #[serde(rename = "jid")]
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: JobState,
    /// When it was submitted.
    #[serde(deserialize_with = "millis::optional_time")]
    pub start_time: Option<SystemTime>,
    /// For how long it ran, or has run.
    #[serde(deserialize_with = "millis::duration")]
    pub duration: Duration,
    /// How many tasks it has, by the state that they are in, in small letters; `total` among them.
    pub tasks: BTreeMap<String, u32>,
}

/// A job and its tasks.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Job {
    /// Its number.
    #[serde(rename = "jid")]
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: JobState,
    /// When it was submitted.
    #[serde(deserialize_with = "millis::optional_time")]
    pub start_time: Option<SystemTime>,
    /// For how long it ran, or has run.
    #[serde(deserialize_with = "millis::duration")]
    pub duration: Duration,
    /// Operators that are chained, and so run as one task, sources first. Empty until the job is made.
    #[serde(default)]
    pub vertices: Vec<Vertex>,
}

/// An operator and what is chained to it: a box of the job's graph in Flink's Web UI.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Vertex {
    /// Its number in the job.
    pub id: String,
    /// The names of its operators, such as `Source: numbers -> digits`.
    pub name: String,
    /// In how many tasks it runs.
    pub parallelism: u32,
    /// Where its tasks stand as a whole, such as `RUNNING`.
    pub status: String,
    /// How many tasks there are in each state, such as `RUNNING`.
    #[serde(default)]
    pub tasks: BTreeMap<String, u32>,
    /// What went through it.
    pub metrics: VertexRecords,
    #[serde(rename = "slotSharingGroupId")]
    pub(crate) slot_sharing_group: Option<String>,
}

/// How much a vertex has read from other ones, and written for them. Flink updates it every ten seconds
/// (`metrics.fetcher.update-interval`), and at the end.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct VertexRecords {
    /// Records from other vertices; 0 for a source.
    pub read_records: u64,
    /// Bytes from other vertices.
    pub read_bytes: u64,
    /// Records for other vertices; 0 for a sink.
    pub write_records: u64,
    /// Bytes for other vertices.
    pub write_bytes: u64,
}

impl Vertex {
    /// Whether all its tasks run, or have done their work.
    pub fn is_up(&self) -> bool {
        matches!(&*self.status, "RUNNING" | "FINISHED")
    }

    /// Tasks that wait for a slot.
    pub(crate) fn waiting(&self) -> u32 {
        ["CREATED", "SCHEDULED"].iter().filter_map(|state| self.tasks.get(*state)).sum()
    }
}

impl Client {
    /// All jobs that the cluster knows of.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer.
    pub fn jobs(&self) -> Result<Vec<JobSummary>, ClientError> {
        #[derive(Deserialize)]
        struct Overview {
            jobs: Vec<JobSummary>,
        }
        Ok(self.http.get::<Overview>("/jobs/overview")?.jobs)
    }

    /// A job and its tasks.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn job(&self, job: &JobId) -> Result<Job, ClientError> {
        self.of_job(job, "")
    }

    /// Where a job stands.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn state(&self, job: &JobId) -> Result<JobState, ClientError> {
        #[derive(Deserialize)]
        struct Status {
            status: JobState,
        }
        Ok(self.of_job::<Status>(job, "/status")?.status)
    }

    /// Cancels a job: it ends without a savepoint. Returns when the cluster has heard it; [`Client::wait`]
    /// tells when it is done.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], [`ClientError::JobIsOver`], and when the cluster does not answer.
    pub fn cancel(&self, job: &JobId) -> Result<(), ClientError> {
        match self.http.order(Method::PATCH, &format!("/jobs/{job}?mode=cancel")) {
            Err(ClientError::Refused { status: 409, .. }) => {
                let state = self.state(job)?;
                Err(ClientError::JobIsOver { job: job.clone(), state, wanted: "cancelling" })
            }
            done => done.map_err(|error| self.job_not_found(job, error)),
        }
    }

    /// Asks something of a job as a whole.
    pub(crate) fn of_job<T: DeserializeOwned>(
        &self,
        job: &JobId,
        what: &str,
    ) -> Result<T, ClientError> {
        self.http.get(&format!("/jobs/{job}{what}")).map_err(|error| self.job_not_found(job, error))
    }

    /// Of a path that has nothing but the job's number in it, nothing else can be missing.
    pub(crate) fn job_not_found(&self, job: &JobId, error: ClientError) -> ClientError {
        match error {
            ClientError::Refused { status: 404, .. } => {
                ClientError::JobNotFound { url: self.url(), job: job.clone() }
            }
            other => other,
        }
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{self:?}").to_lowercase())
    }
}

impl fmt::Display for JobSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, state, .. } = self;
        write!(f, "job {id} '{name}' {state}")
    }
}
