//! The metrics of a stage, and when they are told to the host.

use std::rc::Rc;

use brookite_core::error::{Error, Result};
use brookite_core::metrics::MetricKind;
use brookite_core::metrics::{Changes, Counter, Gauge, MetricCell, MetricDeclaration, MetricError};

use crate::host::{Host, MetricSlot};

/// What functions and the executor itself measure.
#[derive(Default)]
pub(crate) struct Metrics {
    metrics: Vec<Metric>,
    /// Those that put themselves on the list of changes when they change, by index; the others are
    /// told when everything is.
    changes: Rc<Changes>,
}

struct Metric {
    declaration: MetricDeclaration,
    slot: MetricSlot,
    cell: Rc<MetricCell>,
}

impl Metrics {
    /// The cell of the declared metric, which is an earlier one's if that has the same name and labels.
    pub(crate) fn declare(
        &mut self,
        host: &mut dyn Host,
        declaration: &MetricDeclaration,
    ) -> Result<Rc<MetricCell>> {
        let index = self.metrics.len();
        self.find_or_add(host, declaration, |changes| MetricCell::listed(index, changes))
    }

    /// A counter of the executor's own that changes at nearly every record. It is told with
    /// [`publish_all`](Self::publish_all), since telling it after every call would cost more than what
    /// it counts.
    pub(crate) fn lazy_counter(&mut self, host: &mut dyn Host, name: &str) -> Result<Counter> {
        let declaration = own(name, MetricKind::Counter);
        self.find_or_add(host, &declaration, |_| MetricCell::default()).map(Counter::of)
    }

    /// A gauge of the executor's own that changes as often.
    pub(crate) fn lazy_gauge(&mut self, host: &mut dyn Host, name: &str) -> Result<Gauge<i64>> {
        let declaration = own(name, MetricKind::Gauge);
        self.find_or_add(host, &declaration, |_| MetricCell::default()).map(Gauge::of)
    }

    fn find_or_add(
        &mut self,
        host: &mut dyn Host,
        declaration: &MetricDeclaration,
        cell: impl FnOnce(Rc<Changes>) -> MetricCell,
    ) -> Result<Rc<MetricCell>> {
        let same_name =
            || self.metrics.iter().filter(|known| known.declaration.name == declaration.name);
        if let Some(other) = same_name().find(|known| known.declaration.kind != declaration.kind) {
            return Err(Error::from(MetricError::OtherKind {
                name: declaration.name.clone(),
                first: other.declaration.kind,
                second: declaration.kind,
            }));
        }
        if let Some(same) = same_name().find(|known| known.declaration.labels == declaration.labels)
        {
            return Ok(same.cell.clone());
        }
        let slot = host.register_metric(declaration)?;
        let cell = Rc::new(cell(self.changes.clone()));
        let declaration = declaration.clone();
        self.metrics.push(Metric { declaration, slot, cell: cell.clone() });
        Ok(cell)
    }

    /// Whether [`publish`](Self::publish) has something to tell.
    #[inline]
    pub(crate) fn changed(&self) -> bool {
        self.changes.any()
    }

    /// Tells the host what changed since the last time.
    #[inline]
    pub(crate) fn publish(&self, host: &mut dyn Host) {
        self.changes.drain(|index| {
            let Metric { declaration, slot, cell } = &self.metrics[index];
            let next = cell.next();
            cell.tell(declaration.kind, |value| host.update_metric(*slot, value));
            next
        });
    }

    /// Tells the host everything, at calls that are rare.
    pub(crate) fn publish_all(&self, host: &mut dyn Host) {
        self.publish(host);
        for Metric { declaration, slot, cell } in &self.metrics {
            if !cell.is_listed() {
                cell.tell(declaration.kind, |value| host.update_metric(*slot, value));
            }
        }
    }
}

fn own(name: &str, kind: MetricKind) -> MetricDeclaration {
    MetricDeclaration { name: name.to_owned(), kind, labels: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryHost;

    #[test]
    fn a_lazy_counter_is_told_with_everything_and_another_at_once() {
        let (mut host, mut metrics) = (MemoryHost::new(), Metrics::default());
        let hits = metrics.lazy_counter(&mut host, "hits").unwrap();
        let late =
            Counter::of(metrics.declare(&mut host, &own("late", MetricKind::Counter)).unwrap());
        hits.inc();
        assert!(!metrics.changed());
        late.inc();
        assert!(metrics.changed());
        metrics.publish(&mut host);
        assert_eq!((host.counter("hits"), host.counter("late")), (Some(0), Some(1)));
        metrics.publish_all(&mut host);
        assert_eq!(host.counter("hits"), Some(1));
    }
}
