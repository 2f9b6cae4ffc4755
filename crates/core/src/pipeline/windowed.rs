//! [`WindowedStream`]: keyed records, gathered in windows.

use std::fmt;

use crate::function::{
    AggregateFunction, Collector, OutputTag, ProcessWindowFunction, ReduceFunction, WindowContext,
};
use crate::pipeline::closure::Closure;
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::window_closure::{Apply, of_result};
use crate::pipeline::window_count::Count;
use crate::pipeline::windows::WindowsDraft;
use crate::pipeline::{Executable, KeyedStream, Make, Reads, Returns, Stream};
use crate::types::{Data, Key, Owned, View};
use crate::windowing::{Millis, TimestampCombiner, Trigger, Windows};

/// The records of each key, gathered in windows; made by [`KeyedStream::window`].
///
/// What a window does is said first, such as [`trigger`](Self::trigger), and then what becomes of its
/// records, such as [`aggregate`](Self::aggregate).
pub struct WindowedStream<K, T, E = ()> {
    stream: KeyedStream<K, T, E>,
    windows: WindowsDraft,
}

impl<K: Key, T: Data, E: Executable> WindowedStream<K, T, E> {
    pub(crate) fn new(stream: KeyedStream<K, T, E>, windows: impl Windows) -> Self {
        Self { stream, windows: WindowsDraft::new(&windows) }
    }

    pub(crate) fn counted(stream: KeyedStream<K, T, E>, windows: WindowsDraft) -> Self {
        Self { stream, windows }
    }

