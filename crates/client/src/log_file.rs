//! The log files of the cluster's processes.

use std::fmt;
use std::io::Write;
use std::time::SystemTime;

use serde::Deserialize;

use crate::client::Client;
use crate::error::ClientError;
use crate::millis;

/// A file in the log folder of a process.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct LogFile {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was last written to.
    #[serde(rename = "mtime", deserialize_with = "millis::optional_time", default)]
    pub modified: Option<SystemTime>,
}

/// The process whose logs are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogSource {
    /// The JobManager.
    JobManager,
    /// The TaskManager of that name.
    TaskManager(String),
}

impl LogSource {
    fn path(&self) -> String {
        match self {
            Self::JobManager => "/jobmanager".to_owned(),
            Self::TaskManager(id) => format!("/taskmanagers/{id}"),
        }
    }
}

impl fmt::Display for LogSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JobManager => f.write_str("JobManager"),
            Self::TaskManager(id) => write!(f, "TaskManager {id}"),
        }
    }
}

impl Client {
    /// The log files of a process; none when it was not told where they are, as by the system property
    /// `log.file`, which Flink's start scripts set.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer, or has no such process.
    pub fn log_files(&self, source: &LogSource) -> Result<Vec<LogFile>, ClientError> {
        #[derive(Deserialize)]
        struct Logs {
            logs: Vec<LogFile>,
        }
        Ok(self.http.get::<Logs>(&format!("{}/logs", source.path()))?.logs)
    }

    /// Writes a log file to `to`, and returns how many bytes it has.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer, or has no such file.
    pub fn copy_log(
        &self,
        source: &LogSource,
        file: &LogFile,
        to: &mut dyn Write,
    ) -> Result<u64, ClientError> {
        self.http.copy(&format!("{}/logs/{}", source.path(), file.name), to)
    }
}
