//! [`WindowingStrategy`]: all that is to be said about a stream's windows.

use std::sync::Arc;

use crate::windowing::{InvalidWindowing, Trigger, Window, WindowFn};

/// What a window keeps when it fires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AccumulationMode {
    /// All: each firing has all records of the window so far. Flink's default.
    #[default]
    Accumulating,
    /// Nothing: each firing has the records since the last. Flink's purging triggers.
    Discarding,
}

/// Which timestamp a window's result has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimestampCombiner {
    /// The last timestamp of the window. Flink's choice.
    #[default]
    EndOfWindow,
    /// The earliest timestamp of the records in the result that did not come late.
    Earliest,
    /// The latest timestamp of the records in the result that did not come late.
    Latest,
    /// The earliest of what the windows [make](crate::windowing::WindowFn::output_timestamp) of these
    /// timestamps.
    EarliestTransformed,
}

/// How a stream's records are gathered in windows, and when a window's result is told.
///
/// ```
/// use brookite_core::windowing::{Trigger, Tumbling, WindowingStrategy};
///
/// let minutes = WindowingStrategy::new(Tumbling::of(60_000))
///     .trigger(Trigger::after_watermark().early(Trigger::after_count(100)).late(Trigger::after_count(1)))
///     .allowed_lateness(10_000);
/// assert!(minutes.check().is_ok());
///
/// let wrong = WindowingStrategy::new(Tumbling::of(0)).check().unwrap_err();
/// assert_eq!(wrong.to_string(), "a tumbling window's size must be positive, found 0 ms");
/// ```
#[derive(Clone, Debug)]
pub struct WindowingStrategy {
    /// Which windows a record is in.
    pub window_fn: Arc<dyn WindowFn>,
    /// When a window fires.
    pub trigger: Trigger,
    /// What a window keeps when it fires.
    pub accumulation_mode: AccumulationMode,
    /// How long after its end a window waits for late records, in milliseconds.
    pub allowed_lateness: i64,
    /// Which timestamp a result has.
    pub timestamp_combiner: TimestampCombiner,
    /// Whether a window whose end the watermark passes fires even if nothing came since it fired last.
    pub fire_empty_on_time: bool,
    /// Whether the windows are of processing time: a record is in the windows of the moment at which it
    /// comes, and a window is over when the clock says so. No record is late then.
    pub processing_time: bool,
}

impl WindowingStrategy {
    /// The windows of `window_fn`, with the trigger that Flink would use, no lateness allowed.
    pub fn new(window_fn: impl WindowFn + 'static) -> Self {
        let trigger = window_fn.default_trigger();
        Self {
            window_fn: Arc::new(window_fn),
            trigger,
            accumulation_mode: AccumulationMode::default(),
            allowed_lateness: 0,
            timestamp_combiner: TimestampCombiner::default(),
            fire_empty_on_time: false,
            processing_time: false,
        }
    }

    /// Fires when `trigger` says.
    #[must_use]
    pub fn trigger(self, trigger: Trigger) -> Self {
        Self { trigger, ..self }
    }

    /// Keeps a window for `millis` after its end, for records that come late.
    #[must_use]
    pub fn allowed_lateness(self, millis: i64) -> Self {
        Self { allowed_lateness: millis, ..self }
    }

    /// Forgets what was told.
    #[must_use]
    pub fn discarding(self) -> Self {
        Self { accumulation_mode: AccumulationMode::Discarding, ..self }
    }

    /// Tells all of a window with each firing.
    #[must_use]
    pub fn accumulating(self) -> Self {
        Self { accumulation_mode: AccumulationMode::Accumulating, ..self }
    }

    /// Gives results that timestamp.
    #[must_use]
    pub fn timestamp_combiner(self, timestamp_combiner: TimestampCombiner) -> Self {
        Self { timestamp_combiner, ..self }
    }

    /// Goes by the clock of processing time in place of the records' timestamps.
    #[must_use]
    pub fn processing_time(self) -> Self {
        Self { processing_time: true, ..self }
    }

    /// When the window is forgotten: records for it that come after are late for good.
    pub fn cleanup_time(&self, window: Window) -> i64 {
        let lateness = if self.processing_time { 0 } else { self.allowed_lateness };
        window.max_timestamp().saturating_add(lateness)
    }

    /// Whether the strategy can be carried out.
    ///
    /// # Errors
    /// Sizes and delays that are not positive, a trigger that cannot go with the windows. Says what to
    /// do instead.
    pub fn check(&self) -> Result<(), InvalidWindowing> {
        self.window_fn.check()?;
        self.trigger.check(self.window_fn.merges())?;
        if self.allowed_lateness < 0 {
            return Err(InvalidWindowing(format!(
                "allowed lateness must not be negative, found {} ms",
                self.allowed_lateness
            )));
        }
        if self.processing_time && self.allowed_lateness > 0 {
            return Err(InvalidWindowing::new(
                "no record comes late for a window of processing time: allow no lateness, or use \
                 windows of event time",
            ));
        }
        Ok(())
    }
}

impl Default for WindowingStrategy {
    /// One window for all of time, which fires at the end of the input.
    fn default() -> Self {
        Self::new(super::Global)
    }
}
