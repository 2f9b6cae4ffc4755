//! Timers: a key's wish to be called at a time.

use crate::error::Error;
use crate::function::TimeDomain;

/// A timer of a key. There is at most one for each key, domain and timestamp: registering it again
/// changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timer {
    /// When it is due, in milliseconds since the epoch.
    pub timestamp: i64,
    /// The clock that it goes by.
    pub domain: TimeDomain,
}

impl Timer {
    /// A timer for that event time, in milliseconds since the epoch.
    pub fn event_time(timestamp: i64) -> Self {
        Self { timestamp, domain: TimeDomain::EventTime }
    }

    /// A timer for that processing time, in milliseconds since the epoch.
    pub fn processing_time(timestamp: i64) -> Self {
        Self { timestamp, domain: TimeDomain::ProcessingTime }
    }
}

/// What is done with a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimerCommand {
    /// It is to fire.
    Register,
    /// It is not to fire any more.
    Delete,
}

/// The error of a function that has registered a timer and does not say what is to happen then.
#[cold]
pub(crate) fn no_on_timer<F: ?Sized>() -> Error {
    Error::msg(format!(
        "a timer of {} is due, which has no `on_timer`: implement it, or register no timers",
        std::any::type_name::<F>()
    ))
}
