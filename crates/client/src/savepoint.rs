//! Savepoints: made, with the job stopped or not, and disposed of.
//!
//! Flink makes them in the background: the client starts one, gets a number, and asks with it until it is
//! there.

use std::fmt;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::cause::JavaException;
use crate::client::Client;
use crate::error::ClientError;
use crate::job_id::JobId;
use crate::wait::OUTAGE;

/// How often a savepoint is asked for.
const PAUSE: Duration = Duration::from_millis(100);

/// How a savepoint is to be made.
#[derive(Clone, Debug)]
pub struct SavepointOptions {
    directory: Option<String>,
    format: SavepointFormat,
    drain: bool,
    patience: Duration,
}

/// In what form a savepoint holds state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavepointFormat {
    /// Flink's own, which any state backend reads. The default.
    Canonical,
    /// That of the state backend: faster, and read by the same backend only.
    Native,
}

impl Default for SavepointOptions {
    fn default() -> Self {
        Self {
            directory: None,
            format: SavepointFormat::Canonical,
            drain: false,
            patience: Duration::from_secs(600),
        }
    }
}

impl SavepointOptions {
    /// The folder that it is put into, seen from the cluster; the cluster's
    /// `execution.checkpointing.savepoint-dir` unless this is said.
    #[must_use]
    pub fn directory(mut self, directory: impl Into<String>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// In what form it holds state.
    #[must_use]
    pub fn format(mut self, format: SavepointFormat) -> Self {
        self.format = format;
        self
    }

    /// When the job is stopped: whether windows and timers fire first, as at the end of all input. Such a
    /// job cannot go on from the savepoint as if nothing had happened.
    #[must_use]
    pub fn drain(mut self, drain: bool) -> Self {
        self.drain = drain;
        self
    }

    /// How long it may take; ten minutes unless told otherwise.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    fn format_name(&self) -> &'static str {
        match self.format {
            SavepointFormat::Canonical => "CANONICAL",
            SavepointFormat::Native => "NATIVE",
        }
    }
}

/// What was started in the background.
#[derive(Deserialize)]
struct Triggered {
    #[serde(rename = "request-id")]
    request: String,
}

#[derive(Deserialize)]
struct Answer {
    status: Status,
    operation: Option<Operation>,
}

#[derive(Deserialize)]
struct Status {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Operation {
    location: Option<String>,
    failure_cause: Option<FailureCause>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct FailureCause {
    stack_trace: String,
}

impl Client {
    /// Makes a savepoint of a job, which goes on, and returns where it is.
    ///
    /// # Errors
    ///
    /// [`ClientError::JobNotFound`], [`ClientError::JobIsOver`], [`ClientError::SavepointFailed`],
    /// [`ClientError::TimedOut`], and when the cluster does not answer.
    pub fn savepoint(
        &self,
        job: &JobId,
        options: &SavepointOptions,
    ) -> Result<String, ClientError> {
        let body = json!({
            "target-directory": options.directory,
            "formatType": options.format_name(),
            "cancel-job": false,
        });
        self.make(job, "savepoints", body, "a savepoint", options.patience)
    }

    /// Stops a job with a savepoint, and returns where that is. The job's sinks commit what they have.
    ///
    /// # Errors
    ///
    /// As [`savepoint`](Self::savepoint). When it fails, the job runs on, or restarts.
    pub fn stop(&self, job: &JobId, options: &SavepointOptions) -> Result<String, ClientError> {
        let body = json!({
            "targetDirectory": options.directory,
            "formatType": options.format_name(),
            "drain": options.drain,
        });
        self.make(job, "stop", body, "stopping with a savepoint", options.patience)
    }

    fn make(
        &self,
        job: &JobId,
        path: &str,
        body: Value,
        wanted: &'static str,
        patience: Duration,
    ) -> Result<String, ClientError> {
        // Flink starts one for a job that is over as well, and then says that it knows no such job.
        let state = self.state(job)?;
        if state.is_over() {
            return Err(ClientError::JobIsOver { job: job.clone(), state, wanted });
        }
        let Triggered { request } = self
            .http
            .post(&format!("/jobs/{job}/{path}"), &body)
            .map_err(|error| self.job_not_found(job, error))?;
        let what = format!("{wanted} of job {job}");
        let operation = self.done(&format!("/jobs/{job}/savepoints/{request}"), &what, patience)?;
        operation.location.ok_or(ClientError::SavepointFailed { what, causes: Vec::new() })
    }

    /// Removes a savepoint's files.
    ///
    /// # Errors
    ///
    /// [`ClientError::SavepointFailed`] when there is none at that path, and when the cluster does not
    /// answer.
    pub fn dispose_savepoint(&self, path: &str) -> Result<(), ClientError> {
        let body = json!({ "savepoint-path": path });
        let Triggered { request } = self.http.post("/savepoint-disposal", &body)?;
        let patience = SavepointOptions::default().patience;
        let what = format!("disposing of savepoint '{path}'");
        self.done(&format!("/savepoint-disposal/{request}"), &what, patience).map(|_| ())
    }

    /// Waits for what was started in the background. What is only asked may be asked again when the network
    /// fails for a moment.
    fn done(&self, path: &str, what: &str, patience: Duration) -> Result<Operation, ClientError> {
        let started = Instant::now();
        let mut silent_since: Option<Instant> = None;
        loop {
            let answer = self.http.get::<Answer>(path);
            if answer.is_ok() {
                silent_since = None;
            }
            match answer {
                Ok(Answer { status, operation: Some(operation) }) if status.id == "COMPLETED" => {
                    return match operation.failure_cause {
                        None => Ok(operation),
                        Some(cause) => Err(ClientError::SavepointFailed {
                            what: what.to_owned(),
                            causes: JavaException::parse_trace(&cause.stack_trace),
                        }),
                    };
                }
                Err(error) => {
                    let silence = silent_since.get_or_insert_with(Instant::now).elapsed();
                    if !error.is_transient() || silence > OUTAGE || started.elapsed() > patience {
                        return Err(error);
                    }
                }
                _ => {}
            }
            if started.elapsed() > patience {
                return Err(ClientError::TimedOut { what: what.to_owned(), after: patience });
            }
            sleep(PAUSE);
        }
    }
}

impl fmt::Display for SavepointFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Canonical => "canonical",
            Self::Native => "native",
        })
    }
}
