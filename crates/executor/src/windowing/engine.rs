//! Records into windows, windows into results.
//!
//! The rules are Flink's: a window is forgotten when the watermark reaches its end plus the allowed
//! lateness; a record all of whose windows are forgotten is late. Windows that merge do so before the
//! record that joins them is added, and are a new window then: its firings count from zero.
//!
//! Most windows fire once, at their end, and are forgotten then. Of these nothing needs to be known but
//! their contents: no pane is kept, and a record is one look at its window.
//!
//! A window that grows keeps the timers that it has. A timer says no more than that it is time to look
//! at the window; if that is not over yet, it gets another timer then, and not with each record.

use brookite_core::windowing::{
    AccumulationMode, Assigned, PaneInfo, PaneTiming, TimestampCombiner, Trigger, Window,
    WindowingStrategy,
};

use smallvec::SmallVec;

use crate::windowing::machine::{Clocks, Machine};
use crate::windowing::pane::{MalformedPane, Pane};

/// Which clock a timer goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Clock {
    /// The watermark.
    EventTime,
    /// The clock on the wall.
    ProcessingTime,
}

/// A window tells its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Firing {
    /// The window.
    pub window: Window,
    /// Which of its firings this is.
    pub pane: PaneInfo,
    /// The result's timestamp, in milliseconds since the epoch.
    pub timestamp: i64,
}

/// The windows of a key that merge as records arrive. There seldom are more than two.
pub type ActiveWindows = SmallVec<[Window; 4]>;

/// The key at hand: its windows, its timers and the clocks. All calls of an [`Engine`] are for this key,
/// and for the record that the caller is working on.
pub trait Windows {
    /// Why state, a timer or a function failed.
    type Error;

    /// How far event time is: no record with this timestamp or an earlier one is to come, in
    /// milliseconds since the epoch; `i64::MIN` when nothing is known.
    fn watermark(&self) -> i64;

    /// The clock on the wall, in milliseconds since the epoch. Not asked unless windows or their
    /// trigger need it.
    ///
    /// # Errors
    /// When there is no clock.
    fn processing_time(&mut self) -> Result<i64, Self::Error>;

    /// What was [kept](Self::set_pane) of a window; the engine keeps it again if it is to stay.
    ///
    /// # Errors
    /// When it cannot be read.
    fn pane(&mut self, window: Window) -> Result<Option<Pane>, Self::Error>;

    /// Keeps what is known of a window; nothing when there is no pane.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn set_pane(&mut self, window: Window, pane: Option<Pane>) -> Result<(), Self::Error>;

    /// The windows that there are. Asked only when windows merge.
    ///
    /// # Errors
    /// When they cannot be read.
    fn active(&mut self) -> Result<ActiveWindows, Self::Error>;

    /// Keeps the windows that there are.
    ///
    /// # Errors
    /// When they cannot be stored.
    fn set_active(&mut self, windows: ActiveWindows) -> Result<(), Self::Error>;

