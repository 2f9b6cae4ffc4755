//! The counters of a stage, and when they are told to the host.

use std::cell::Cell;
use std::rc::Rc;

use brookite_core::metrics::Counter;

use crate::host::{CounterSlot, Host};

#[derive(Default)]
pub(crate) struct Counters {
    counters: Vec<(CounterSlot, String, Counter)>,
    changed: Rc<Cell<bool>>,
}

impl Counters {
    /// The counter of that name; functions of a stage that use the same name share it.
    pub(crate) fn find(&self, name: &str) -> Option<Counter> {
        self.counters
            .iter()
            .find(|(_, known, _)| known == name)
            .map(|(.., counter)| counter.clone())
    }

    pub(crate) fn add(&mut self, slot: CounterSlot, name: &str) -> Counter {
        let counter = Counter::watched(self.changed.clone());
        self.counters.push((slot, name.to_owned(), counter.clone()));
        counter
    }

    /// Whether any has changed since the last time they were told.
    #[inline]
    pub(crate) fn changed(&self) -> bool {
        self.changed.get()
    }

    /// Tells the host all values if any has changed since the last time.
    pub(crate) fn publish(&self, host: &mut dyn Host) {
        if self.changed.replace(false) {
            for (slot, _, counter) in &self.counters {
                host.set_counter(*slot, counter.count());
            }
        }
    }
}
