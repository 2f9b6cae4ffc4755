//! The node that gathers records in windows, and the key that its engine works on.

use brookite_core::function::{CallHost as _, OpenContext, TimeDomain, Timer, TimerCommand};
use brookite_core::metrics::Counter;
use brookite_core::state::ValueState;
use brookite_core::windowing::Window;
use brookite_core::{Error, View};
use smallvec::SmallVec;

use crate::effects::Taken;
use crate::failure::Cause;
use crate::node::window::gather::{Gather, GatherOne, GatherTwo};
use crate::node::window::head::Windowing;
use crate::node::window::namespace;
use crate::node::window::stored::StoredPane;
use crate::node::{Node, Push, PushEither, closed};
use crate::opening::Opening;
use crate::position::Position;
use crate::runtime::{Halted, Runtime};
use crate::windowing::{ActiveWindows, Clock, Engine, Firing, Pane, Windows};

/// Flink's name.
const DROPPED: &str = "numLateRecordsDropped";

pub(crate) struct WindowNode<G, N> {
    gather: G,
    kept: Kept,
    late: Option<Taken>,
    dropped: Option<Counter>,
    next: N,
}

/// What is known of windows beside their contents.
struct Kept {
    engine: Engine,
    panes: ValueState<StoredPane>,
    active: ValueState<Vec<Stored>>,
}

/// A window's start and end, and those of the window in whose namespace its state and timers are.
type Stored = (i64, i64, i64, i64);

impl<G: Gather, N: Push<G::Out>> WindowNode<G, N> {
    pub(crate) fn new(gather: G, windowing: &Windowing, next: N) -> Self {
        let engine = Engine::new(windowing.strategy.clone());
        let engine = if G::SEES_FIRST { engine } else { engine.keeping_panes() };
        let (panes, active) = (ValueState::default(), ValueState::default());
        let kept = Kept { engine, panes, active };
        Self { gather, kept, late: windowing.late, dropped: None, next }
    }

    #[inline]
    fn record(&mut self, value: G::Value<'_>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(0);
        let Self { gather, kept, late, dropped, next } = self;
        let timestamp = match rt.timestamp {
            Some(timestamp) => timestamp,
            None if kept.engine.needs_timestamps() => return Err(rt.fail(Cause::NoTimestamp)),
            None => 0,
        };
        let mut work = Work::new(gather, kept, next, rt);
        work.value = Some(value);
        if !kept.engine.element(timestamp, &mut work)? {
            return Ok(());
        }
        match (late, &work.value) {
            (Some(taken), Some(value)) => {
                let mut write = |encoding, out: &mut Vec<u8>| G::write_late(value, encoding, out);
                let written = work.rt.effects.write_side(*taken, &mut write);
                written.map_err(|error| work.rt.fail(Cause::Result(error)))
            }
            _ => {
                dropped.iter().for_each(Counter::inc);
                Ok(())
            }
        }
    }
}

impl<G: Gather, N: Push<G::Out>> Node for WindowNode<G, N> {
    fn open(&mut self, opening: &mut Opening<'_>, position: &Position) -> Result<(), Cause> {
        let engine = &self.kept.engine;
        opening.windows_merge = engine.strategy().window_fn.merges();
        self.next.open(opening, position)?;
        position.enter(Some(0));
        opening.index = 0;
        self.gather.open(opening)?;
        opening.index = 0;
        let mut ctx = OpenContext::new(opening);
        let opened = (|| {
            if engine.keeps_panes() {
                self.kept.panes = ctx.value_state("window-panes")?;
            }
            if engine.strategy().window_fn.merges() {
                self.kept.active = ctx.value_state("window-active")?;
            }
            self.dropped = Some(ctx.counter(DROPPED)?);
            ctx.union_list_state("windows-stored-until")
        })();
        opened.and_then(|list| opening.states.keep_stored_until(list)).map_err(Cause::User)
    }

    fn close(&mut self, position: &Position) -> Option<(Option<usize>, Cause)> {
        position.enter(Some(0));
        let failed = closed(|| self.gather.close());
        let behind = self.next.close(position);
        failed.map(|cause| (Some(0), cause)).or(behind)
    }

    fn on_timer(&mut self, timer: Timer, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(0);
        let Some(window) = namespace::window(rt.namespace) else {
            return Err(rt.fail(Cause::UnexpectedTimer(timer)));
        };
        let clock = match timer.domain {
            TimeDomain::EventTime => Clock::EventTime,
            TimeDomain::ProcessingTime => Clock::ProcessingTime,
        };
        let Self { gather, kept, next, .. } = self;
        let mut work = Work::new(gather, kept, next, rt);
        match work.named(window)? {
            Some(window) => kept.engine.timer(clock, window, timer.timestamp, &mut work),
            // The timer of a window that became part of another one.
            None => Ok(()),
        }
    }
}

