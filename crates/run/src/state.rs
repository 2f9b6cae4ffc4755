//! [`JobState`]: where a job stands.

use std::fmt;

/// Where a job stands, whatever runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobState {
    /// It is about to run: Flink makes its tasks, or waits for slots.
    Starting,
    /// It runs.
    Running,
    /// A task has failed, and it goes on from its last checkpoint.
    Restarting,
    /// It comes to its end: sources have stopped, or it is being cancelled, or has just failed.
    Ending,
    /// It has come to its end, or was stopped.
    Finished,
    /// It was cancelled.
    Cancelled,
    /// It failed.
    Failed,
}

impl JobState {
    /// Whether nothing of the job runs any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::Cancelled | Self::Failed)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Starting => "starting",
            Self::Running => "running",
            Self::Restarting => "restarting",
            Self::Ending => "ending",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        })
    }
}

impl From<brookite_local::JobState> for JobState {
    fn from(state: brookite_local::JobState) -> Self {
        use brookite_local::JobState as Local;
        match state {
            Local::Draining => Self::Ending,
            Local::Finished => Self::Finished,
            Local::Cancelled => Self::Cancelled,
            Local::Failed => Self::Failed,
            _ => Self::Running,
        }
    }
}

impl From<brookite_client::JobState> for JobState {
    fn from(state: brookite_client::JobState) -> Self {
        use brookite_client::JobState as Flink;
        match state {
            Flink::Initializing | Flink::Created => Self::Starting,
            Flink::Restarting | Flink::Suspended | Flink::Reconciling => Self::Restarting,
            Flink::Failing | Flink::Cancelling => Self::Ending,
            Flink::Failed => Self::Failed,
            Flink::Canceled => Self::Cancelled,
            Flink::Finished => Self::Finished,
            _ => Self::Running,
        }
    }
}
