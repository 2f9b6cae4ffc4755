//! What can be wrong with a metric.

use crate::metrics::MetricKind;

/// Why a metric cannot be declared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetricError {
    /// It has no name.
    #[error("a metric was declared without a name: expected at least one character")]
    NoName,
    /// A label without key or value.
    #[error(
        "metric '{name}' has the label '{label}': expected a key and a value of at least one \
         character each"
    )]
    EmptyLabel {
        /// The metric's name.
        name: String,
        /// The label, as `key=value`.
        label: String,
    },
    /// Two labels with one key.
    #[error("metric '{name}' has two labels '{key}': expected another key for each")]
    LabelTwice {
        /// The metric's name.
        name: String,
        /// The labels' key.
        key: String,
    },
    /// Two metrics of one name that are not of one kind.
    #[error(
        "metric '{name}' was declared as a {first} before and as a {second} now: metrics of one \
         name are of one kind, whatever their labels, so give one of the two another name"
    )]
    OtherKind {
        /// The name of both.
        name: String,
        /// What was declared first.
        first: MetricKind,
        /// What was declared then.
        second: MetricKind,
    },
    /// A message that declares a metric of a kind that there is not.
    #[error("metric '{name}' is of the unknown kind {kind}")]
    UnknownKind {
        /// The metric's name.
        name: String,
        /// The number that stands for no kind.
        kind: i32,
    },
}
