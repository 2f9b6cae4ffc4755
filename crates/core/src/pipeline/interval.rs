//! [`IntervalJoin`]: pairs of records of two keyed streams that are close in time.

use std::fmt;

use crate::function::ProcessJoinFunction;
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::{Executable, KeyedStream, Make, NodeProblem, Reads, Stream};
use crate::proto::IntervalBounds;
use crate::types::{Data, Key};
use crate::windowing::Millis;

/// A join by time; made by [`KeyedStream::interval_join`].
pub struct IntervalJoin<K, A, B, E = ()> {
    first: KeyedStream<K, A, E>,
    second: KeyedStream<K, B, E>,
    bounds: IntervalBounds,
}

impl<K: Key, T: Data, E: Executable> KeyedStream<K, T, E> {
    /// Brings together each record of this stream at a time `t` and those of the second one with the same
    /// key from `t + lower` to `t + upper`, each a `Duration` or milliseconds, which may be negative.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, pipeline::{Pipeline, WatermarkStrategy}};
    /// # use brookite_core::function::{Collector, JoinContext, ProcessJoinFunction};
    /// /// How long after being shown something was clicked, in milliseconds.
    /// #[derive(Default)]
    /// struct Latency;
    ///
    /// impl ProcessJoinFunction for Latency {
    ///     type In1 = i64;
    ///     type In2 = i64;
    ///     type Out = i64;
    ///
    ///     fn process_element(
    ///         &mut self,
    ///         _shown: &i64,
    ///         _clicked: &i64,
    ///         ctx: &JoinContext<'_>,
    ///         out: &mut Collector<'_, i64>,
    ///     ) -> Result<()> {
    ///         out.collect(ctx.right_timestamp() - ctx.left_timestamp());
    ///         Ok(())
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let by_time = WatermarkStrategy::monotonous();
    /// let shown = p.sequence(0, 10).assign_timestamps(|time| *time, by_time).key_by(|time| time % 2);
    /// let clicked = p.sequence(5, 15).assign_timestamps(|time| *time, by_time).key_by(|time| time % 2);
    /// shown.interval_join(&clicked, 0, 60_000).process(Latency::default).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn interval_join<B: Data>(
        &self,
        second: &KeyedStream<K, B, E>,
        lower: impl Millis,
        upper: impl Millis,
    ) -> IntervalJoin<K, T, B, E> {
        let bounds = IntervalBounds {
            lower_ms: lower.millis(),
            upper_ms: upper.millis(),
            ..IntervalBounds::default()
        };
        IntervalJoin { first: self.clone(), second: second.clone(), bounds }
    }
}

impl<K: Key, A: Data, B: Data, E: Executable> IntervalJoin<K, A, B, E> {
    /// Leaves out records right at the lower bound.
    #[must_use]
    pub fn lower_bound_exclusive(mut self) -> Self {
        self.bounds.lower_exclusive = true;
        self
    }

    /// Leaves out records right at the upper bound.
    #[must_use]
    pub fn upper_bound_exclusive(mut self) -> Self {
        self.bounds.upper_exclusive = true;
        self
    }

    /// Works on each pair.
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: ProcessJoinFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        let runnable = Runnable::process_join(Make::new(make));
        let mut node = DraftNode::function::<F::Out>("interval join", runnable);
        if let Some(node) = node.function_node() {
            node.interval = Some(self.bounds);
        }
        let port = self.first.port.then_with(&[&self.second.port], node);
        port.check(check(&self.bounds));
        Stream::new(port)
    }
}

/// Whether there is time in the interval.
fn check(bounds: &IntervalBounds) -> Result<(), NodeProblem> {
    let lower = bounds.lower_ms.checked_add(bounds.lower_exclusive.into());
    let upper = bounds.upper_ms.checked_sub(bounds.upper_exclusive.into());
    if lower.zip(upper).is_some_and(|(lower, upper)| lower <= upper) {
        return Ok(());
    }
    let exclusive = |exclusive| if exclusive { " (exclusive)" } else { "" };
    Err(NodeProblem::Interval(format!(
        "its lower bound must not be above its upper one, found {} ms{} and {} ms{}",
        bounds.lower_ms,
        exclusive(bounds.lower_exclusive),
        bounds.upper_ms,
        exclusive(bounds.upper_exclusive),
    )))
}

impl<K, A, B, E> fmt::Debug for IntervalJoin<K, A, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntervalJoin")
            .field("first", &self.first)
            .field("second", &self.second)
            .field("bounds", &self.bounds)
            .finish()
    }
}
