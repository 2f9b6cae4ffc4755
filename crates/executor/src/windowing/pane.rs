//! What is known of a window apart from its contents.

use brookite_core::windowing::{
    PaneInfo, PaneTiming, TimestampCombiner, Window, WindowingStrategy,
};

use crate::windowing::machine::{Clocks, TriggerState};

/// What is known of one key's window apart from its contents: how far its trigger is, and how often it
/// fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pane {
    pub(super) trigger: TriggerState,
    /// The trigger fired for the last time: what comes is dropped until the window is forgotten.
    pub(super) finished: bool,
    /// Whether records came since the window began or, when discarding, since it fired.
    pub(super) filled: bool,
    /// The timestamp that a result would have, if a record that was not late says so.
    pub(super) hold: Option<i64>,
    /// How often the window fired, and how often of these not early.
    pub(super) firings: i64,
    pub(super) firings_not_early: i64,
}

/// Numbers that are no pane of a window with such a trigger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a window's pane of {expected} numbers, found {found}: it was stored under another \
     trigger; restore the job with the trigger that it had, or without this operator's state"
)]
pub struct MalformedPane {
    expected: usize,
    found: usize,
}

/// How many numbers of a stored pane are not the trigger's.
const HEAD: usize = 4;

const FINISHED: i64 = 1;
const FILLED: i64 = 2;
const HELD: i64 = 4;

impl Pane {
    pub(super) fn new(trigger: TriggerState) -> Self {
        Self {
            trigger,
            finished: false,
            filled: false,
            hold: None,
            firings: 0,
            firings_not_early: 0,
        }
    }

    /// Whether the trigger fired for the last time: the window takes no more records, and is kept only
    /// so that this is known.
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// The pane as numbers, to be stored.
    pub fn to_numbers(&self) -> Vec<i64> {
        let flag = |set: bool, flag: i64| if set { flag } else { 0 };
        let flags = flag(self.finished, FINISHED)
            | flag(self.filled, FILLED)
            | flag(self.hold.is_some(), HELD);
        let head = [flags, self.hold.unwrap_or(0), self.firings, self.firings_not_early];
        head.into_iter().chain(self.trigger.0.iter().copied()).collect()
    }

    /// The pane that was stored as these numbers, for a trigger of so many parts.
    ///
    /// # Errors
    /// When the pane is one of another trigger.
    pub(crate) fn from_numbers(numbers: &[i64], parts: usize) -> Result<Self, MalformedPane> {
        match numbers.split_first_chunk::<HEAD>() {
            Some(([flags, hold, firings, firings_not_early], trigger))
                if trigger.len() == parts =>
            {
                Ok(Self {
                    trigger: TriggerState(trigger.into()),
                    finished: flags & FINISHED != 0,
                    filled: flags & FILLED != 0,
                    hold: (flags & HELD != 0).then_some(*hold),
                    firings: *firings,
                    firings_not_early: *firings_not_early,
                })
            }
            _ => Err(MalformedPane { expected: HEAD + parts, found: numbers.len() }),
        }
    }

    /// Takes the timestamp of a record that is not late into account.
    pub(super) fn hold(
        &mut self,
        window: Window,
        timestamp: i64,
        watermark: i64,
        strategy: &WindowingStrategy,
    ) {
        let timestamp = match strategy.timestamp_combiner {
            TimestampCombiner::EarliestTransformed => {
                strategy.window_fn.output_timestamp(window, timestamp)
            }
            _ => timestamp,
        };
        if timestamp > watermark {
            self.combine(timestamp, strategy);
        }
    }

    /// Takes the timestamp that another pane holds into account.
    pub(super) fn combine(&mut self, timestamp: i64, strategy: &WindowingStrategy) {
        let combine = match strategy.timestamp_combiner {
            TimestampCombiner::EndOfWindow => return,
            TimestampCombiner::Earliest | TimestampCombiner::EarliestTransformed => i64::min,
            TimestampCombiner::Latest => i64::max,
        };
        self.hold = Some(self.hold.map_or(timestamp, |hold| combine(hold, timestamp)));
    }

    /// What a firing now is called.
    pub(super) fn info(&self, clocks: &Clocks, is_last: bool) -> PaneInfo {
        let timing = match (clocks.is_over(), self.firings_not_early) {
            (false, _) => PaneTiming::Early,
            (true, 0) => PaneTiming::OnTime,
            (true, _) => PaneTiming::Late,
        };
        let count = |firings: i64| u64::try_from(firings).unwrap_or(0);
        PaneInfo {
            timing,
            is_first: self.firings == 0,
            is_last,
            index: count(self.firings),
            nonspeculative_index: clocks.is_over().then_some(count(self.firings_not_early)),
        }
    }

    /// Counts a firing.
    pub(super) fn fired(&mut self, clocks: &Clocks) {
        self.firings += 1;
        self.firings_not_early += i64::from(clocks.is_over());
    }

    /// Has no contents from now on.
    pub(super) fn empty(&mut self) {
        self.filled = false;
        self.hold = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pane_comes_back_from_its_numbers_and_one_of_another_trigger_does_not() {
        let pane = Pane {
            finished: true,
            hold: Some(-5),
            firings: 3,
            ..Pane::new(TriggerState([7, 0].into_iter().collect()))
        };
        let numbers = pane.to_numbers();
        assert_eq!(Pane::from_numbers(&numbers, 2), Ok(pane));
        let error = Pane::from_numbers(&numbers, 3).unwrap_err().to_string();
        assert!(
            error.starts_with("expected a window's pane of 7 numbers, found 6: it was"),
            "{error}"
        );
        assert!(Pane::from_numbers(&[1], 0).is_err());
    }
}