    /// Registers a timer, at which [`Engine::timer`] is to be called. A timer that there is already is
    /// not a second one.
    ///
    /// # Errors
    /// When it cannot be registered.
    fn register(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Self::Error>;

    /// Deletes a timer, if there is one.
    ///
    /// # Errors
    /// When it cannot be deleted.
    fn delete(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Self::Error>;

    /// Adds the record at hand to a window's contents. Returns whether the window had none before.
    /// `again` says that the same record will be added to another window.
    ///
    /// # Errors
    /// When the function fails, and when the contents cannot be stored.
    fn add(&mut self, window: Window, again: bool) -> Result<bool, Self::Error>;

    /// A window goes on under another name: its contents, its pane and its timers are those of `into`
    /// from now on, of which there was none. Called when windows merge.
    ///
    /// # Errors
    /// When they cannot be stored.
    fn rename(&mut self, from: Window, into: Window) -> Result<(), Self::Error>;

    /// Moves the contents of one window to another, which may have some of its own.
    ///
    /// # Errors
    /// When the function fails, and when the contents cannot be stored.
    fn merge(&mut self, from: Window, into: Window) -> Result<(), Self::Error>;

    /// Forgets a window's contents.
    ///
    /// # Errors
    /// When they cannot be removed.
    fn clear(&mut self, window: Window) -> Result<(), Self::Error>;

    /// The window is over and done with: its contents are forgotten, and what else there is of it.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn forget(&mut self, window: Window) -> Result<(), Self::Error> {
        self.clear(window)
    }

    /// Tells the result of a window's contents. There may be none, and then nothing is told unless
    /// `empty`.
    ///
    /// # Errors
    /// When the function fails, and when the contents cannot be read.
    fn fire(&mut self, firing: Firing, empty: bool) -> Result<(), Self::Error>;
}

/// Decides what happens to the records and timers of a stream with windows.
#[derive(Debug)]
pub struct Engine {
    strategy: WindowingStrategy,
    machine: Machine,
    merges: bool,
    /// Whether a window fires at its end and never else.
    fires_once: bool,
    clock: Clock,
}

impl Engine {
    /// An engine for windows of that strategy, which must have been [checked](WindowingStrategy::check).
    pub fn new(strategy: WindowingStrategy) -> Self {
        let machine = Machine::new(&strategy.trigger);
        let merges = strategy.window_fn.merges();
        let fires_once = matches!(strategy.trigger, Trigger::AfterWatermark { early: None, .. })
            && (strategy.allowed_lateness == 0 || strategy.processing_time)
            && strategy.timestamp_combiner == TimestampCombiner::EndOfWindow;
        let clock = if strategy.processing_time { Clock::ProcessingTime } else { Clock::EventTime };
        Self { strategy, machine, merges, fires_once, clock }
    }

    /// The same for a host that does not see whether a record is the first of its window.
    #[must_use]
    pub fn keeping_panes(self) -> Self {
        Self { fires_once: false, ..self }
    }

    /// Whether records must have timestamps.
    pub fn needs_timestamps(&self) -> bool {
        !self.strategy.processing_time && self.strategy.window_fn.needs_timestamps()
    }

    /// The strategy.
    pub fn strategy(&self) -> &WindowingStrategy {
        &self.strategy
    }

    /// Whether panes are kept at all: [`Windows::pane`] is not called otherwise.
    pub fn keeps_panes(&self) -> bool {
        !self.fires_once
    }

    /// The pane that was stored as these numbers.
    ///
    /// # Errors
    /// When it was one of another trigger.
    pub fn pane(&self, numbers: &[i64]) -> Result<Pane, MalformedPane> {
        Pane::from_numbers(numbers, self.machine.count())
    }

    fn clocks<H: Windows>(&self, window: Window, host: &mut H) -> Result<Clocks, H::Error> {
        let processing_time = if self.strategy.processing_time || self.machine.reads_clock() {
            host.processing_time()?
        } else {
            0
        };
        let watermark =
            if self.strategy.processing_time { processing_time } else { host.watermark() };
        Ok(Clocks { window, watermark, processing_time })
    }

    fn is_forgotten<H: Windows>(&self, window: Window, host: &H) -> bool {
        let cleanup = self.strategy.cleanup_time(window);
        // The end of time never passes, and no record comes late by the clock on the wall.
        self.clock == Clock::EventTime && cleanup <= host.watermark() && cleanup != i64::MAX
    }

    /// Adds the record at hand, which has that timestamp, to its windows. Returns whether it is late: it
    /// is in no window that is not forgotten.
    ///
    /// # Errors
    /// Those of `host`.
    pub fn element<H: Windows>(&self, timestamp: i64, host: &mut H) -> Result<bool, H::Error> {
        let timestamp =
            if self.strategy.processing_time { host.processing_time()? } else { timestamp };
        let mut assigned = Assigned::new();
        self.strategy.window_fn.assign(timestamp, &mut assigned);
        let mut skipped = true;
        let last = assigned.len();
        for (mut window, number) in assigned.into_iter().zip(1..) {
            let again = number < last;
            if self.merges {
                window = self.merge(window, host)?;
            }
            if self.is_forgotten(window, host) {
                continue;
            }
            skipped = false;
            if self.fires_once {
                if host.add(window, again)? {
                    host.register(self.clock, window, window.max_timestamp())?;
                }
            } else {
                self.add(window, timestamp, again, host)?;
            }
        }
        // A record that is in no window at all is not late unless it is by itself.
        Ok(skipped
            && self.clock == Clock::EventTime
            && timestamp.saturating_add(self.strategy.allowed_lateness) <= host.watermark())
    }

