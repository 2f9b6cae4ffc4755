//! Metrics over the REST API.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use crate::cluster::jobs::JobId;
use crate::cluster::rest::Rest;

/// What the state caches of an operator hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateCache {
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
}

/// A metric, whose value Flink writes as text.
#[derive(Deserialize)]
struct Metric {
    id: String,
    value: Option<String>,
}

impl Rest {
    /// How many records the operator of that name has taken; none before Flink knows.
    pub(crate) fn records_in(&self, job: &JobId, operator: &str) -> Result<Option<u64>> {
        let metrics = self.operator_metrics(job, operator, &["numRecordsIn"])?;
        Ok(metrics.and_then(|metrics| metrics.first().copied()))
    }

    /// What the state caches of the operator of that name hold; none before Flink knows.
    pub(crate) fn state_cache(&self, job: &JobId, operator: &str) -> Result<Option<StateCache>> {
        let names = ["stateCacheEntries", "stateCacheBytes"];
        let metrics = self.operator_metrics(job, operator, &names)?;
        Ok(metrics.map(|metrics| StateCache { entries: metrics[0], bytes: metrics[1] }))
    }

    /// Metrics of the first subtask of an operator; none when Flink lacks one of them.
    fn operator_metrics(
        &self,
        job: &JobId,
        operator: &str,
        names: &[&str],
    ) -> Result<Option<Vec<u64>>> {
        let details: Value = self.get(&format!("/jobs/{job}"))?;
        let vertices = details["vertices"].as_array().context("the job has no vertices")?;
        let vertex = vertices
            .iter()
            .find(|vertex| vertex["name"].as_str().is_some_and(|name| name.contains(operator)))
            .and_then(|vertex| vertex["id"].as_str())
            .with_context(|| format!("the job has no operator '{operator}'"))?;
        let ids: Vec<_> = names.iter().map(|name| format!("0.{operator}.{name}")).collect();
        let path = format!("/jobs/{job}/vertices/{vertex}/metrics?get={}", ids.join(","));
        Ok(values(&self.get::<Vec<Metric>>(&path)?, &ids))
    }

    /// Metrics of a TaskManager.
    pub(super) fn task_manager_metrics(&self, id: &str, names: &[&str]) -> Result<Vec<u64>> {
        let path = format!("/taskmanagers/{id}/metrics?get={}", names.join(","));
        let metrics: Vec<Metric> = self.get(&path)?;
        values(&metrics, names).with_context(|| format!("{id} lacks one of {names:?}"))
    }
}

/// The values in the order of their ids; none when one is lacking.
fn values(metrics: &[Metric], ids: &[impl AsRef<str>]) -> Option<Vec<u64>> {
    let value = |id: &str| {
        let metric = metrics.iter().find(|metric| metric.id == id)?;
        metric.value.as_ref()?.parse().ok()
    };
    ids.iter().map(|id| value(id.as_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_found_by_their_ids_in_any_order() {
        let text = r#"[{"id":"0.visits.b","value":"2"},{"id":"0.visits.a","value":"1"}]"#;
        let metrics: Vec<Metric> = serde_json::from_str(text).unwrap();
        assert_eq!(values(&metrics, &["0.visits.a", "0.visits.b"]), Some(vec![1, 2]));
        assert_eq!(values(&metrics, &["0.visits.a", "0.visits.c"]), None);
        let listed: Vec<Metric> = serde_json::from_str(r#"[{"id":"a"}]"#).unwrap();
        assert_eq!(values(&listed, &["a"]), None);
    }
}