impl<G: GatherOne, N: Push<G::Out>> Push<G::In> for WindowNode<G, N> {
    #[inline]
    fn push(&mut self, value: View<'_, G::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.record(G::value(value), rt)
    }
}

impl<G: GatherTwo, N: Push<G::Out>> PushEither<G::In1, G::In2> for WindowNode<G, N> {
    fn push_first(&mut self, value: View<'_, G::In1>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.record(G::first(value), rt)
    }

    fn push_second(&mut self, value: View<'_, G::In2>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        self.record(G::second(value), rt)
    }
}

/// What is known of the windows of a key that merge.
type Active = SmallVec<[(Window, Window); 2]>;

/// Whose state is at hand.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Nothing,
    /// What the key has apart from its windows.
    Key,
    /// The window in whose namespace a window is.
    Place(Window),
}

/// The key at hand, and the record.
struct Work<'w, 'v, 'r, G: Gather, N> {
    gather: &'w mut G,
    kept: &'w Kept,
    next: &'w mut N,
    rt: &'w mut Runtime<'r>,
    value: Option<G::Value<'v>>,
    at: At,
    /// The windows that there are, each with the one in whose namespace it is: a window that grows stays
    /// where it is. Only of windows that merge, and read when they are asked for.
    active: Option<Active>,
}

impl<'w, 'r, G: Gather, N> Work<'w, '_, 'r, G, N> {
    #[inline]
    fn new(gather: &'w mut G, kept: &'w Kept, next: &'w mut N, rt: &'w mut Runtime<'r>) -> Self {
        Self { gather, kept, next, rt, value: None, at: At::Nothing, active: None }
    }

    /// The window in whose namespace a window is.
    #[inline]
    fn place(&self, window: Window) -> Window {
        let Some(active) = &self.active else { return window };
        active.iter().find(|(named, _)| *named == window).map_or(window, |(_, place)| *place)
    }

    /// The window that is in a window's namespace.
    fn named(&mut self, place: Window) -> Result<Option<Window>, Halted> {
        if !self.kept.engine.strategy().window_fn.merges() {
            return Ok(Some(place));
        }
        self.load()?;
        let mut active = self.active.iter().flatten();
        Ok(active.find(|(_, other)| *other == place).map(|(window, _)| *window))
    }

    fn load(&mut self) -> Result<(), Halted> {
        if self.active.is_some() {
            return Ok(());
        }
        self.leave()?;
        let windows = |stored: Option<&Vec<Stored>>| {
            let stored = stored.into_iter().flatten();
            stored
                .map(|(start, end, from, to)| (Window::new(*start, *end), Window::new(*from, *to)))
                .collect()
        };
        let active = self.kept.active.with(windows);
        self.active = Some(self.state(active)?);
        Ok(())
    }

    #[inline]
    fn enter(&mut self, window: Window) -> Result<(), Halted> {
        let place = self.place(window);
        if self.at == At::Place(place) {
            return Ok(());
        }
        self.at = At::Place(place);
        self.rt.enter_namespace(&namespace::of(place)).map(|_| ())
    }

    fn leave(&mut self) -> Result<(), Halted> {
        if self.at == At::Key {
            return Ok(());
        }
        self.at = At::Key;
        self.rt.enter_namespace(&namespace::OF_KEY).map(|_| ())
    }

    #[inline]
    fn done<T>(&mut self, done: Result<T, Cause>) -> Result<T, Halted> {
        done.map_err(|cause| self.rt.fail(cause))
    }

    #[inline]
    fn state<T>(&mut self, done: brookite_core::Result<T>) -> Result<T, Halted> {
        done.map_err(|error| self.rt.fail(Cause::User(error)))
    }

    fn timer(&self, command: TimerCommand, clock: Clock, window: Window, time: i64) {
        let timer = match clock {
            Clock::EventTime => Timer::event_time(time),
            Clock::ProcessingTime => Timer::processing_time(time),
        };
        let namespace = namespace::of(self.place(window));
        self.rt.effects.write_timer(command, timer, self.rt.key, &namespace);
    }
}