    fn add<H: Windows>(
        &self,
        window: Window,
        timestamp: i64,
        again: bool,
        host: &mut H,
    ) -> Result<(), H::Error> {
        let clocks = self.clocks(window, host)?;
        let mut pane = match host.pane(window)? {
            Some(pane) => pane,
            None => {
                self.register(&clocks, host)?;
                Pane::new(self.machine.start())
            }
        };
        if !pane.finished {
            host.add(window, again)?;
            pane.filled = true;
            pane.hold(window, timestamp, clocks.watermark, &self.strategy);
            let due = self.machine.due(&pane.trigger);
            self.machine.on_element(&mut pane.trigger, &clocks);
            if let Some(time) = self.machine.due(&pane.trigger).filter(|time| due != Some(*time)) {
                host.register(Clock::ProcessingTime, window, time)?;
            }
            self.fire_if_due(&mut pane, &clocks, host)?;
        }
        host.set_pane(window, Some(pane))
    }

    /// The timers of a new window: at its end, and when it is forgotten.
    fn register<H: Windows>(&self, clocks: &Clocks, host: &mut H) -> Result<(), H::Error> {
        let window = clocks.window;
        let (end, cleanup) = (window.max_timestamp(), self.strategy.cleanup_time(window));
        // The end of time is of interest only to a trigger that waits for it.
        if self.machine.reads_watermark() && !clocks.is_over() {
            host.register(self.clock, window, end)?;
        }
        if cleanup != i64::MAX {
            host.register(self.clock, window, cleanup)?;
        }
        Ok(())
    }

    /// Works on a timer of a window.
    ///
    /// # Errors
    /// Those of `host`.
    pub fn timer<H: Windows>(
        &self,
        clock: Clock,
        window: Window,
        time: i64,
        host: &mut H,
    ) -> Result<(), H::Error> {
        if self.fires_once {
            if self.merges
                && self.clocks(window, host)?.watermark.max(time) < window.max_timestamp()
            {
                return host.register(self.clock, window, window.max_timestamp());
            }
            let pane = PaneInfo {
                timing: PaneTiming::OnTime,
                is_first: true,
                is_last: true,
                index: 0,
                nonspeculative_index: Some(0),
            };
            host.fire(Firing { window, pane, timestamp: window.max_timestamp() }, false)?;
            host.forget(window)?;
            return self.deactivate(window, host);
        }
        // A window that became part of another one has no pane.
        let Some(mut pane) = host.pane(window)? else { return Ok(()) };
        let mut clocks = self.clocks(window, host)?;
        // What is due has come, whatever a clock says that somebody set back.
        if self.clock == clock {
            clocks.watermark = clocks.watermark.max(time);
        }
        if clock == Clock::ProcessingTime {
            clocks.processing_time = clocks.processing_time.max(time);
        }
        if !pane.finished {
            self.fire_if_due(&mut pane, &clocks, host)?;
        }
        if clocks.watermark >= self.strategy.cleanup_time(window) {
            return self.forget(window, &pane, host);
        }
        if self.merges {
            self.register(&clocks, host)?;
        }
        host.set_pane(window, Some(pane))
    }

    fn forget<H: Windows>(
        &self,
        window: Window,
        pane: &Pane,
        host: &mut H,
    ) -> Result<(), H::Error> {
        if let Some(due) = self.machine.due(&pane.trigger) {
            host.delete(Clock::ProcessingTime, window, due)?;
        }
        host.set_pane(window, None)?;
        host.forget(window)?;
        self.deactivate(window, host)
    }

    fn deactivate<H: Windows>(&self, window: Window, host: &mut H) -> Result<(), H::Error> {
        if !self.merges {
            return Ok(());
        }
        let mut active = host.active()?;
        active.retain(|other| *other != window);
        host.set_active(active)
    }

