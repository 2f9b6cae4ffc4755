//! Counts.

use std::rc::Rc;

use crate::metrics::MetricCell;

/// A count that only this operator instance writes; Flink reads it when it reports metrics.
///
/// Made by [`OpenContext::counter`](crate::function::OpenContext::counter).
#[derive(Clone, Debug, Default)]
pub struct Counter(Rc<MetricCell>);

impl Counter {
    /// The counter that writes to `cell`.
    pub fn of(cell: Rc<MetricCell>) -> Self {
        Self(cell)
    }

    /// Adds one.
    #[inline]
    pub fn inc(&self) {
        self.0.add(1);
    }

    /// Adds `n`, which may be negative. Wraps around at the limits of `i64`, as Flink's counters do.
    #[inline]
    pub fn add(&self, n: i64) {
        self.0.add(n);
    }

    /// The count so far.
    #[inline]
    pub fn count(&self) -> i64 {
        self.0.get()
    }
}
