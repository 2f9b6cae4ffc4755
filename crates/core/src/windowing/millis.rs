//! [`Millis`]: spans of time.

use std::time::Duration;

/// A span of time: a `Duration`, or a number of milliseconds.
pub trait Millis {
    /// The span in milliseconds; a longer one than there are is the longest.
    fn millis(self) -> i64;
}

impl Millis for i64 {
    fn millis(self) -> i64 {
        self
    }
}

impl Millis for Duration {
    fn millis(self) -> i64 {
        i64::try_from(self.as_millis()).unwrap_or(i64::MAX)
    }
}
