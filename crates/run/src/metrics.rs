//! [`JobMetrics`]: how much a job has done.

use brookite_client::{Job, Vertex};
use serde::Deserialize;

/// How much a job has done so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobMetrics {
    /// Its operators, sources first.
    pub operators: Vec<OperatorMetrics>,
}

/// How much an operator has done so far: a stage of the local runner, or operators that Flink has chained to
/// one task.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct OperatorMetrics {
    /// Its name, of chained operators with arrows in between.
    pub name: String,
    /// How many of it run side by side.
    pub parallelism: u32,
    /// Records that came in. What passes between chained operators does not count.
    #[serde(rename = "in")]
    pub records_in: u64,
    /// Records that went out.
    #[serde(rename = "out")]
    pub records_out: u64,
}

impl JobMetrics {
    /// Records that the first tasks have handed on: those of the sources, or of what Flink has chained to
    /// them.
    pub fn read(&self) -> u64 {
        let is_source = |operator: &&OperatorMetrics| {
            operator.records_in == 0 || operator.name.starts_with("Source: ")
        };
        self.operators.iter().filter(is_source).map(|operator| operator.records_out).sum()
    }
}

impl From<brookite_local::JobMetrics> for JobMetrics {
    fn from(metrics: brookite_local::JobMetrics) -> Self {
        let operators = metrics.stages.into_iter().map(|stage| OperatorMetrics {
            name: stage.name,
            parallelism: stage.parallelism,
            records_in: stage.records_in,
            records_out: stage.records_out,
        });
        Self { operators: operators.collect() }
    }
}

impl From<&Job> for JobMetrics {
    fn from(job: &Job) -> Self {
        let operator = |vertex: &Vertex| OperatorMetrics {
            name: vertex.name.clone(),
            parallelism: vertex.parallelism,
            records_in: vertex.metrics.read_records,
            records_out: vertex.metrics.write_records,
        };
        Self { operators: job.vertices.iter().map(operator).collect() }
    }
}
