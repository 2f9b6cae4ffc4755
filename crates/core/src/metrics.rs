//! Counters, visible among the operator's metrics in Flink.

use std::cell::Cell;
use std::rc::Rc;

/// A count that only this operator instance writes; Flink reads it when it reports metrics.
///
/// Made by [`OpenContext::counter`](crate::function::OpenContext::counter). A counter that was never
/// opened (its `Default`) counts on its own and is reported nowhere.
#[derive(Clone, Debug, Default)]
pub struct Counter {
    value: Rc<Cell<i64>>,
    changed: Rc<Cell<bool>>,
}

impl Counter {
    /// A counter that raises `changed` whenever its value changes, so that a host can publish all
    /// counters of a stage after a call at the cost of one test.
    pub fn watched(changed: Rc<Cell<bool>>) -> Self {
        Self { value: Rc::default(), changed }
    }

    /// Adds one.
    pub fn inc(&self) {
        self.add(1);
    }

    /// Adds `n`, which may be negative. Wraps around at the limits of `i64`, as Flink's counters do.
    pub fn add(&self, n: i64) {
        self.value.set(self.value.get().wrapping_add(n));
        self.changed.set(true);
    }

    /// The count so far.
    pub fn count(&self) -> i64 {
        self.value.get()
    }
}
