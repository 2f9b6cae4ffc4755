//! What the cache did, among the operator's metrics.

use brookite_core::error::Result;
use brookite_core::metrics::{Counter, Gauge};

use crate::host::Host;
use crate::metrics::Metrics;

/// Plain numbers: the cache counts each record, which must not cost more than an addition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// How often a key that was asked for had a slot.
    pub(crate) hits: u64,
    /// How often it had none.
    pub(crate) misses: u64,
    /// How many keys lost their slot to others.
    pub(crate) evictions: u64,
    /// How many changes were written back at barriers, at the end and between keys; those of keys that
    /// lost their slot aside.
    pub(crate) flushed: u64,
    /// How many keys have a slot.
    pub(crate) entries: u64,
    /// What keys and values take, by estimate.
    pub(crate) bytes: u64,
}

/// The metrics that say so, told with the others that are told now and then.
pub(crate) struct Statistics {
    hits: Counter,
    misses: Counter,
    evictions: Counter,
    flushed: Counter,
    entries: Gauge<i64>,
    bytes: Gauge<i64>,
}

impl Statistics {
    /// Registers the metrics.
    pub(crate) fn register(metrics: &mut Metrics, host: &mut dyn Host) -> Result<Self> {
        Ok(Self {
            hits: metrics.lazy_counter(host, "stateCacheHits")?,
            misses: metrics.lazy_counter(host, "stateCacheMisses")?,
            evictions: metrics.lazy_counter(host, "stateCacheEvictions")?,
            flushed: metrics.lazy_counter(host, "stateCacheFlushedEntries")?,
            entries: metrics.lazy_gauge(host, "stateCacheEntries")?,
            bytes: metrics.lazy_gauge(host, "stateCacheBytes")?,
        })
    }

    /// Takes over what the cache counted.
    pub(crate) fn take(&self, counts: &Counts) {
        let raise = |counter: &Counter, count: u64| counter.add(count as i64 - counter.count());
        raise(&self.hits, counts.hits);
        raise(&self.misses, counts.misses);
        raise(&self.evictions, counts.evictions);
        raise(&self.flushed, counts.flushed);
        self.entries.set(counts.entries as i64);
        self.bytes.set(counts.bytes as i64);
    }
}
