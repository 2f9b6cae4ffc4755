//! [`WindowFn`]: which windows a record is in.

use std::fmt;

use smallvec::SmallVec;

use crate::windowing::{InvalidWindowing, Millis, Trigger, Window};

/// The windows of one record.
pub type Assigned = SmallVec<[Window; 4]>;

/// Assigns windows to records, and says which of them are one.
///
/// ```
/// use brookite_core::windowing::{Assigned, Window, WindowFn};
///
/// /// Windows that grow: [0, 1), [1, 2), [2, 4), [4, 8), ..
/// #[derive(Debug)]
/// struct Doubling;
///
/// impl WindowFn for Doubling {
///     fn assign(&self, timestamp: i64, windows: &mut Assigned) {
///         let end = u64::try_from(timestamp).unwrap_or(0).saturating_add(1).next_power_of_two() as i64;
///         windows.push(Window::new(end / 2, end));
///     }
/// }
/// ```
pub trait WindowFn: fmt::Debug + Send + Sync {
    /// Adds the windows of a record with that timestamp, in milliseconds since the epoch.
    fn assign(&self, timestamp: i64, windows: &mut Assigned);

    /// Whether windows of one key may become one as records arrive.
    fn merges(&self) -> bool {
        false
    }

    /// Whether two windows are to become one, which covers both. Called when [`merges`](Self::merges).
    fn joins(&self, one: Window, other: Window) -> bool {
        one.touches(other)
    }

    /// Which timestamp a record counts as when a window's result has
    /// [the earliest of these](crate::windowing::TimestampCombiner::EarliestTransformed): its own, unless
    /// the windows have reason to move it, such as sliding ones that would hold each other up.
    fn output_timestamp(&self, window: Window, timestamp: i64) -> i64 {
        let _ = window;
        timestamp
    }

    /// The trigger of a strategy that names none.
    fn default_trigger(&self) -> Trigger {
        Trigger::default()
    }

    /// Whether the windows depend on the timestamps of records, which must have some then.
    fn needs_timestamps(&self) -> bool {
        true
    }

    /// Takes parameters that a job gives to a function which it calls by name.
    ///
    /// # Errors
    /// When they cannot be read; and when there are any, unless the function implements this.
    fn configure(&mut self, payload: &[u8]) -> Result<(), InvalidWindowing> {
        match payload.len() {
            0 => Ok(()),
            bytes => Err(InvalidWindowing(format!(
                "the window function takes no parameters, found {bytes} bytes of them: call it without, \
                 or implement WindowFn::configure"
            ))),
        }
    }

    /// Whether the function's parameters make sense.
    ///
    /// # Errors
    /// Says what is wrong and what to do instead.
    fn check(&self) -> Result<(), InvalidWindowing> {
        Ok(())
    }
}

/// Windows of one size, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tumbling {
    pub(super) size: i64,
    pub(super) offset: i64,
}

impl Tumbling {
    /// Windows of that size, a `Duration` or milliseconds, one of which starts at the epoch.
    pub fn of(size: impl Millis) -> Self {
        Self { size: size.millis(), offset: 0 }
    }

    /// The same windows, so much later.
    #[must_use]
    pub fn offset(self, offset: impl Millis) -> Self {
        Self { offset: offset.millis(), ..self }
    }
}

impl WindowFn for Tumbling {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        let start = start(timestamp, self.offset, self.size);
        windows.push(Window::new(start, start.saturating_add(self.size)));
    }

    fn check(&self) -> Result<(), InvalidWindowing> {
        positive("a tumbling window's size", self.size)?;
        offset("a tumbling window", self.offset, self.size)
    }
}

/// Windows of one size that start one `slide` after the other, so that a record is in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sliding {
    pub(super) size: i64,
    pub(super) slide: i64,
    pub(super) offset: i64,
}

impl Sliding {
    /// Windows of that size, a new one with every `slide`: each a `Duration` or milliseconds.
    pub fn of(size: impl Millis, slide: impl Millis) -> Self {
        Self { size: size.millis(), slide: slide.millis(), offset: 0 }
    }

    /// The same windows, so much later.
    #[must_use]
    pub fn offset(self, offset: impl Millis) -> Self {
        Self { offset: offset.millis(), ..self }
    }
}

impl WindowFn for Sliding {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        let mut start = start(timestamp, self.offset, self.slide);
        while start.saturating_add(self.size) > timestamp {
            windows.push(Window::new(start, start.saturating_add(self.size)));
            let Some(earlier) = start.checked_sub(self.slide) else { break };
            start = earlier;
        }
    }

    fn check(&self) -> Result<(), InvalidWindowing> {
        positive("a sliding window's size", self.size)?;
        positive("a sliding window's slide", self.slide)?;
        offset("a sliding window", self.offset, self.slide)?;
        let windows = self.size.saturating_add(self.slide - 1) / self.slide;
        if windows > MOST_WINDOWS {
            return Err(InvalidWindowing(format!(
                "with a size of {} ms and a slide of {} ms each record is in {windows} windows, which \
                 are {MOST_WINDOWS} at most; make the slide longer, or gather tumbling windows of it \
                 first",
                self.size, self.slide
            )));
        }
        Ok(())
    }
}

/// Windows of activity: records of a key that are less than a gap apart are in one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    pub(super) gap: i64,
}

impl Session {
    /// A session ends so long after its last record: a `Duration` or milliseconds.
    pub fn with_gap(gap: impl Millis) -> Self {
        Self { gap: gap.millis() }
    }
}

impl WindowFn for Session {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        windows.push(Window::new(timestamp, timestamp.saturating_add(self.gap)));
    }

    fn merges(&self) -> bool {
        true
    }

    fn check(&self) -> Result<(), InvalidWindowing> {
        positive("a session's gap", self.gap)
    }
}

/// One window for all records of a key. Unless a trigger fires it, it fires at the end of the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Global;

impl WindowFn for Global {
    fn assign(&self, _: i64, windows: &mut Assigned) {
        windows.push(Window::GLOBAL);
    }

    fn needs_timestamps(&self) -> bool {
        false
    }
}

/// In how many sliding windows a record may be: each is an entry of state and a timer.
const MOST_WINDOWS: i64 = 10_000;

/// The start of the window of `size` that has the timestamp. Floors, also before the epoch.
fn start(timestamp: i64, offset: i64, size: i64) -> i64 {
    let size = size.max(1);
    timestamp.saturating_sub(timestamp.wrapping_sub(offset).rem_euclid(size))
}

fn positive(what: &str, millis: i64) -> Result<(), InvalidWindowing> {
    if millis > 0 {
        return Ok(());
    }
    Err(InvalidWindowing(format!("{what} must be positive, found {millis} ms")))
}

fn offset(what: &str, offset: i64, size: i64) -> Result<(), InvalidWindowing> {
    if offset.unsigned_abs() < size.unsigned_abs() {
        return Ok(());
    }
    let message = format!("{what}'s offset must be less than {size} ms, found {offset} ms");
    Err(InvalidWindowing(message))
}
