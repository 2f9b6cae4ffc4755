//! Runs one function in a unit test, with everything around it that a job gives it.
//!
//! A harness opens the function in a real stage on a [`MemoryHost`]: types,
//! state, timers, cache, metrics, logs and failures behave as in Flink, and no JVM is involved.
//!
//! | function of | harness |
//! |---|---|
//! | a stream | [`Harness`] |
//! | a stream with keys | [`KeyedHarness`] |
//! | two streams | [`TwoInputHarness`] |
//! | two streams with the same keys | [`KeyedTwoInputHarness`] |
//! | a stream and a broadcast stream | [`BroadcastHarness`], [`KeyedBroadcastHarness`] |
//!
//! What goes in differs; all of them are a [`RunningFunction`], which has the watermark, the clock, side
//! outputs, checkpoints and metrics. The function is made by its `Default`, or with its configuration:
//! `KeyedHarness::process_with(|| Limit::new(3))`. A stage of a pipeline is run as the pipeline has it, windows
//! included: `KeyedHarness::of_pipeline(&pipeline.build()?, "count per word")`. Whatever else a stage can
//! be is run by a [`Driver`], which takes and gives bytes.
//!
//! ```
//! use brookite_executor::harness::KeyedHarness;
//! # use brookite_core::function::{Collector, Context, KeyedProcessFunction, OpenContext};
//! # use brookite_core::{Result, state::ValueState};
//! # #[derive(Default)]
//! # struct Count { count: ValueState<i64> }
//! # impl KeyedProcessFunction for Count {
//! #     type Key = &'static str;
//! #     type In = &'static str;
//! #     type Out = (&'static str, i64);
//! #     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
//! #         self.count = ctx.value_state("count")?;
//! #         Ok(())
//! #     }
//! #     fn process_element(&mut self, word: &str, _: &Context<'_, &'static str>,
//! #         out: &mut Collector<'_, Self::Out>) -> Result<()> {
//! #         let count = self.count.value()?.unwrap_or(0) + 1;
//! #         self.count.update(count)?;
//! #         out.collect((word, count));
//! #         Ok(())
//! #     }
//! # }
//! let mut harness = KeyedHarness::process::<Count>()?;
//! assert_eq!(harness.push("a", "a")?, [("a", 1)]);
//! assert_eq!(harness.push("b", "b")?, [("b", 1)]);
//! harness.restart()?; // as after a checkpoint: a new function, the same state
//! assert_eq!(harness.push("a", "a")?, [("a", 2)]);
//! # Ok::<(), Box<brookite_executor::Failure>>(())
//! ```

mod broadcast;
mod common;
mod driver;
mod keyed;
mod keyed_broadcast;
mod keyed_two_input;
mod of_pipeline;
mod runner;
mod two_input;

use std::marker::PhantomData;

use brookite_core::function::{
    FilterFunction, FlatMapFunction, MapFunction, ProcessFunction, TimestampAssigner,
};
use brookite_core::{Data, View};

use crate::failure::Failed;
use crate::harness::common::harness;
use crate::harness::runner::{Streams, UNNAMED};
use crate::registry::FunctionEntry;

pub use crate::memory::{LogLine, MemoryHost, MetricValue};
pub use broadcast::BroadcastHarness;
pub use driver::{Driver, Emitted};
pub use keyed::KeyedHarness;
pub use keyed_broadcast::KeyedBroadcastHarness;
pub use keyed_two_input::KeyedTwoInputHarness;
pub use runner::RunningFunction;
pub use two_input::TwoInputHarness;

