//! What a handle and the executor share.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::metrics::MetricKind;

/// How many values a histogram is computed from: the latest.
pub const HISTOGRAM_SAMPLES: usize = 1024;

/// The metrics of a stage that changed since they were last told: a list through their cells.
#[derive(Debug, Default)]
pub struct Changes {
    first: Cell<Option<usize>>,
}

impl Changes {
    /// Whether any metric changed.
    #[inline]
    pub fn any(&self) -> bool {
        self.first.get().is_some()
    }

    /// Shows the index of each metric that changed, the latest first, and forgets them. `tell` must
    /// [tell](MetricCell::tell) the metric, and return its [next](MetricCell::next) as it was before.
    #[inline]
    pub fn drain(&self, mut tell: impl FnMut(usize) -> Option<usize>) {
        let mut at = self.first.take();
        while let Some(index) = at {
            at = tell(index);
        }
    }
}

/// A metric's value on its way from the handle, which writes it, to the host.
#[derive(Debug, Default)]
pub struct MetricCell {
    /// The value; of a histogram the number of samples.
    value: Cell<i64>,
    /// The latest samples of a histogram that were not told.
    samples: RefCell<VecDeque<i64>>,
    /// How many samples were not told, those that are no longer in `samples` included.
    untold: Cell<usize>,
    /// Whether the value was written since it was told.
    changed: Cell<bool>,
    /// The list to be on after a change, and under which index.
    list: Option<(Rc<Changes>, usize)>,
    /// The next on that list.
    next: Cell<Option<usize>>,
}

impl MetricCell {
    /// A metric that puts `index` on the list when it changes. The `Default` is on no list.
    pub fn listed(index: usize, changes: Rc<Changes>) -> Self {
        Self { list: Some((changes, index)), ..Self::default() }
    }

    /// Whether it puts itself on a list when it changes.
    pub fn is_listed(&self) -> bool {
        self.list.is_some()
    }

    /// The value now; of a histogram the number of samples so far.
    #[inline]
    pub fn get(&self) -> i64 {
        self.value.get()
    }

    #[inline]
    pub(crate) fn set(&self, value: i64) {
        if self.value.replace(value) != value {
            self.changed();
        }
    }

    #[inline]
    pub(crate) fn add(&self, n: i64) {
        self.set(self.value.get().wrapping_add(n));
    }

    pub(crate) fn sample(&self, value: i64) {
        let mut samples = self.samples.borrow_mut();
        if samples.len() == HISTOGRAM_SAMPLES {
            samples.pop_front();
        }
        samples.push_back(value);
        self.untold.set(self.untold.get() + 1);
        self.add(1);
    }

    #[inline]
    fn changed(&self) {
        if !self.changed.replace(true)
            && let Some((changes, index)) = &self.list
        {
            self.next.set(changes.first.replace(Some(*index)));
        }
    }

    /// Of a metric on the list of changes, the index of the next.
    #[inline]
    pub fn next(&self) -> Option<usize> {
        self.next.get()
    }

    /// Gives `update` what a host is to hear of a metric of that kind if it changed: its value, or the
    /// samples that the host has not heard of.
    pub fn tell(&self, kind: MetricKind, mut update: impl FnMut(i64)) {
        if !self.changed.replace(false) {
            return;
        }
        if kind != MetricKind::Histogram {
            return update(self.value.get());
        }
        let mut samples = self.samples.borrow_mut();
        // The host counts what it is told. What was pushed out here is pushed out there as well, by the
        // samples that follow, so that its value does not matter.
        let lost = self.untold.take() - samples.len();
        (0..lost).for_each(|_| update(0));
        samples.drain(..).for_each(update);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cell: &MetricCell, kind: MetricKind) -> Vec<i64> {
        let mut told = Vec::new();
        cell.tell(kind, |value| told.push(value));
        told
    }

    /// Tells all that changed, and says which.
    fn drained(changes: &Changes, cells: &[MetricCell]) -> Vec<usize> {
        let mut indices = Vec::new();
        changes.drain(|index| {
            indices.push(index);
            let next = cells[index].next();
            cells[index].tell(MetricKind::Counter, |_| ());
            next
        });
        indices
    }

    #[test]
    fn a_metric_is_listed_once_until_it_is_told() {
        let changes = Rc::new(Changes::default());
        let cells = [0, 1].map(|index| MetricCell::listed(index, changes.clone()));
        assert!(!changes.any());
        cells[1].add(2);
        cells[1].add(3);
        assert!(changes.any());
        assert_eq!(drained(&changes, &cells), [1]);
        assert!(!changes.any());
        cells[1].set(5);
        assert!(!changes.any(), "the same value is no change");
        cells[0].set(-1);
        cells[1].set(6);
        assert_eq!(drained(&changes, &cells), [1, 0]);
        assert_eq!(drained(&changes, &cells), []);
    }

    #[test]
    fn samples_are_told_in_order_and_once() {
        let cell = MetricCell::default();
        [3, 1, 2].into_iter().for_each(|value| cell.sample(value));
        assert_eq!(told(&cell, MetricKind::Histogram), [3, 1, 2]);
        assert_eq!(told(&cell, MetricKind::Histogram), []);
        assert_eq!(cell.get(), 3);
    }

    #[test]
    fn of_too_many_samples_the_latest_are_told_and_all_are_counted() {
        let cell = MetricCell::default();
        let many = HISTOGRAM_SAMPLES as i64 + 10;
        (1..=many).for_each(|value| cell.sample(value));
        let told = told(&cell, MetricKind::Histogram);
        assert_eq!(told.len(), many as usize);
        assert_eq!(told[10..], (11..=many).collect::<Vec<_>>());
    }
}
