//! [`Clock`]: what time it is for the job.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The clock that timers of processing time go by.
#[derive(Clone, Debug, Default)]
pub(crate) enum Clock {
    /// That of the machine.
    #[default]
    Machine,
    /// One that stands until it is set, so that each run sees the same times.
    Set {
        now: Arc<AtomicI64>,
        /// Whether it goes on with each record, and not just when a test says so.
        ticks: bool,
    },
}

impl Clock {
    /// A clock that stands at 0.
    pub(crate) fn standing(ticks: bool) -> Self {
        Self::Set { now: Arc::default(), ticks }
    }

    /// Whether it does not go by itself.
    pub(crate) fn is_set(&self) -> bool {
        matches!(self, Self::Set { .. })
    }

    /// In milliseconds since the epoch.
    pub(crate) fn now(&self) -> i64 {
        match self {
            Self::Machine => match SystemTime::now().duration_since(UNIX_EPOCH) {
                Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
                Err(before) => {
                    i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms)
                }
            },
            Self::Set { now, .. } => now.load(Ordering::Relaxed),
        }
    }

    /// A record has been worked on.
    pub(crate) fn tick(&self) {
        if let Self::Set { now, ticks: true } = self {
            now.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Sets a clock that stands forward.
    pub(crate) fn advance(&self, by_ms: i64) {
        if let Self::Set { now, .. } = self {
            now.fetch_add(by_ms, Ordering::Relaxed);
        }
    }
}
