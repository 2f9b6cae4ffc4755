//! What the JVM of an embedded run prints: a JSON object on each line, as the class `JobEvents` writes it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use crate::error::{Cause, RunError};
use crate::metrics::{JobMetrics, OperatorMetrics};
use crate::state::JobState;

/// A line.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Event {
    pub(super) state: Option<String>,
    pub(super) output: Option<String>,
    pub(super) name: Option<String>,
    pub(super) job: Option<String>,
    /// Where Flink's REST API answers while the job runs.
    pub(super) rest: Option<String>,
    milliseconds: Option<u64>,
    #[serde(default)]
    collected: BTreeMap<String, String>,
    #[serde(default)]
    vertices: Vec<OperatorMetrics>,
    #[serde(default)]
    causes: Vec<EventCause>,
}

#[derive(Clone, Debug, Deserialize)]
struct EventCause {
    class: String,
    message: Option<String>,
}

/// How the job ended.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    pub(super) state: JobState,
    pub(super) duration: Duration,
    /// What collect sinks have, in Base64.
    pub(super) collected: BTreeMap<String, String>,
    pub(super) metrics: JobMetrics,
    /// The root cause first.
    pub(super) causes: Vec<Cause>,
}

impl Event {
    /// What the event says when it is the last one of the job.
    pub(super) fn ended(self) -> Option<Ended> {
        let state = match self.state.as_deref()? {
            "FINISHED" => JobState::Finished,
            "CANCELED" => JobState::Cancelled,
            "FAILED" | "REFUSED" => JobState::Failed,
            _ => return None,
        };
        // Java tells the root cause last, and some that only carry another one.
        let mut causes: Vec<Cause> = Vec::new();
        for EventCause { class, message } in self.causes.into_iter().rev() {
            let message = message.unwrap_or_default();
            let says_more = causes.last().is_none_or(|cause| !message.contains(&cause.message));
            if says_more {
                causes.push(Cause::new(class, message));
            }
        }
        Some(Ended {
            state,
            duration: Duration::from_millis(self.milliseconds.unwrap_or_default()),
            collected: self.collected,
            metrics: JobMetrics { operators: self.vertices },
            causes,
        })
    }

    /// Why there is no job.
    pub(super) fn refused(&self) -> Option<RunError> {
        if self.state.as_deref() != Some("REFUSED") {
            return None;
        }
        let cause = |cause: &EventCause| {
            Cause::new(&*cause.class, cause.message.clone().unwrap_or_default())
        };
        Some(RunError::Refused { causes: self.causes.iter().rev().map(cause).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_cause_comes_first_and_carriers_are_left_out() {
        let line = r#"{"state":"FAILED","job":"1","causes":[
            {"class":"a.JobException","message":"no restart"},
            {"class":"b.ExecutionException","message":"c.Broken: no wheel"},
            {"class":"c.Broken","message":"no wheel"}],"stack":".."}"#;
        let ended = serde_json::from_str::<Event>(line).unwrap().ended().unwrap();
        let causes: Vec<_> = ended.causes.iter().map(ToString::to_string).collect();
        assert_eq!(causes, ["Broken: no wheel", "JobException: no restart"]);
        assert_eq!(ended.state, JobState::Failed);
    }

    #[test]
    fn a_job_that_finished_tells_what_it_did() {
        let line = r#"{"state":"FINISHED","job":"1","milliseconds":70,"collected":{"out":""},
            "vertices":[{"name":"Source: a","parallelism":2,"in":0,"out":9}]}"#;
        let ended = serde_json::from_str::<Event>(line).unwrap().ended().unwrap();
        assert_eq!((ended.duration.as_millis(), ended.metrics.read()), (70, 9));
        let line = r#"{"state":"RUNNING","job":"1","name":"a","rest":"http://localhost:1"}"#;
        assert!(serde_json::from_str::<Event>(line).unwrap().ended().is_none());
    }
}
