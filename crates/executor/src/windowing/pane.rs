//! What is kept of a window, and what of it is told when it fires.

use brookite_core::windowing::{
    AccumulationMode, PaneInfo, PaneTiming, TimestampCombiner, WindowingStrategy,
};

use crate::windowing::machine::{Clocks, TriggerState};

/// The state of one key's window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pane<A> {
    pub(crate) trigger: TriggerState,
    /// The trigger fired for the last time: what comes is dropped until the window is forgotten.
    pub(crate) finished: bool,
    /// What the records came to, since the window began or, when discarding, since it fired.
    pub(crate) accumulator: Option<A>,
    /// The timestamp that a result would have, if a record that was not late says so.
    pub(crate) hold: Option<i64>,
    /// How often the window fired, and how often of these not early.
    pub(crate) firings: u64,
    pub(crate) firings_not_early: u64,
}

impl<A> Pane<A> {
    pub(crate) fn new(trigger: TriggerState) -> Self {
        Self {
            trigger,
            finished: false,
            accumulator: None,
            hold: None,
            firings: 0,
            firings_not_early: 0,
        }
    }

    /// Takes the timestamp of a record into account.
    pub(crate) fn hold(&mut self, timestamp: i64, strategy: &WindowingStrategy) {
        let combine = match strategy.timestamp_combiner {
            TimestampCombiner::EndOfWindow => return,
            TimestampCombiner::Earliest => i64::min,
            TimestampCombiner::Latest => i64::max,
        };
        self.hold = Some(self.hold.map_or(timestamp, |hold| combine(hold, timestamp)));
    }

    /// What a firing now is called.
    pub(crate) fn info(&self, clocks: &Clocks, is_last: bool) -> PaneInfo {
        let timing = match (clocks.is_over(), self.firings_not_early) {
            (false, _) => PaneTiming::Early,
            (true, 0) => PaneTiming::OnTime,
            (true, _) => PaneTiming::Late,
        };
        PaneInfo {
            timing,
            is_first: self.firings == 0,
            is_last,
            index: self.firings,
            nonspeculative_index: clocks.is_over().then_some(self.firings_not_early),
        }
    }

    /// Counts a firing, and forgets what it told if the strategy says so.
    pub(crate) fn fired(&mut self, clocks: &Clocks, strategy: &WindowingStrategy) {
        self.firings += 1;
        self.firings_not_early += u64::from(clocks.is_over());
        if strategy.accumulation_mode == AccumulationMode::Discarding {
            self.accumulator = None;
            self.hold = None;
        }
    }
}
