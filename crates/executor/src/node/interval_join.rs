//! An interval join at the head of a stage.
//!
//! As Flink's: each side's values wait, by timestamp, until no value of the other side can be close
//! enough any more. A timer at that time removes them. What is late by the watermark is dropped: its
//! partners may be gone.

use brookite_core::coder::{Arena, Coder, WithCoder};
use brookite_core::function::{
    CallHost as _, Collector, JoinContext, OpenContext, PlainContext, ProcessJoinFunction, Timer,
    TimerCommand,
};
use brookite_core::metrics::Counter;
use brookite_core::state::MapState;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::window::{Element, views};
use crate::node::{CoEntry, Emit, Forward, Link, Node, Place, Push, PushBytes, PushEither, closed};
use crate::opening::Opening;
use crate::position::Position;
use crate::runtime::{Halted, Runtime};

/// How far the second value's timestamp may be from the first's, both ends included; in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) lower: i64,
    pub(crate) upper: i64,
}

impl Bounds {
    /// When a value of the first side is of no use any more.
    fn first_ends(self, timestamp: i64) -> i64 {
        timestamp.saturating_add(self.upper.max(0))
    }

    /// The same for one of the second side.
    fn second_ends(self, timestamp: i64) -> i64 {
        timestamp.saturating_sub(self.lower.min(0))
    }

    /// The timestamp of the values of the first side that end at a time.
    fn first_ending(self, time: i64) -> i64 {
        time.saturating_sub(self.upper.max(0))
    }

    fn second_ending(self, time: i64) -> i64 {
        time.saturating_add(self.lower.min(0))
    }
}

/// The values of one side, by timestamp.
type Side<T> = MapState<i64, Vec<Element<T>>>;

pub(crate) struct IntervalJoinNode<F: ProcessJoinFunction, N> {
    function: F,
    bounds: Bounds,
    first: Side<F::In1>,
    second: Side<F::In2>,
    dropped: Option<Counter>,
    next: N,
}

/// An interval join, and what stands behind it; the stage's output if nothing does.
pub(crate) fn interval_join<F: ProcessJoinFunction>(
    place: Place<'_>,
    bounds: Bounds,
    next: Option<Link>,
) -> Option<Box<dyn PushBytes>> {
    struct Single<'m, F>(Place<'m>, Bounds, std::marker::PhantomData<F>);

    impl<F: ProcessJoinFunction> WithCoder<F::Out> for Single<'_, F> {
        type Output = Option<Box<dyn PushBytes>>;

        fn with<C: Coder<F::Out> + 'static>(self, coder: C) -> Self::Output {
            IntervalJoinNode::<F, _>::enter(self.0, self.1, Emit::new(coder))
        }
    }

    match next {
        Some(next) => {
            let next: Box<dyn Push<F::Out>> = next.into_push()?;
            IntervalJoinNode::<F, _>::enter(place, bounds, next)
        }
        None => {
            let single = Single::<'_, F>(place, bounds, std::marker::PhantomData);
            F::Out::with_coder(place.edges.output, single)?
        }
    }
}

impl<F: ProcessJoinFunction, N: Push<F::Out> + 'static> IntervalJoinNode<F, N> {
    fn enter(place: Place<'_>, bounds: Bounds, next: N) -> Option<Box<dyn PushBytes>> {
        let (first, second) = (MapState::default(), MapState::default());
        let node = Self { function: place.function(), bounds, first, second, dropped: None, next };
        let first = F::In1::coder(place.edges.input)?;
        let second = F::In2::coder(place.edges.second_input?)?;
        Some(Box::new(CoEntry::new(first, second, node)))
    }
}

impl<F: ProcessJoinFunction, N: Push<F::Out>> IntervalJoinNode<F, N> {
    /// The timestamp of the record at hand; `None` when it is late.
    fn on_time(&self, rt: &mut Runtime<'_>) -> Result<Option<i64>, Halted> {
        rt.enter(0);
        let timestamp = rt.timestamp.ok_or(Cause::NoTimestamp).map_err(|cause| rt.fail(cause))?;
        if timestamp < rt.effects.current_watermark() {
            self.dropped.iter().for_each(Counter::inc);
            return Ok(None);
        }
        Ok(Some(timestamp))
    }

    fn register(rt: &Runtime<'_>, time: i64) {
        let timer = Timer::event_time(time);
        rt.effects.write_timer(TimerCommand::Register, timer, rt.key, &[]);
    }

