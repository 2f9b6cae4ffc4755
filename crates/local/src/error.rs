//! [`JobError`]: why a job did not run, or did not end well.

use std::path::PathBuf;

use brookite_core::proto::Failure;

/// Why a job did not run, or did not end well. Names the node or the stage at fault.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// A function failed, or a record did not fit it.
    #[error(transparent)]
    Stage(Box<Failure>),
    /// The graph says what cannot be, or what this runner does not know.
    #[error("node '{node}': {reason}")]
    Graph {
        /// The node's uid.
        node: String,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// There is no such connector here.
    #[error(
        "node '{node}': the local runner has no connector '{connector}' to {verb}; it has {known}. {advice}"
    )]
    NoSuchConnector {
        /// The node's uid.
        node: String,
        /// The connector.
        connector: String,
        /// `read from` or `write to`.
        verb: &'static str,
        /// Those that there are.
        known: String,
        /// What to do instead.
        advice: String,
    },
    /// An option of a connector is missing, unknown, or has no such value.
    #[error("node '{node}': option '{option}' of connector '{connector}' {reason}")]
    ConnectorOption {
        /// The node's uid.
        node: String,
        /// The connector.
        connector: String,
        /// The option's key.
        option: String,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// A record of a file cannot be read.
    #[error("{}: line {line}{}: {reason}", .file.display(), column.as_ref().map(|name| format!(", column '{name}'")).unwrap_or_default())]
    Malformed {
        /// The file.
        file: PathBuf,
        /// Its line, from 1; the number of the record in a file without lines.
        line: u64,
        /// The column, if it is one column's fault.
        column: Option<String>,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// A file or folder could not be found, read or written.
    #[error("cannot {doing} '{}': {reason}", .path.display())]
    File {
        /// What was tried, such as `read`.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Bytes between two nodes were not those of the type that the graph says.
    #[error("node '{node}': {reason}")]
    Record {
        /// The uid of the node that had the record at hand.
        node: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A checkpoint could not be taken, or not be resumed from.
    #[error("checkpoint: {0}")]
    Checkpoint(String),
    /// What the runner, or a running test, is asked for cannot be.
    #[error("{0}")]
    Refused(String),
    /// The runner itself failed.
    #[error("the local runner failed: {0}")]
    Runner(String),
}

impl JobError {
    /// An error of the graph.
    pub(crate) fn graph(node: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Graph { node: node.into(), reason: reason.into() }
    }

    /// A record that a node cannot work with.
    pub(crate) fn record(node: &str, reason: impl std::fmt::Display) -> Self {
        Self::Record { node: node.to_owned(), reason: reason.to_string() }
    }

    /// A file that could not be worked on.
    pub(crate) fn file(
        doing: &'static str,
        path: impl Into<PathBuf>,
        reason: impl std::fmt::Display,
    ) -> Self {
        Self::File { doing, path: path.into(), reason: reason.to_string() }
    }

    /// The function's failure, if it was a function that failed.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Stage(failure) => Some(failure),
            _ => None,
        }
    }
}

impl From<Box<Failure>> for JobError {
    fn from(failure: Box<Failure>) -> Self {
        Self::Stage(failure)
    }
}
