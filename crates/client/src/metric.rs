//! Metrics of a job's tasks and operators.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::client::Client;
use crate::error::ClientError;
use crate::http::Http;
use crate::job::{Job, Vertex};
use crate::job_id::JobId;

/// Flink cuts the names of operators off here.
const LONGEST_NAME: usize = 80;

/// What is made of the values that a metric has in each subtask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// Their sum.
    Sum,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// Their mean.
    Average,
}

/// How much a vertex is held up by those behind it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Backpressure {
    /// In Flink's words: `ok`, `low` or `high`.
    pub level: String,
    /// The part of its time, from 0 to 1, for which the subtask that has it worst is held up.
    pub ratio: f64,
    /// The part of its time for which the busiest subtask works.
    pub busy: f64,
}

impl Aggregate {
    fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
            Self::Average => "avg",
        }
    }
}

impl Client {
    /// A metric of the operator of that name over all its subtasks, such as `numRecordsIn` or a counter of a
    /// Rust function. None before Flink knows it: a job's metrics come some seconds after its start.
    ///
    /// # Errors
    ///
    /// [`ClientError::NoSuchOperator`], [`ClientError::JobNotFound`], and when the cluster does not answer.
    pub fn operator_metric(
        &self,
        job: &JobId,
        operator: &str,
        metric: &str,
        aggregate: Aggregate,
    ) -> Result<Option<f64>, ClientError> {
        let details = self.job(job)?;
        let vertex = vertex_of(&details, operator)?;
        let metric = format!("{}.{metric}", scope(operator));
        self.vertex_metric(job, &vertex.id, &metric, aggregate)
    }

    /// A metric of a vertex over all its subtasks, by Flink's name for it.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer, or has no such job or vertex.
    pub fn vertex_metric(
        &self,
        job: &JobId,
        vertex: &str,
        metric: &str,
        aggregate: Aggregate,
    ) -> Result<Option<f64>, ClientError> {
        let path = format!("/jobs/{job}/vertices/{vertex}/subtasks/metrics");
        let query = [("get", metric), ("agg", aggregate.name())];
        let found: Vec<Value> = self.http.query(&path, &query)?;
        Ok(found.first().and_then(|found| number(&found[aggregate.name()])))
    }

    /// Metrics of a job as a whole, such as `numRestarts` and `uptime`. One that Flink does not know (yet)
    /// is not among the answers.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer, or has no such job.
    pub fn job_metrics(
        &self,
        job: &JobId,
        names: &[&str],
    ) -> Result<BTreeMap<String, f64>, ClientError> {
        values(&self.http, &format!("/jobs/{job}/metrics"), names)
    }

    /// How much a vertex is held up by those behind it; none before Flink knows.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer, or has no such job or vertex.
    pub fn backpressure(
        &self,
        job: &JobId,
        vertex: &str,
    ) -> Result<Option<Backpressure>, ClientError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            backpressure_level: Option<String>,
            #[serde(default)]
            subtasks: Vec<Subtask>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Subtask {
            // What is not a number is written as text.
            ratio: Value,
            busy_ratio: Value,
        }
        let path = format!("/jobs/{job}/vertices/{vertex}/backpressure");
        let answer: Answer = match self.http.get(&path) {
            // Flink looks for the largest of no values while it has only some of the subtasks' metrics.
            Err(ClientError::Refused { status: 500, .. }) => return Ok(None),
            answer => answer?,
        };
        let worst = |part: fn(&Subtask) -> &Value| {
            answer.subtasks.iter().filter_map(|subtask| number(part(subtask))).fold(0.0, f64::max)
        };
        let (ratio, busy) = (worst(|subtask| &subtask.ratio), worst(|subtask| &subtask.busy_ratio));
        Ok(answer.backpressure_level.map(|level| Backpressure { level, ratio, busy }))
    }
}

/// Metrics by name, as `GET .../metrics` hands them out: as text.
pub(crate) fn values(
    http: &Http,
    path: &str,
    names: &[&str],
) -> Result<BTreeMap<String, f64>, ClientError> {
    #[derive(Deserialize)]
    struct Metric {
        id: String,
        value: Option<Value>,
    }
    let metrics: Vec<Metric> = http.query(path, &[("get", &names.join(","))])?;
    let known = |Metric { id, value }| Some((id, number(&value?)?));
    Ok(metrics.into_iter().filter_map(known).collect())
}

fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite())
}

/// The vertex in which an operator is chained.
fn vertex_of<'j>(job: &'j Job, operator: &str) -> Result<&'j Vertex, ClientError> {
    let has = |vertex: &&Vertex| operators(&vertex.name).any(|name| name == operator);
    job.vertices.iter().find(has).ok_or_else(|| ClientError::NoSuchOperator {
        job: job.id.clone(),
        operator: operator.to_owned(),
        known: job.vertices.iter().map(|vertex| format!("'{}'", vertex.name)).collect(),
    })
}

/// The operators of a vertex's name: `Source: a -> (b -> c, d)`. Names of operators may have arrows of
/// their own, so each run of neighbours is one that may be meant.
fn operators(vertex: &str) -> impl Iterator<Item = String> {
    let parts: Vec<&str> = vertex
        .split(" -> ")
        .flat_map(|part| part.split(", "))
        .map(|part| part.trim_matches(['(', ')']))
        .collect();
    let runs = (0..parts.len()).flat_map(|from| (from + 1..=parts.len()).map(move |to| (from, to)));
    runs.map(|(from, to)| parts[from..to].join(" -> ")).collect::<Vec<_>>().into_iter()
}

/// An operator's name as Flink writes it in the names of metrics.
fn scope(operator: &str) -> String {
    let cut_off = operator.chars().take(LONGEST_NAME);
    cut_off.map(|c| if matches!(c, ' ' | '.' | ':' | ',') { '_' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_is_found_in_its_chain_by_its_whole_name() {
        let has = |vertex: &str, operator: &str| operators(vertex).any(|name| name == operator);
        assert!(has("Source: numbers -> digits", "digits"));
        assert!(has("Source: numbers -> digits", "Source: numbers"));
        assert!(has("counts -> (print, nowhere: Writer)", "nowhere: Writer"));
        assert!(has("split -> filter -> Sink: print", "split -> filter"));
        assert!(!has("Source: numbers -> digits", "digit"));
    }

    #[test]
    fn an_operator_is_spelled_as_in_the_names_of_metrics() {
        assert_eq!(scope("nowhere: Writer"), "nowhere__Writer");
        assert_eq!(scope(&"a".repeat(100)), "a".repeat(80));
    }

    #[test]
    fn what_is_no_number_is_no_value() {
        let value = |text: &str| number(&serde_json::from_str(text).unwrap());
        assert_eq!(value("\"7\""), Some(7.0));
        assert_eq!(value("0.5"), Some(0.5));
        assert_eq!(value("\"NaN\""), None);
        assert_eq!(value("null"), None);
    }
}