    fn fire_if_due<H: Windows>(
        &self,
        pane: &mut Pane,
        clocks: &Clocks,
        host: &mut H,
    ) -> Result<(), H::Error> {
        if !self.machine.should_fire(&pane.trigger, clocks) {
            return Ok(());
        }
        let window = clocks.window;
        pane.finished = self.machine.on_fire(&mut pane.trigger, clocks);
        let is_last = pane.finished || self.strategy.cleanup_time(window) <= clocks.watermark;
        let info = pane.info(clocks, is_last);
        let empty = info.timing == PaneTiming::OnTime && self.strategy.fire_empty_on_time;
        if pane.filled || empty {
            let timestamp = pane.hold.unwrap_or(window.max_timestamp());
            host.fire(Firing { window, pane: info, timestamp }, empty)?;
        }
        pane.fired(clocks);
        // Of a window that is finished nothing is told any more.
        if pane.finished || self.strategy.accumulation_mode == AccumulationMode::Discarding {
            host.clear(window)?;
            pane.empty();
        }
        Ok(())
    }

    /// Makes one window of the new one and those it joins, and returns it.
    fn merge<H: Windows>(&self, new: Window, host: &mut H) -> Result<Window, H::Error> {
        let active = host.active()?;
        let mut joined = self.closure(new, &active);
        let result = joined.iter().fold(new, |result, window| result.cover(*window));
        if joined.as_slice() == [result] || (joined.is_empty() && self.is_forgotten(new, host)) {
            return Ok(result);
        }
        // One that has all of the others in it stays what it is.
        joined.sort_by_key(|window| *window != result);
        let mut kept: ActiveWindows =
            active.into_iter().filter(|one| !joined.contains(one)).collect();
        kept.push(result);
        let Some((first, others)) = joined.split_first() else {
            host.set_active(kept)?;
            return Ok(result);
        };
        if *first != result {
            host.rename(*first, result)?;
        }
        let pane = if self.fires_once { None } else { host.pane(result)? };
        let due = pane.as_ref().and_then(|pane| self.machine.due(&pane.trigger));
        let mut merged = pane;
        for window in others {
            if !self.fires_once
                && let Some(pane) = host.pane(*window)?
            {
                host.set_pane(*window, None)?;
                merged = Some(match merged {
                    None => pane,
                    Some(one) => self.merge_panes(one, pane),
                });
            }
            host.merge(*window, result)?;
        }
        host.set_active(kept)?;
        if let Some(mut pane) = merged {
            // Alone, it still is another window: its end has moved.
            let clocks = self.clocks(result, host)?;
            self.machine.moved(&mut pane.trigger, &clocks);
            pane.firings = 0;
            pane.firings_not_early = 0;
            if first.max_timestamp() <= clocks.watermark {
                // The timer at its old end is used up.
                self.register(&clocks, host)?;
            }
            if let Some(time) = self.machine.due(&pane.trigger).filter(|time| due != Some(*time)) {
                host.register(Clock::ProcessingTime, result, time)?;
            }
            host.set_pane(result, Some(pane))?;
        }
        Ok(result)
    }

    /// The active windows that become one with the new one: those it joins, those they join, ..
    fn closure(&self, new: Window, active: &[Window]) -> ActiveWindows {
        let mut joined = ActiveWindows::new();
        let mut cover = new;
        loop {
            let before = joined.len();
            for window in active {
                if !joined.contains(window) && self.strategy.window_fn.joins(*window, cover) {
                    joined.push(*window);
                    cover = cover.cover(*window);
                }
            }
            if joined.len() == before {
                return joined;
            }
        }
    }

    fn merge_panes(&self, mut one: Pane, other: Pane) -> Pane {
        self.machine.merge(&mut one.trigger, &other.trigger);
        one.finished &= other.finished;
        one.filled |= other.filled;
        if let Some(hold) = other.hold {
            one.combine(hold, &self.strategy);
        }
        one
    }
}

#[cfg(test)]
mod tests;
