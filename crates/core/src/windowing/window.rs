//! [`Window`]: a span of event time.

use std::fmt;

/// The records with timestamps from `start` up to, but not including, `end`; in milliseconds since the
/// epoch.
///
/// ```
/// use brookite_core::windowing::Window;
///
/// let window = Window::new(0, 10);
/// assert_eq!(window.max_timestamp(), 9);
/// assert!(window.intersects(Window::new(9, 12)) && !window.intersects(Window::new(10, 12)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Window {
    start: i64,
    end: i64,
}

/// Windows that cannot be: what is wrong, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidWindowing(pub(crate) String);

impl InvalidWindowing {
    /// An error with that message; for window functions of your own.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl Window {
    /// The one window of [`Global`](super::Global): all of time.
    pub const GLOBAL: Self = Self { start: i64::MIN, end: i64::MAX };

    /// The window from `start` to `end`, which is not in it. A window that would be empty has one
    /// millisecond.
    pub fn new(start: i64, end: i64) -> Self {
        Self { start, end: end.max(start.saturating_add(1)) }
    }

    /// The first timestamp in the window.
    pub fn start(self) -> i64 {
        self.start
    }

    /// The first timestamp after the window.
    pub fn end(self) -> i64 {
        self.end
    }

    /// The last timestamp in the window: when the watermark is there, the window is complete. That of
    /// the global window is the end of time.
    pub fn max_timestamp(self) -> i64 {
        if self == Self::GLOBAL { i64::MAX } else { self.end - 1 }
    }

    /// Whether some timestamp is in both.
    pub fn intersects(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether some timestamp is in both, or one begins where the other ends: what Flink merges.
    pub fn touches(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The smallest window that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::GLOBAL {
            f.write_str("global")
        } else {
            write!(f, "[{}, {})", self.start, self.end)
        }
    }
}
