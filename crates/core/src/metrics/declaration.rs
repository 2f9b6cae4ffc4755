//! What a function says about a metric when it opens.

use std::fmt;

use crate::metrics::MetricError;

/// A metric: what it is called, what it is, and the groups that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricDeclaration {
    /// Its name, below the operator's scope and the labels.
    pub name: String,
    /// What it measures.
    pub kind: MetricKind,
    /// Groups of key and value that it is in, outermost first: Flink's `addGroup(key, value)`.
    pub labels: Vec<(String, String)>,
}

/// What a metric measures, and what an update of it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetricKind {
    /// Counts up or down; an update is the count.
    Counter,
    /// An integer; an update is its value now.
    Gauge,
    /// A number; an update is the bits of its value now, an `f64`.
    GaugeF64,
    /// Events in time; an update is how many there were so far.
    Meter,
    /// How values are distributed; an update is one more value.
    Histogram,
}

impl MetricDeclaration {
    /// Checks the names.
    ///
    /// # Errors
    /// When the name or a part of a label is empty, and when two labels have one key.
    pub fn check(&self) -> Result<(), MetricError> {
        let Self { name, labels, .. } = self;
        if name.is_empty() {
            return Err(MetricError::NoName);
        }
        for (index, (key, value)) in labels.iter().enumerate() {
            let name = name.clone();
            if key.is_empty() || value.is_empty() {
                let label = format!("{key}={value}");
                return Err(MetricError::EmptyLabel { name, label });
            }
            if labels[..index].iter().any(|(before, _)| before == key) {
                return Err(MetricError::LabelTwice { name, key: key.clone() });
            }
        }
        Ok(())
    }
}

impl fmt::Display for MetricKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MetricKind::Counter => "counter",
            MetricKind::Gauge => "gauge of i64",
            MetricKind::GaugeF64 => "gauge of f64",
            MetricKind::Meter => "meter",
            MetricKind::Histogram => "histogram",
        })
    }
}