    /// Calls the function for a pair.
    fn join(
        &mut self,
        (first, first_timestamp): (&View<'_, F::In1>, i64),
        (second, second_timestamp): (&View<'_, F::In2>, i64),
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        let timestamp = first_timestamp.max(second_timestamp);
        rt.enter(0);
        let before = rt.timestamp.replace(timestamp);
        rt.result_timestamp = Some(timestamp);
        let plain = PlainContext::new(Some(timestamp), rt.effects);
        let context = JoinContext::new(plain, first_timestamp, second_timestamp);
        let mut forward = Forward { index: 0, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        let joined = self.function.process_element(first, second, &context, &mut out);
        rt.result_timestamp = None;
        rt.timestamp = before;
        match joined {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}

/// The values of a side whose timestamps are from `from` to `to`, in the order of these.
fn between<T: Data>(
    side: &Side<T>,
    from: i64,
    to: i64,
) -> brookite_core::Result<Vec<(i64, Vec<Element<T>>)>> {
    let mut found: Vec<_> = side.with_all(|all| {
        let near = all.filter(|(timestamp, _)| (from..=to).contains(*timestamp));
        near.map(|(timestamp, elements)| (*timestamp, elements.clone())).collect()
    })?;
    found.sort_unstable_by_key(|(timestamp, _)| *timestamp);
    Ok(found)
}

fn keep<T: Data>(side: &Side<T>, timestamp: i64, value: &View<'_, T>) -> Result<(), Cause> {
    let element = Element::new(value).map_err(Cause::Result)?;
    side.modify(timestamp, |elements| elements.get_or_insert_default().push(element))
        .map_err(Cause::User)
}

impl<F: ProcessJoinFunction, N: Push<F::Out>> PushEither<F::In1, F::In2>
    for IntervalJoinNode<F, N>
{
    fn push_first(&mut self, value: View<'_, F::In1>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        let Some(timestamp) = self.on_time(rt)? else { return Ok(()) };
        keep(&self.first, timestamp, &value).map_err(|cause| rt.fail(cause))?;
        let Bounds { lower, upper } = self.bounds;
        let (from, to) = (timestamp.saturating_add(lower), timestamp.saturating_add(upper));
        let near = between(&self.second, from, to);
        for (other, elements) in near.map_err(|error| rt.fail(Cause::User(error)))? {
            let arena = Arena::default();
            let views = views(&elements, &arena);
            for second in views.map_err(|error| rt.fail(Cause::Element(error)))? {
                self.join((&value, timestamp), (&second, other), rt)?;
            }
        }
        Self::register(rt, self.bounds.first_ends(timestamp));
        Ok(())
    }

    fn push_second(&mut self, value: View<'_, F::In2>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        let Some(timestamp) = self.on_time(rt)? else { return Ok(()) };
        keep(&self.second, timestamp, &value).map_err(|cause| rt.fail(cause))?;
        let Bounds { lower, upper } = self.bounds;
        let (from, to) = (timestamp.saturating_sub(upper), timestamp.saturating_sub(lower));
        let near = between(&self.first, from, to);
        for (other, elements) in near.map_err(|error| rt.fail(Cause::User(error)))? {
            let arena = Arena::default();
            let views = views(&elements, &arena);
            for first in views.map_err(|error| rt.fail(Cause::Element(error)))? {
                self.join((&first, other), (&value, timestamp), rt)?;
            }
        }
        Self::register(rt, self.bounds.second_ends(timestamp));
        Ok(())
    }
}

impl<F: ProcessJoinFunction, N: Push<F::Out>> Node for IntervalJoinNode<F, N> {
    fn open(&mut self, opening: &mut Opening<'_>, position: &Position) -> Result<(), Cause> {
        self.next.open(opening, position)?;
        position.enter(Some(0));
        opening.index = 0;
        let mut ctx = OpenContext::new(opening);
        let opened = (|| {
            // Flink's names.
            self.first = ctx.map_state("LEFT_BUFFER")?;
            self.second = ctx.map_state("RIGHT_BUFFER")?;
            self.dropped = Some(ctx.counter("numLateRecordsDropped")?);
            self.function.open(&mut ctx)
        })();
        opened.map_err(Cause::User)
    }

    fn close(&mut self, position: &Position) -> Option<(Option<usize>, Cause)> {
        position.enter(Some(0));
        let failed = closed(|| self.function.close());
        let behind = self.next.close(position);
        failed.map(|cause| (Some(0), cause)).or(behind)
    }

    fn on_timer(&mut self, timer: Timer, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(0);
        // Values of either side may end now; those of the other side that would have been there when
        // they did have ended just as well.
        let time = timer.timestamp;
        let removed = self.first.remove(&self.bounds.first_ending(time));
        let removed = removed.and_then(|()| self.second.remove(&self.bounds.second_ending(time)));
        removed.map_err(|error| rt.fail(Cause::User(error)))
    }
}