/// Runs a function of a stream without keys.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{
///     Collector, OutputTag, PlainContext, ProcessFunction, SideOutputs,
/// };
/// use brookite_executor::harness::Harness;
///
/// const REJECTED: OutputTag<&str> = OutputTag::new("rejected");
///
/// #[derive(Default)]
/// struct Parse;
///
/// impl ProcessFunction for Parse {
///     type In = &'static str;
///     type Out = i64;
///
///     fn side_outputs() -> SideOutputs {
///         SideOutputs::of(&REJECTED)
///     }
///
///     fn process_element(
///         &mut self,
///         text: &str,
///         ctx: &PlainContext<'_>,
///         out: &mut Collector<'_, i64>,
///     ) -> Result<()> {
///         match text.parse() {
///             Ok(number) => out.collect(number),
///             Err(_) => ctx.side_output(&REJECTED, text)?,
///         }
///         Ok(())
///     }
/// }
///
/// let mut parse = Harness::process::<Parse>()?;
/// assert_eq!(parse.push("7")?, [7]);
/// assert!(parse.push("seven")?.is_empty());
/// assert_eq!(parse.side_output(&REJECTED)?, ["seven"]);
/// # Ok::<(), Box<brookite_executor::Failure>>(())
/// ```
#[derive(Debug)]
pub struct Harness<In: Data, Out: Data> {
    running: RunningFunction<Out>,
    types: PhantomData<fn(In)>,
}

harness!(Harness<In: Data>);

impl<In: Data, Out: Data> Harness<In, Out> {
    /// Opens a map function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn map<F: MapFunction<In = In, Out = Out> + Default>() -> Result<Self, Failed> {
        Self::only(FunctionEntry::map::<F>(UNNAMED))
    }

    /// Opens a map function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn map_with<F: MapFunction<In = In, Out = Out>>(
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Result<Self, Failed> {
        Self::only(FunctionEntry::map_with(UNNAMED, make))
    }

    /// Opens a flat map function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn flat_map<F: FlatMapFunction<In = In, Out = Out> + Default>() -> Result<Self, Failed> {
        Self::only(FunctionEntry::flat_map::<F>(UNNAMED))
    }

    /// Opens a flat map function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn flat_map_with<F: FlatMapFunction<In = In, Out = Out>>(
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Result<Self, Failed> {
        Self::only(FunctionEntry::flat_map_with(UNNAMED, make))
    }

    /// Opens a process function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process<F: ProcessFunction<In = In, Out = Out> + Default>() -> Result<Self, Failed> {
        Self::only(FunctionEntry::process::<F>(UNNAMED))
    }

    /// Opens a process function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process_with<F: ProcessFunction<In = In, Out = Out>>(
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Result<Self, Failed> {
        Self::only(FunctionEntry::process_with(UNNAMED, make))
    }

    fn streams() -> Streams {
        Streams { input: In::data_type(), second_input: None, key: None }
    }

    /// Works on a value without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push(&mut self, value: View<'_, In>) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<In>(0, &[], value, None)
    }

    /// Works on a value with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_at(
        &mut self,
        value: View<'_, In>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<In>(0, &[], value, Some(timestamp))
    }
}

impl<T: Data> Harness<T, T> {
    /// Opens a filter function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn filter<F: FilterFunction<In = T> + Default>() -> Result<Self, Failed> {
        Self::only(FunctionEntry::filter::<F>(UNNAMED))
    }

    /// Opens a filter function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn filter_with<F: FilterFunction<In = T>>(
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Result<Self, Failed> {
        Self::only(FunctionEntry::filter_with(UNNAMED, make))
    }
}

impl<In: Data> Harness<In, i64> {
    /// Opens a timestamp assigner, whose results are the timestamps.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn timestamp_assigner<F: TimestampAssigner<In = In> + Default>() -> Result<Self, Failed> {
        Self::only(FunctionEntry::timestamps::<F>(UNNAMED))
    }

    /// Opens a timestamp assigner that `make` makes; its results are the timestamps.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn timestamp_assigner_with<F: TimestampAssigner<In = In>>(
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Result<Self, Failed> {
        Self::only(FunctionEntry::timestamps_with(UNNAMED, make))
    }
}
