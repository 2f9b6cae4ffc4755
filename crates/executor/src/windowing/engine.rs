//! Records into windows, windows into results.
//!
//! The rules are Flink's: a window is forgotten when the watermark reaches its end plus the allowed
//! lateness; a record all of whose windows are forgotten is late. Windows that merge do so before the
//! record that joins them is added, and are a new window then: its firings count from zero.

use brookite_core::windowing::{Assigned, PaneInfo, PaneTiming, Window, WindowingStrategy};

use crate::windowing::machine::{Clocks, Machine};
use crate::windowing::pane::Pane;

/// Which clock a timer goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Clock {
    EventTime,
    ProcessingTime,
}

/// The key at hand: its windows' state, its timers and the clocks. All calls are for this key.
pub(crate) trait Windows<A> {
    type Error;

    fn watermark(&self) -> i64;
    fn processing_time(&self) -> i64;

    /// The window's state, which the caller puts back or removes.
    fn take(&mut self, window: Window) -> Result<Option<Pane<A>>, Self::Error>;
    fn put(&mut self, window: Window, pane: Pane<A>) -> Result<(), Self::Error>;
    fn remove(&mut self, window: Window) -> Result<(), Self::Error>;

    /// The windows that there are, when windows merge.
    fn active(&mut self) -> Result<Vec<Window>, Self::Error>;
    fn set_active(&mut self, windows: Vec<Window>) -> Result<(), Self::Error>;

