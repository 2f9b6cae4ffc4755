//! [`WatermarkStrategy`], and verbs that give records their timestamps.

use crate::function::TimestampAssigner;
use crate::pipeline::closure::Closure;
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::{Executable, Make, NodeKind, NodeProblem, Reads, Returns, Stream};
use crate::proto::TimestampsNode;
use crate::types::{Data, View};
use crate::windowing::Millis;

/// How far event time has come, seen from the records: like Flink's class of that name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WatermarkStrategy {
    out_of_orderness: i64,
    idleness: Option<i64>,
}

impl WatermarkStrategy {
    /// Timestamps never fall: a record with an earlier one than before is late.
    pub fn monotonous() -> Self {
        Self::default()
    }

    /// A record may come so much later than one with a later timestamp, a `Duration` or milliseconds.
    pub fn bounded_out_of_orderness(bound: impl Millis) -> Self {
        Self { out_of_orderness: bound.millis(), idleness: None }
    }

    /// An input that has been silent for so long, a `Duration` or milliseconds, holds nothing up.
    #[must_use]
    pub fn idleness(self, timeout: impl Millis) -> Self {
        Self { idleness: Some(timeout.millis()), ..self }
    }

    fn check(self) -> Result<(), NodeProblem> {
        if self.out_of_orderness < 0 {
            return Err(NodeProblem::Interval(format!(
                "its bound of out-of-orderness must not be negative, found {} ms",
                self.out_of_orderness
            )));
        }
        match self.idleness {
            Some(idleness) if idleness <= 0 => Err(NodeProblem::Interval(format!(
                "its idleness must be positive, found {idleness} ms"
            ))),
            _ => Ok(()),
        }
    }
}

impl<T: Data, E: Executable> Stream<T, E> {
    /// Gives each record the timestamp that a closure takes from it, in milliseconds since the epoch,
    /// and tells watermarks.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use brookite_core::{Error, pipeline::{Pipeline, WatermarkStrategy}};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let late = WatermarkStrategy::bounded_out_of_orderness(Duration::from_secs(5));
    /// p.from_values([(0_i64, "to"), (3_000, "be")]).assign_timestamps(|(time, _)| *time, late).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn assign_timestamps<R, C>(&self, closure: C, watermarks: WatermarkStrategy) -> Self
    where
        R: Returns<Value = i64> + 'static,
        C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + Clone + Send + Sync + 'static,
    {
        self.timestamps(Make::new(move || Closure::<T, R, C>::new(closure.clone())), watermarks)
    }

    /// Gives each record its timestamp by a function with a type, and tells watermarks.
    pub fn assign_timestamps_with<F>(
        &self,
        make: impl Fn() -> F + Send + Sync + 'static,
        watermarks: WatermarkStrategy,
    ) -> Self
    where
        F: TimestampAssigner,
        F::In: Reads<T>,
    {
        self.timestamps(Make::new(make), watermarks)
    }

    fn timestamps<F: TimestampAssigner>(
        &self,
        make: Make<F>,
        watermarks: WatermarkStrategy,
    ) -> Self {
        let Runnable { function, keep } = Runnable::timestamps(make);
        let node = TimestampsNode {
            assigner: Some(function),
            out_of_orderness_ms: watermarks.out_of_orderness,
            idleness_ms: watermarks.idleness,
        };
        let node = DraftNode::new("timestamps", NodeKind::Timestamps(node));
        let port = self.port.then(node.keep(keep).emits::<T>());
        port.check(watermarks.check());
        Stream::new(port)
    }
}
