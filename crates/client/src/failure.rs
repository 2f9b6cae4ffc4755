//! Why a job failed.

use std::fmt;
use std::time::SystemTime;

use serde::Deserialize;

use crate::cause::JavaException;
use crate::client::Client;
use crate::error::ClientError;
use crate::job_id::JobId;
use crate::millis;
use crate::rust_failure::RustFailure;

/// A failure of a job: it may have been the last one, or one from which the job went on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JobFailure {
    /// The root cause, then what was wrapped around it.
    pub causes: Vec<JavaException>,
    /// What Rust said of it, when a Rust function failed.
    pub rust: Option<RustFailure>,
    /// The task that failed, such as `counts -> print (1/4) - execution #2`.
    pub task: Option<String>,
    /// The TaskManager that it ran in.
    pub task_manager: Option<String>,
    /// When that was.
    pub time: Option<SystemTime>,
    /// All exceptions with their stacks, as Java prints them.
    pub trace: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    stacktrace: String,
    #[serde(deserialize_with = "millis::optional_time")]
    timestamp: Option<SystemTime>,
    task_name: Option<String>,
    task_manager_id: Option<String>,
    #[serde(default)]
    concurrent_exceptions: Vec<Entry>,
}

impl From<Entry> for JobFailure {
    fn from(entry: Entry) -> Self {
        let causes = JavaException::parse_trace(&entry.stacktrace);
        // What ends a job names no task; the task's own exception came just before.
        let place = entry.concurrent_exceptions.into_iter().find(|other| other.task_name.is_some());
        let (task, task_manager) = match (entry.task_name, place) {
            (None, Some(place)) => (place.task_name, place.task_manager_id),
            (task, _) => (task, entry.task_manager_id),
        };
        Self {
            rust: RustFailure::among(&causes),
            causes,
            task,
            task_manager,
            time: entry.timestamp,
            trace: entry.stacktrace,
        }
    }
}

impl JobFailure {
    /// Whether the job had no slots to run in.
    pub fn lacks_slots(&self) -> bool {
        const CLASS: &str = "NoResourceAvailableException";
        self.causes.iter().any(|cause| cause.simple_class() == CLASS)
    }

    /// What stands for a failure of which Flink has kept nothing.
    pub(crate) fn unknown() -> Self {
        Self {
            causes: Vec::new(),
            rust: None,
            task: None,
            task_manager: None,
            time: None,
            trace: String::new(),
        }
    }
}

impl Client {
    /// The failures of a job, the latest first; Flink keeps the last few
    /// (`web.exception-history-size`, 16).
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn failures(&self, job: &JobId) -> Result<Vec<JobFailure>, ClientError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Exceptions {
            exception_history: History,
        }
        #[derive(Deserialize)]
        struct History {
            entries: Vec<Entry>,
        }
        let exceptions: Exceptions = self.of_job(job, "/exceptions?maxExceptions=20")?;
        Ok(exceptions.exception_history.entries.into_iter().map(JobFailure::from).collect())
    }
}

impl fmt::Display for JobFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&JavaException::root_first(&self.causes))?;
        if let Some(task) = &self.task {
            write!(f, "\n  in task '{task}'")?;
        }
        if let Some(task_manager) = &self.task_manager {
            write!(f, "\n  on TaskManager {task_manager}")?;
        }
        Ok(())
    }
}
