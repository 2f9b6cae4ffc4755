//! Distributions of values.

use std::rc::Rc;

use crate::metrics::MetricCell;

/// How values are distributed: Flink shows minimum, maximum, mean, deviation and quantiles of the
/// latest 1,024 ([`HISTOGRAM_SAMPLES`](crate::metrics::HISTOGRAM_SAMPLES)), and how many there were.
///
/// Made by [`OpenContext::histogram`](crate::function::OpenContext::histogram).
#[derive(Clone, Debug, Default)]
pub struct Histogram(Rc<MetricCell>);

impl Histogram {
    /// The histogram that writes to `cell`.
    pub fn of(cell: Rc<MetricCell>) -> Self {
        Self(cell)
    }

    /// Adds a value.
    #[inline]
    pub fn update(&self, value: i64) {
        self.0.sample(value);
    }

    /// How many values there were so far.
    #[inline]
    pub fn count(&self) -> i64 {
        self.0.get()
    }
}