    /// Tells a window's result when `trigger` says, in place of when the windows would by themselves.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::windowing::{Trigger, Tumbling};
    /// let early = Trigger::after_watermark().early(Trigger::after_count(100).repeatedly());
    /// let keyed = p.sequence(1, 1_000).key_by(|number| number % 10);
    /// keyed.window(Tumbling::of(60_000)).trigger(early).reduce(|one, other| one + other).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn trigger(mut self, trigger: Trigger) -> Self {
        self.windows.trigger = Some(trigger);
        self
    }

    /// Keeps a window so long after its end, a `Duration` or milliseconds, for records that come late.
    #[must_use]
    pub fn allowed_lateness(mut self, lateness: impl Millis) -> Self {
        self.windows.allowed_lateness = lateness.millis();
        self
    }

    /// Tells with each firing only what came since the last one: Flink's purging triggers. Otherwise
    /// each firing has all records of the window so far.
    #[must_use]
    pub fn discarding(mut self) -> Self {
        self.windows.discarding = true;
        self
    }

    /// Gives results that timestamp, in place of the last one of the window.
    #[must_use]
    pub fn timestamp_combiner(mut self, combiner: TimestampCombiner) -> Self {
        self.windows.timestamp_combiner = combiner;
        self
    }

    /// Has a window whose end the watermark passes fire even if nothing came since it fired last.
    #[must_use]
    pub fn fire_empty_on_time(mut self) -> Self {
        self.windows.fire_empty_on_time = true;
        self
    }

    /// Goes by the machine's clock, and not by the records' timestamps.
    #[must_use]
    pub fn processing_time(mut self) -> Self {
        self.windows.processing_time = true;
        self
    }

    /// Sends records that come too late into a side output of the node that follows, from which
    /// [`Stream::side_output`] takes them. Otherwise they are dropped, and counted.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::{function::OutputTag, windowing::Tumbling};
    /// const LATE: OutputTag<i64> = OutputTag::new("late");
    ///
    /// let keyed = p.sequence(1, 1_000).key_by(|number| number % 10);
    /// let windows = keyed.window(Tumbling::of(60_000)).allowed_lateness(5_000).late_output(&LATE);
    /// let sums = windows.reduce(|one, other| one + other);
    /// sums.print();
    /// sums.side_output(&LATE).print_with("late");
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn late_output<L: Reads<T>>(mut self, tag: &OutputTag<L>) -> Self {
        self.windows.late_output = tag.name().to_owned();
        self
    }

    /// Counts the records of each window; see [`count_apply`](Self::count_apply) for counts with their keys.
    pub fn count(&self) -> Stream<i64, E> {
        self.aggregate(Count::<T>::new)
    }

    /// Counts the records of each window, and hands the count to a closure that sees the key and the
    /// window.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::{function::Collector, windowing::Tumbling};
    /// let keyed = p.sequence(1, 1_000).key_by(|number| number % 10);
    /// keyed
    ///     .window(Tumbling::of(60_000))
    ///     .count_apply(|count, ctx, out: &mut Collector<'_, (i64, i64, i64)>| {
    ///         out.collect((*ctx.key(), ctx.window().end(), *count));
    ///     })
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn count_apply<O, R, C>(&self, closure: C) -> Stream<O, E>
    where
        O: Data,
        R: Returns<Value = ()> + 'static,
        C: Fn(&i64, &WindowContext<'_, K>, &mut Collector<'_, O>) -> R
            + Clone
            + Send
            + Sync
            + 'static,
    {
        self.aggregate_with_process(Count::<T>::new, move || {
            Apply::<K, i64, O, _, _>::new(of_result::<K, i64, O, R>(closure.clone()))
        })
    }

    /// Aggregates the records of each window; of a window only the accumulator is kept.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, function::AggregateFunction, windowing::Tumbling};
    /// # use brookite_core::pipeline::{Pipeline, WatermarkStrategy};
    /// #[derive(Default)]
    /// struct Count;
    ///
    /// impl AggregateFunction for Count {
    ///     type In = (&'static str, i64);
    ///     type Acc = i64;
    ///     type Out = i64;
    ///
    ///     fn create_accumulator(&self) -> i64 {
    ///         0
    ///     }
    ///
    ///     fn add(&self, _: (&str, i64), count: &mut i64) -> Result<()> {
    ///         *count += 1;
    ///         Ok(())
    ///     }
    ///
    ///     fn merge(&self, count: &mut i64, other: i64) -> Result<()> {
    ///         *count += other;
    ///         Ok(())
    ///     }
    ///
    ///     fn get_result<'a>(&'a self, count: &'a i64) -> Result<i64> {
    ///         Ok(*count)
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values([("to", 0), ("be", 3_000)])
    ///     .assign_timestamps(|(_, time)| *time, WatermarkStrategy::monotonous())
    ///     .key_by_field::<&str>("f0")
    ///     .window(Tumbling::of(10_000))
    ///     .aggregate(Count::default)
    ///     .name("count per word")
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn aggregate<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: AggregateFunction,
        F::In: Reads<T>,
    {
        self.windows(Runnable::aggregate::<F>(Make::new(make)))
    }

    /// Reduces the records of each window; of a window only what they come to is kept.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::windowing::Session;
    /// let keyed = p.sequence(1, 1_000).key_by(|number| number % 10);
    /// keyed.window(Session::with_gap(30_000)).reduce(|one, other| one.max(other)).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn reduce<R, C>(&self, closure: C) -> Stream<T, E>
    where
        T: Owned,
        R: Returns<Value = T> + 'static,
        C: Fn(T, T) -> R + Clone + Send + Sync + 'static,
    {
        self.reduce_with(move || Closure::<T, R, C>::new(closure.clone()))
    }

    /// Reduces the records of each window by a function with a type.
    pub fn reduce_with<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::T, E>
    where
        F: ReduceFunction,
        F::T: Reads<T>,
    {
        self.windows(Runnable::reduce::<F>(Make::new(make)))
    }

    /// Works on all records of each window at once, which are kept one by one until then.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::{Result, windowing::Tumbling};
    /// # use brookite_core::function::{Collector, ProcessWindowFunction, WindowContext};
    /// /// The median of each window, with its key and its end.
    /// #[derive(Default)]
    /// struct Median;
    ///
    /// impl ProcessWindowFunction for Median {
    ///     type Key = i64;
    ///     type In = i64;
    ///     type Out = (i64, i64, i64);
    ///
    ///     fn process(
    ///         &mut self,
    ///         elements: &[i64],
    ///         ctx: &WindowContext<'_, i64>,
    ///         out: &mut Collector<'_, Self::Out>,
    ///     ) -> Result<()> {
    ///         let mut sorted = elements.to_vec();
    ///         sorted.sort_unstable();
    ///         out.collect((*ctx.key(), ctx.window().end(), sorted[sorted.len() / 2]));
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let keyed = p.sequence(1, 1_000).key_by(|number| number % 10);
    /// keyed.window(Tumbling::of(60_000)).process(Median::default).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: ProcessWindowFunction,
        F::Key: Reads<K>,
        F::In: Reads<T>,
    {
        self.windows(Runnable::process_window::<F>(Make::new(make)))
    }

    /// Works on all records of each window at once, by a closure: they are kept one by one until then.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::{function::Collector, windowing::Tumbling};
    /// let keyed = p.sequence(1, 1_000).key_by(|number| number % 10);
    /// keyed
    ///     .window(Tumbling::of(60_000))
    ///     .apply(|numbers, ctx, out: &mut Collector<'_, (i64, i64)>| {
    ///         out.collect((*ctx.key(), numbers.iter().copied().max().unwrap_or_default()));
    ///     })
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn apply<O, R, C>(&self, closure: C) -> Stream<O, E>
    where
        O: Data,
        R: Returns<Value = ()> + 'static,
        C: Fn(&[View<'_, T>], &WindowContext<'_, K>, &mut Collector<'_, O>) -> R
            + Clone
            + Send
            + Sync
            + 'static,
    {
        self.process(move || Apply::<K, T, O, R, C>::new(closure.clone()))
    }

    /// Aggregates the records of each window, and hands the result to a closure that sees the key and the
    /// window; as [`count_apply`](Self::count_apply) does.
    pub fn aggregate_apply<A, O, R, C>(
        &self,
        aggregate: impl Fn() -> A + Send + Sync + 'static,
        closure: C,
    ) -> Stream<O, E>
    where
        A: AggregateFunction,
        A::In: Reads<T>,
        O: Data,
        R: Returns<Value = ()> + 'static,
        C: Fn(&View<'_, A::Out>, &WindowContext<'_, K>, &mut Collector<'_, O>) -> R
            + Clone
            + Send
            + Sync
            + 'static,
    {
        self.aggregate_with_process(aggregate, move || {
            Apply::<K, A::Out, O, _, _>::new(of_result::<K, A::Out, O, R>(closure.clone()))
        })
    }

    /// Aggregates the records of each window, and hands the result to a function that sees the key and
    /// the window; as [`reduce_with_process`](Self::reduce_with_process) does.
    pub fn aggregate_with_process<A, F>(
        &self,
        aggregate: impl Fn() -> A + Send + Sync + 'static,
        process: impl Fn() -> F + Send + Sync + 'static,
    ) -> Stream<F::Out, E>
    where
        A: AggregateFunction,
        A::In: Reads<T>,
        F: ProcessWindowFunction,
        F::Key: Reads<K>,
        F::In: Reads<A::Out>,
    {
        let aggregate = Runnable::aggregate::<A>(Make::new(aggregate));
        self.behind::<A::Out, F::Out>(aggregate, Runnable::process_window::<F>(Make::new(process)))
    }

    /// Reduces the records of each window, and hands what they come to to a function that sees the key
    /// and the window.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::{Result, windowing::Tumbling};
    /// # use brookite_core::function::{Collector, ProcessWindowFunction, ReduceFunction, WindowContext};
    /// # #[derive(Default)]
    /// # struct Highest;
    /// # impl ReduceFunction for Highest {
    /// #     type T = i64;
    /// #     fn reduce(&self, one: i64, other: i64) -> Result<i64> {
    /// #         Ok(one.max(other))
    /// #     }
    /// # }
    /// /// The window's result, with its key and its end.
    /// #[derive(Default)]
    /// struct WithKey;
    ///
    /// impl ProcessWindowFunction for WithKey {
    ///     type Key = i64;
    ///     type In = i64;
    ///     type Out = (i64, i64, i64);
    ///
    ///     fn process(
    ///         &mut self,
    ///         results: &[i64],
    ///         ctx: &WindowContext<'_, i64>,
    ///         out: &mut Collector<'_, Self::Out>,
    ///     ) -> Result<()> {
    ///         for result in results {
    ///             out.collect((*ctx.key(), ctx.window().end(), *result));
    ///         }
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let keyed = p.sequence(1, 1_000).key_by(|number| number % 10);
    /// keyed
    ///     .window(Tumbling::of(60_000))
    ///     .reduce_with_process(Highest::default, WithKey::default)
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn reduce_with_process<A, F>(
        &self,
        reduce: impl Fn() -> A + Send + Sync + 'static,
        process: impl Fn() -> F + Send + Sync + 'static,
    ) -> Stream<F::Out, E>
    where
        A: ReduceFunction,
        A::T: Reads<T>,
        F: ProcessWindowFunction,
        F::Key: Reads<K>,
        F::In: Reads<A::T>,
    {
        let reduce = Runnable::reduce::<A>(Make::new(reduce));
        self.behind::<A::T, F::Out>(reduce, Runnable::process_window::<F>(Make::new(process)))
    }

    /// The stream of what a function makes of the windows.
    fn windows<O>(&self, runnable: Runnable<E>) -> Stream<O, E>
    where
        O: Data,
    {
        let mut node = DraftNode::function::<O>("window", runnable);
        self.windows.apply(&mut node);
        let port = self.stream.port.then(node);
        port.check(self.windows.check());
        Stream::new(port)
    }

    /// The stream of what a function makes of the one result that each window has.
    fn behind<A: Data, O: Data>(&self, first: Runnable<E>, process: Runnable<E>) -> Stream<O, E> {
        let mut node = DraftNode::function::<A>("aggregate", first);
        self.windows.apply(&mut node);
        let aggregate = self.stream.port.then(node);
        let port = aggregate.then(DraftNode::function::<O>("window", process));
        aggregate.change(|node| node.part_of = Some(port.node));
        port.check(self.windows.check());
        Stream::new(port)
    }
}

impl<K, T, E> fmt::Debug for WindowedStream<K, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowedStream")
            .field("stream", &self.stream)
            .field("windows", &self.windows)
            .finish()
    }
}
