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
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at 0.
    pub(crate) fn standing() -> Self {
        Self::Set(Arc::default())
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
            Self::Set(now) => now.load(Ordering::Relaxed),
        }
    }

    /// Lets a clock that stands go on.
    pub(crate) fn advance(&self, by_ms: i64) {
        if let Self::Set(now) = self {
            now.fetch_add(by_ms, Ordering::Relaxed);
        }
    }
}