impl<G: Gather, N: Push<G::Out>> Windows for Work<'_, '_, '_, G, N> {
    type Error = Halted;

    #[inline]
    fn watermark(&self) -> i64 {
        self.rt.effects.current_watermark()
    }

    fn processing_time(&mut self) -> Result<i64, Halted> {
        let time = self.rt.effects.current_processing_time();
        self.state(time)
    }

    fn pane(&mut self, window: Window) -> Result<Option<Pane>, Halted> {
        self.enter(window)?;
        let stored = self.kept.panes.value();
        match self.state(stored)? {
            None => Ok(None),
            Some(StoredPane::Known(pane)) => Ok(Some(pane)),
            Some(StoredPane::Numbers(numbers)) => {
                let pane = self.kept.engine.pane(&numbers).map_err(Error::from);
                self.state(pane.map(Some))
            }
        }
    }

    fn set_pane(&mut self, window: Window, pane: Option<Pane>) -> Result<(), Halted> {
        self.enter(window)?;
        let kept = match pane {
            Some(pane) => self.kept.panes.update(StoredPane::Known(pane)),
            None => self.kept.panes.clear(),
        };
        self.state(kept)
    }

    fn active(&mut self) -> Result<ActiveWindows, Halted> {
        self.load()?;
        Ok(self.active.iter().flatten().map(|(window, _)| *window).collect())
    }

    fn set_active(&mut self, windows: ActiveWindows) -> Result<(), Halted> {
        self.load()?;
        let before = self.active.take().unwrap_or_default();
        let mut active = Active::new();
        for window in windows {
            let known = before.iter().find(|(named, _)| *named == window);
            let place = known.map_or_else(|| free(window, &before), |(_, place)| *place);
            active.push((window, place));
        }
        let stored = active
            .iter()
            .map(|(window, place)| (window.start(), window.end(), place.start(), place.end()));
        self.leave()?;
        let kept = self.kept.active.modify(|kept| match kept {
            _ if active.is_empty() => *kept = None,
            Some(kept) => {
                kept.clear();
                kept.extend(stored);
            }
            None => *kept = Some(stored.collect()),
        });
        self.active = Some(active);
        self.state(kept)
    }

    fn register(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Halted> {
        self.timer(TimerCommand::Register, clock, window, time);
        Ok(())
    }

    fn delete(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Halted> {
        self.timer(TimerCommand::Delete, clock, window, time);
        Ok(())
    }

    #[inline]
    fn add(&mut self, window: Window, again: bool) -> Result<bool, Halted> {
        self.enter(window)?;
        let added = if again {
            self.value.as_ref().map_or(Ok(false), |value| self.gather.add_copy(value))
        } else {
            self.value.take().map_or(Ok(false), |value| self.gather.add(value))
        };
        self.done(added)
    }

    /// Told to the state with the next [`set_active`](Windows::set_active).
    fn rename(&mut self, from: Window, into: Window) -> Result<(), Halted> {
        self.load()?;
        let mut active = self.active.iter_mut().flatten();
        if let Some((window, _)) = active.find(|(window, _)| *window == from) {
            *window = into;
        }
        Ok(())
    }

    fn merge(&mut self, from: Window, into: Window) -> Result<(), Halted> {
        self.enter(from)?;
        let held = self.gather.take();
        let held = self.done(held)?;
        self.at = At::Nothing;
        self.rt.leave_namespace()?;
        if let Some(held) = held {
            self.enter(into)?;
            let put = self.gather.put(held);
            self.done(put)?;
        }
        Ok(())
    }

    fn clear(&mut self, window: Window) -> Result<(), Halted> {
        self.enter(window)?;
        let cleared = self.gather.clear();
        self.done(cleared)
    }

    fn forget(&mut self, window: Window) -> Result<(), Halted> {
        self.clear(window)?;
        let forgotten = self.gather.forget();
        self.done(forgotten)?;
        self.next.forget_window(self.rt)?;
        self.at = At::Nothing;
        self.rt.leave_namespace()
    }

    fn fire(&mut self, firing: Firing, empty: bool) -> Result<(), Halted> {
        self.enter(firing.window)?;
        let timestamp = self.rt.timestamp.replace(firing.timestamp);
        // A window that fires at its end does so at the time of the call.
        self.rt.result_timestamp =
            if timestamp == self.rt.timestamp { None } else { self.rt.timestamp };
        self.rt.firing = Some(firing);
        self.gather.fire(firing, empty, self.next, self.rt)?;
        self.rt.firing = None;
        self.rt.result_timestamp = None;
        self.rt.timestamp = timestamp;
        self.rt.enter(0);
        Ok(())
    }
}

/// The namespace of a new window: its own, unless one that is there began as the same.
fn free(window: Window, active: &[(Window, Window)]) -> Window {
    let mut place = window;
    while active.iter().any(|(_, taken)| *taken == place) {
        place = Window::new(place.start(), place.end().saturating_add(1));
    }
    place
}
