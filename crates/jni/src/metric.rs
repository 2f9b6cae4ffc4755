//! [`MetricMemory`]: where Java reads a metric's value.

use std::sync::atomic::Ordering;

use brookite_abi::metrics::MetricKind;

use crate::buffer::{DirectBuffer, Words};
use crate::fault::Fault;

/// The memory of one metric, which Java owns and reads at any time, from any thread.
#[derive(Debug)]
pub(crate) enum MetricMemory {
    /// One number: the value now.
    Value(Words),
    /// The number of samples, then a ring of the latest.
    Samples(Words),
}

impl MetricMemory {
    /// The memory of a metric of that kind.
    pub(crate) fn new(kind: MetricKind, memory: DirectBuffer) -> Result<Self, Fault> {
        let words = memory.words("metric")?;
        let (expected, memory): (_, fn(_) -> _) = match kind {
            MetricKind::Histogram => (2, Self::Samples),
            _ => (1, Self::Value),
        };
        if words.len() < expected {
            return Err(Fault::bridge(format!(
                "the buffer of a {kind} has room for {} numbers, expected at least {expected}",
                words.len()
            )));
        }
        Ok(memory(words))
    }

    /// Writes the value, or one more sample.
    #[inline]
    pub(crate) fn update(&self, value: i64) {
        match self {
            Self::Value(words) => words.get(0).store(value, Ordering::Relaxed),
            Self::Samples(words) => {
                // Nobody else writes here.
                let count = words.get(0).load(Ordering::Relaxed);
                let place = count.cast_unsigned() % (words.len() as u64 - 1);
                words.get(1 + place as usize).store(value, Ordering::Relaxed);
                words.get(0).store(count.wrapping_add(1), Ordering::Release);
            }
        }
    }
}
