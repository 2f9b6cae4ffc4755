//! Rates of events.

use std::rc::Rc;

use crate::metrics::MetricCell;

/// How many events there are in a second, and were so far.
///
/// Made by [`OpenContext::meter`](crate::function::OpenContext::meter). The rate is that of Flink's
/// `MeterView`: an average over the last minute, which Flink computes anew every five seconds.
#[derive(Clone, Debug, Default)]
pub struct Meter(Rc<MetricCell>);

impl Meter {
    /// The meter that writes to `cell`.
    pub fn of(cell: Rc<MetricCell>) -> Self {
        Self(cell)
    }

    /// Says that an event happened.
    #[inline]
    pub fn mark_event(&self) {
        self.0.add(1);
    }

    /// Says that `n` events happened.
    #[inline]
    pub fn mark_events(&self, n: u64) {
        self.0.add(n.cast_signed());
    }

    /// How many events there were so far.
    #[inline]
    pub fn count(&self) -> i64 {
        self.0.get()
    }
}
