//! Runs one function in a unit test, with everything around it that a job gives it.
//!
//! A harness opens the function in a real stage on a [`MemoryHost`]: types, state, cache, counters,
//! logs and failures behave as in Flink, and no JVM is involved.
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

mod keyed;
mod runner;

use brookite_core::function::{FilterFunction, FlatMapFunction, MapFunction};
use brookite_core::{Data, View};

use crate::failure::Failed;
use crate::harness::runner::Runner;
use crate::memory::{LogLine, MemoryHost};
use crate::registry::FunctionEntry;

pub use keyed::KeyedHarness;

/// Runs a function of a stream without keys.
#[derive(Debug)]
pub struct Harness<In: Data, Out: Data>(Runner<In, Out>);

impl<In: Data, Out: Data> Harness<In, Out> {
    /// Opens a map function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn map<F: MapFunction<In = In, Out = Out> + Default>() -> Result<Self, Failed> {
        Runner::only(FunctionEntry::map::<F>, None).map(Self)
    }

    /// Opens a flat map function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn flat_map<F: FlatMapFunction<In = In, Out = Out> + Default>() -> Result<Self, Failed> {
        Runner::only(FunctionEntry::flat_map::<F>, None).map(Self)
    }

    /// Opens a function that an attribute registered under that name in this binary.
    ///
    /// # Errors
    /// When there is no such function, when its types are others, and when its `open` fails.
    pub fn named(name: &str) -> Result<Self, Failed> {
        Runner::open(None, name, None).map(Self)
    }

    /// Works on a value without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push(&mut self, value: View<'_, In>) -> Result<Vec<View<'_, Out>>, Failed> {
        self.0.process(&[], value, None)
    }

    /// The host, with counters and logs.
    pub fn host(&self) -> &MemoryHost {
        self.0.host()
    }

    /// What a counter counts; 0 when the function has none of that name.
    pub fn counter(&self, name: &str) -> i64 {
        self.host().counter(name).unwrap_or(0)
    }

    /// Takes the lines that were logged since the last time.
    pub fn take_logs(&self) -> Vec<LogLine> {
        self.host().take_logs()
    }

    /// Closes the function.
    ///
    /// # Errors
    /// When its `close` fails.
    pub fn close(mut self) -> Result<(), Failed> {
        self.0.close()
    }
}

impl<T: Data> Harness<T, T> {
    /// Opens a filter function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn filter<F: FilterFunction<In = T> + Default>() -> Result<Self, Failed> {
        Runner::only(FunctionEntry::filter::<F>, None).map(Self)
    }
}