    fn register(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Self::Error>;
    fn delete(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Self::Error>;
}

/// What is done with the records of a window.
pub(crate) trait Gather<A, H: Windows<A>> {
    /// Adds the record at hand.
    fn add(&mut self, accumulator: Option<A>) -> Result<A, H::Error>;
    /// Makes one of two windows' accumulators.
    fn merge(&mut self, one: A, other: A) -> Result<A, H::Error>;
    /// Tells a result. `None` when the window is empty.
    fn fire(
        &mut self,
        host: &mut H,
        window: Window,
        pane: PaneInfo,
        timestamp: i64,
        accumulator: Option<&A>,
    ) -> Result<(), H::Error>;
}

#[derive(Debug)]
pub(crate) struct Engine {
    strategy: WindowingStrategy,
    machine: Machine,
    merges: bool,
}

impl Engine {
    pub(crate) fn new(strategy: WindowingStrategy) -> Self {
        let machine = Machine::new(&strategy.trigger);
        let merges = strategy.window_fn.merges();
        Self { strategy, machine, merges }
    }

    fn clocks<A, H: Windows<A>>(host: &H, window: Window) -> Clocks {
        let (watermark, processing_time) = (host.watermark(), host.processing_time());
        Clocks { window, watermark, processing_time }
    }

    fn is_forgotten(&self, window: Window, watermark: i64) -> bool {
        // The end of time never passes.
        let cleanup = self.strategy.cleanup_time(window);
        cleanup <= watermark && cleanup != i64::MAX
    }

    /// Adds a record to its windows. Whether it is late: no window takes it any more.
    pub(crate) fn element<A, H: Windows<A>>(
        &self,
        timestamp: i64,
        host: &mut H,
        gather: &mut impl Gather<A, H>,
    ) -> Result<bool, H::Error> {
        let mut assigned = Assigned::new();
        self.strategy.window_fn.assign(timestamp, &mut assigned);
        let mut late = true;
        for mut window in assigned {
            if self.merges {
                window = self.merge(window, host, gather)?;
            }
            if self.is_forgotten(window, host.watermark()) {
                continue;
            }
            late = false;
            self.add(window, timestamp, host, gather)?;
        }
        Ok(late)
    }

    fn add<A, H: Windows<A>>(
        &self,
        window: Window,
        timestamp: i64,
        host: &mut H,
        gather: &mut impl Gather<A, H>,
    ) -> Result<(), H::Error> {
        let clocks = Self::clocks(host, window);
        let mut pane = match host.take(window)? {
            Some(pane) => pane,
            None => {
                self.register(window, host)?;
                Pane::new(self.machine.start())
            }
        };
        if !pane.finished {
            pane.accumulator = Some(gather.add(pane.accumulator.take())?);
            if timestamp > clocks.watermark {
                pane.hold(timestamp, &self.strategy);
            }
            let due = self.machine.due(&pane.trigger);
            self.machine.on_element(&mut pane.trigger, &clocks);
            if let Some(time) = self.machine.due(&pane.trigger).filter(|time| due != Some(*time)) {
                host.register(Clock::ProcessingTime, window, time)?;
            }
            self.fire_if_due(&mut pane, &clocks, host, gather)?;
        }
        host.put(window, pane)
    }

    /// The timers of a new window: at its end, and when it is forgotten.
    fn register<A, H: Windows<A>>(&self, window: Window, host: &mut H) -> Result<(), H::Error> {
        let (end, cleanup) = (window.max_timestamp(), self.strategy.cleanup_time(window));
        if end > host.watermark() {
            host.register(Clock::EventTime, window, end)?;
        }
        if cleanup != end {
            host.register(Clock::EventTime, window, cleanup)?;
        }
        Ok(())
    }

    /// Works on a timer of a window.
    pub(crate) fn timer<A, H: Windows<A>>(
        &self,
        clock: Clock,
        window: Window,
        time: i64,
        host: &mut H,
        gather: &mut impl Gather<A, H>,
    ) -> Result<(), H::Error> {
        // A window that became part of another one has no state.
        let Some(mut pane) = host.take(window)? else { return Ok(()) };
        let clocks = Self::clocks(host, window);
        if !pane.finished {
            self.fire_if_due(&mut pane, &clocks, host, gather)?;
        }
        if clock == Clock::EventTime && time == self.strategy.cleanup_time(window) {
            return self.forget(window, &pane, host);
        }
        host.put(window, pane)
    }

    fn forget<A, H: Windows<A>>(
        &self,
        window: Window,
        pane: &Pane<A>,
        host: &mut H,
    ) -> Result<(), H::Error> {
        if let Some(due) = self.machine.due(&pane.trigger) {
            host.delete(Clock::ProcessingTime, window, due)?;
        }
        if self.merges {
            let mut active = host.active()?;
            active.retain(|other| *other != window);
            host.set_active(active)?;
        }
        host.remove(window)
    }

    fn fire_if_due<A, H: Windows<A>>(
        &self,
        pane: &mut Pane<A>,
        clocks: &Clocks,
        host: &mut H,
        gather: &mut impl Gather<A, H>,
    ) -> Result<(), H::Error> {
        if !self.machine.should_fire(&pane.trigger, clocks) {
            return Ok(());
        }
        pane.finished = self.machine.on_fire(&mut pane.trigger, clocks);
        let is_last =
            pane.finished || self.strategy.cleanup_time(clocks.window) <= clocks.watermark;
        let info = pane.info(clocks, is_last);
        let on_time = info.timing == PaneTiming::OnTime;
        if pane.accumulator.is_some() || (on_time && self.strategy.fire_empty_on_time) {
            let end = clocks.window.max_timestamp();
            let timestamp = pane.hold.unwrap_or(end);
            gather.fire(host, clocks.window, info, timestamp, pane.accumulator.as_ref())?;
        }
        pane.fired(clocks, &self.strategy);
        if pane.finished {
            // Nothing of it is told any more.
            pane.accumulator = None;
        }
        Ok(())
    }

    /// Makes one window of the new one and those it joins, and returns it.
    fn merge<A, H: Windows<A>>(
        &self,
        new: Window,
        host: &mut H,
        gather: &mut impl Gather<A, H>,
    ) -> Result<Window, H::Error> {
        let active = host.active()?;
        let joined = self.closure(new, &active);
        let result = joined.iter().fold(new, |result, window| result.cover(*window));
        if joined == [result] || (joined.is_empty() && self.is_forgotten(new, host.watermark())) {
            return Ok(result);
        }
        let mut kept: Vec<_> = active.into_iter().filter(|one| !joined.contains(one)).collect();
        kept.push(result);
        host.set_active(kept)?;
        let clocks = Self::clocks(host, result);
        let mut merged: Option<Pane<A>> = None;
        for window in joined {
            let Some(pane) = host.take(window)? else { continue };
            self.unregister(window, &pane, host)?;
            host.remove(window)?;
            merged = Some(match merged {
                None => pane,
                Some(one) => self.merge_panes(one, pane, gather)?,
            });
        }
        if let Some(mut pane) = merged {
            // Alone, it still is another window: its end has moved.
            self.machine.moved(&mut pane.trigger, &clocks);
            pane.firings = 0;
            pane.firings_not_early = 0;
            self.register(result, host)?;
            if let Some(time) = self.machine.due(&pane.trigger) {
                host.register(Clock::ProcessingTime, result, time)?;
            }
            host.put(result, pane)?;
        }
        Ok(result)
    }

    /// The active windows that become one with the new one: those it joins, those they join, ..
    fn closure(&self, new: Window, active: &[Window]) -> Vec<Window> {
        let mut joined: Vec<Window> = Vec::new();
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

    fn unregister<A, H: Windows<A>>(
        &self,
        window: Window,
        pane: &Pane<A>,
        host: &mut H,
    ) -> Result<(), H::Error> {
        host.delete(Clock::EventTime, window, window.max_timestamp())?;
        host.delete(Clock::EventTime, window, self.strategy.cleanup_time(window))?;
        match self.machine.due(&pane.trigger) {
            Some(due) => host.delete(Clock::ProcessingTime, window, due),
            None => Ok(()),
        }
    }

    fn merge_panes<A, H: Windows<A>>(
        &self,
        mut one: Pane<A>,
        other: Pane<A>,
        gather: &mut impl Gather<A, H>,
    ) -> Result<Pane<A>, H::Error> {
        self.machine.merge(&mut one.trigger, &other.trigger);
        one.finished &= other.finished;
        one.accumulator = match (one.accumulator, other.accumulator) {
            (Some(a), Some(b)) => Some(gather.merge(a, b)?),
            (a, b) => a.or(b),
        };
        if let Some(hold) = other.hold {
            one.hold(hold, &self.strategy);
        }
        Ok(one)
    }
}

#[cfg(test)]
mod tests;
