//! Metrics with labels.

use std::rc::Rc;

use crate::error::Result;
use crate::function::OpenHost;
use crate::metrics::{
    Counter, Gauge, GaugeValue, Histogram, Meter, MetricCell, MetricDeclaration, MetricKind,
};

/// Declares metrics that have labels in common. Made by
/// [`OpenContext::metrics`](crate::function::OpenContext::metrics), without a label at first.
pub struct MetricGroup<'c> {
    host: &'c mut dyn OpenHost,
    labels: Vec<(String, String)>,
}

impl<'c> MetricGroup<'c> {
    pub(crate) fn new(host: &'c mut dyn OpenHost) -> Self {
        Self { host, labels: Vec::new() }
    }

    /// The same with one more label. To Flink it is a group of key and value, and to reporters such as
    /// Prometheus a label of that key.
    #[must_use]
    pub fn label(mut self, key: &str, value: &str) -> Self {
        self.labels.push((key.to_owned(), value.to_owned()));
        self
    }

    /// A counter.
    ///
    /// # Errors
    /// When the name is empty or stands for a metric of another kind, when a label is empty or its key
    /// came before, and when the host refuses.
    pub fn counter(&mut self, name: &str) -> Result<Counter> {
        self.declare(name, MetricKind::Counter).map(Counter::of)
    }

    /// A gauge, of `i64` or `f64`.
    ///
    /// # Errors
    /// As [`counter`](Self::counter).
    pub fn gauge<T: GaugeValue>(&mut self, name: &str) -> Result<Gauge<T>> {
        self.declare(name, T::KIND).map(Gauge::of)
    }

    /// A meter.
    ///
    /// # Errors
    /// As [`counter`](Self::counter).
    pub fn meter(&mut self, name: &str) -> Result<Meter> {
        self.declare(name, MetricKind::Meter).map(Meter::of)
    }

    /// A histogram.
    ///
    /// # Errors
    /// As [`counter`](Self::counter).
    pub fn histogram(&mut self, name: &str) -> Result<Histogram> {
        self.declare(name, MetricKind::Histogram).map(Histogram::of)
    }

    fn declare(&mut self, name: &str, kind: MetricKind) -> Result<Rc<MetricCell>> {
        let declaration =
            MetricDeclaration { name: name.to_owned(), kind, labels: self.labels.clone() };
        declaration.check()?;
        self.host.declare_metric(&declaration)
    }
}

impl std::fmt::Debug for MetricGroup<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MetricGroup").field("labels", &self.labels).finish_non_exhaustive()
    }
}
