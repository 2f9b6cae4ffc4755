//! Checkpoints of a job.

use std::time::{Duration, SystemTime};

use serde::Deserialize;

use crate::client::Client;
use crate::error::ClientError;
use crate::job_id::JobId;
use crate::millis;

/// How often a job's state was made safe, and what the latest of each kind was.
#[derive(Clone, Debug, Default, Deserialize)]
#[non_exhaustive]
pub struct Checkpoints {
    /// How many there were.
    pub counts: CheckpointCounts,
    latest: Latest,
}

/// How many checkpoints there were, savepoints among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct CheckpointCounts {
    /// Those that are complete.
    pub completed: u64,
    /// Those that failed, or were given up.
    pub failed: u64,
    /// Those that are being made.
    pub in_progress: u64,
    /// How often the job went back to one.
    pub restored: u64,
}

/// A checkpoint.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Checkpoint {
    /// Its number in the job.
    pub id: u64,
    /// When it was begun.
    #[serde(rename = "trigger_timestamp", deserialize_with = "millis::optional_time")]
    pub triggered: Option<SystemTime>,
    /// How long it took.
    #[serde(
        rename = "end_to_end_duration",
        default,
        deserialize_with = "millis::optional_duration"
    )]
    pub duration: Option<Duration>,
    /// Bytes of the whole state.
    #[serde(default)]
    pub state_size: u64,
    /// Bytes that were written for it: less than the state when it is incremental.
    #[serde(default)]
    pub checkpointed_size: u64,
    /// Where it is.
    #[serde(rename = "external_path")]
    pub path: Option<String>,
    /// Why it failed.
    #[serde(rename = "failure_message")]
    pub failure: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Latest {
    completed: Option<Checkpoint>,
    savepoint: Option<Checkpoint>,
    failed: Option<Checkpoint>,
}

impl Checkpoints {
    /// The last one that is complete.
    pub fn completed(&self) -> Option<&Checkpoint> {
        self.latest.completed.as_ref()
    }

    /// The last savepoint that is complete.
    pub fn savepoint(&self) -> Option<&Checkpoint> {
        self.latest.savepoint.as_ref()
    }

    /// The last one that failed.
    pub fn failed(&self) -> Option<&Checkpoint> {
        self.latest.failed.as_ref()
    }
}

impl Client {
    /// The checkpoints of a job; none for a job that makes none.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn checkpoints(&self, job: &JobId) -> Result<Checkpoints, ClientError> {
        match self.of_job(job, "/checkpoints") {
            // Flink answers so for a job that makes none.
            Err(ClientError::JobNotFound { .. }) => self.state(job).map(|_| Checkpoints::default()),
            answer => answer,
        }
    }
}
