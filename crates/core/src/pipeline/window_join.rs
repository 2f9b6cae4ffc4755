//! [`ConnectedWindows`]: the windows of two keyed streams.

use std::fmt;

use crate::function::{CoGroupFunction, JoinFunction};
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::windows::WindowsDraft;
use crate::pipeline::{ConnectedKeyedStreams, Executable, Make, Reads, Stream};
use crate::types::{Data, Key};
use crate::windowing::{Millis, Trigger, Windows};

/// The records of two keyed streams, gathered in common windows of each key; made by
/// [`ConnectedKeyedStreams::window`].
pub struct ConnectedWindows<K, A, B, E = ()> {
    streams: ConnectedKeyedStreams<K, A, B, E>,
    windows: WindowsDraft,
}

impl<K: Key, A: Data, B: Data, E: Executable> ConnectedKeyedStreams<K, A, B, E> {
    /// Gathers the records of both streams in windows.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, windowing::Tumbling};
    /// # use brookite_core::pipeline::{Pipeline, WatermarkStrategy};
    /// # use brookite_core::function::{Collector, JoinFunction};
    /// #[derive(Default)]
    /// struct Paid;
    ///
    /// impl JoinFunction for Paid {
    ///     type In1 = (i64, &'static str);
    ///     type In2 = (i64, f64);
    ///     type Out = (&'static str, f64);
    ///
    ///     fn join(
    ///         &mut self,
    ///         (_, item): &(i64, &str),
    ///         (_, amount): &(i64, f64),
    ///         out: &mut Collector<'_, Self::Out>,
    ///     ) -> Result<()> {
    ///         out.collect((item, *amount));
    ///         Ok(())
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let by_time = WatermarkStrategy::monotonous();
    /// let orders = p.from_values([(1, "pear")]).assign_timestamps(|(time, _)| *time, by_time);
    /// let payments = p.from_values([(1, 0.5)]).assign_timestamps(|(time, _)| *time, by_time);
    /// orders
    ///     .key_by_field::<i64>("f0")
    ///     .connect(&payments.key_by_field("f0"))
    ///     .window(Tumbling::of(10_000))
    ///     .join(Paid::default)
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn window(&self, windows: impl Windows) -> ConnectedWindows<K, A, B, E> {
        ConnectedWindows { streams: self.clone(), windows: WindowsDraft::new(&windows) }
    }
}

impl<K: Key, A: Data, B: Data, E: Executable> ConnectedWindows<K, A, B, E> {
    /// Tells a window's result when `trigger` says, in place of when the windows would by themselves.
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

    /// Tells with each firing only what came since the last one.
    #[must_use]
    pub fn discarding(mut self) -> Self {
        self.windows.discarding = true;
        self
    }

    /// Goes by the machine's clock, and not by the records' timestamps.
    #[must_use]
    pub fn processing_time(mut self) -> Self {
        self.windows.processing_time = true;
        self
    }

    /// Works on each pair of records that have the same key and are in the same window.
    pub fn join<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: JoinFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>("join", Runnable::join(Make::new(make))))
    }

    /// Works on all that both streams have of a key in one window; one of them may have nothing.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::{Result, windowing::Tumbling};
    /// # use brookite_core::function::{CoGroupFunction, Collector};
    /// /// How many records both streams have.
    /// #[derive(Default)]
    /// struct Counts;
    ///
    /// impl CoGroupFunction for Counts {
    ///     type In1 = i64;
    ///     type In2 = i64;
    ///     type Out = (i64, i64);
    ///
    ///     fn co_group(
    ///         &mut self,
    ///         first: &[i64],
    ///         second: &[i64],
    ///         out: &mut Collector<'_, (i64, i64)>,
    ///     ) -> Result<()> {
    ///         out.collect((first.len() as i64, second.len() as i64));
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let odd = p.sequence(1, 9).key_by(|number| number % 2);
    /// let even = p.sequence(2, 10).key_by(|number| number % 2);
    /// odd.connect(&even).window(Tumbling::of(1_000)).co_group(Counts::default).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn co_group<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: CoGroupFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>("co_group", Runnable::co_group(Make::new(make))))
    }

    fn then<O>(&self, mut node: DraftNode<E>) -> Stream<O, E> {
        self.windows.apply(&mut node);
        let stream = self.streams.then(node);
        stream.port.check(self.windows.check());
        stream
    }
}

impl<K, A, B, E> fmt::Debug for ConnectedWindows<K, A, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectedWindows")
            .field("streams", &self.streams)
            .field("windows", &self.windows)
            .finish()
    }
}
