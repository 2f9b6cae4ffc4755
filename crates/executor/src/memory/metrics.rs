//! Metrics in memory, to look at.

use std::collections::VecDeque;

use brookite_core::metrics::{HISTOGRAM_SAMPLES, MetricDeclaration, MetricKind};

use crate::host::{HostError, MetricSlot};

/// What a metric shows.
#[derive(Clone, Debug, PartialEq)]
pub enum MetricValue {
    /// The count.
    Counter(i64),
    /// The value now.
    Gauge(i64),
    /// The value now.
    GaugeF64(f64),
    /// How many events there were.
    Meter(i64),
    /// How many values there were, and the latest of them, oldest first.
    Histogram {
        /// How many there were.
        count: i64,
        /// The latest, at most [`HISTOGRAM_SAMPLES`].
        samples: Vec<i64>,
    },
}

#[derive(Debug, Default)]
pub(super) struct Metrics(Vec<Metric>);

#[derive(Debug)]
struct Metric {
    declaration: MetricDeclaration,
    /// The last update; of a histogram the number of updates.
    value: i64,
    samples: VecDeque<i64>,
}

impl Metrics {
    /// A stage that is opened again starts from zero, as an operator does.
    pub(super) fn register(
        &mut self,
        declaration: &MetricDeclaration,
    ) -> Result<MetricSlot, HostError> {
        let metrics = &mut self.0;
        let metric =
            Metric { declaration: declaration.clone(), value: 0, samples: VecDeque::new() };
        let index = match metrics.iter().position(|known| known.declaration == *declaration) {
            Some(index) => {
                metrics[index] = metric;
                index
            }
            None => {
                metrics.push(metric);
                metrics.len() - 1
            }
        };
        u32::try_from(index).map(MetricSlot).map_err(|_| HostError::new("too many metrics"))
    }

    pub(super) fn update(&mut self, slot: MetricSlot, value: i64) {
        let Some(metric) = self.0.get_mut(slot.0 as usize) else { return };
        if metric.declaration.kind != MetricKind::Histogram {
            metric.value = value;
            return;
        }
        if metric.samples.len() == HISTOGRAM_SAMPLES {
            metric.samples.pop_front();
        }
        metric.samples.push_back(value);
        metric.value += 1;
    }

    pub(super) fn find(&self, name: &str, labels: &[(&str, &str)]) -> Option<MetricValue> {
        let is_it = |declaration: &MetricDeclaration| {
            let own = declaration.labels.iter().map(|(key, value)| (key.as_str(), value.as_str()));
            declaration.name == name && own.eq(labels.iter().copied())
        };
        let metric = self.0.iter().find(|metric| is_it(&metric.declaration))?;
        let value = metric.value;
        Some(match metric.declaration.kind {
            MetricKind::Counter => MetricValue::Counter(value),
            MetricKind::Gauge => MetricValue::Gauge(value),
            MetricKind::GaugeF64 => MetricValue::GaugeF64(f64::from_bits(value.cast_unsigned())),
            MetricKind::Meter => MetricValue::Meter(value),
            MetricKind::Histogram => MetricValue::Histogram {
                count: value,
                samples: metric.samples.iter().copied().collect(),
            },
        })
    }
}
