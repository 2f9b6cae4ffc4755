//! What the functions take.

/// An event: its number, its account, its time in milliseconds, its amount.
pub(crate) type Event = (i64, i64, i64, i64);

/// A rule: its number, the time from which on it holds, what amounts are multiplied with.
pub(crate) type Rule = (i64, i64, i64);

/// The event time that all others come before: a timer for it fires when the events have ended.
pub(crate) const END: i64 = i64::MAX;
