//! The harness for functions of keyed streams.

use std::marker::PhantomData;

use brookite_core::function::KeyedProcessFunction;
use brookite_core::{Data, Key, View};

use crate::failure::Failed;
use crate::harness::common::harness;
use crate::harness::runner::{RunningFunction, Streams, UNNAMED, encode};
use crate::registry::FunctionEntry;

/// Runs a function of a keyed stream, with its state and its timers.
///
/// ```
/// # use brookite_core::function::{Collector, Context, KeyedProcessFunction, Timer};
/// # use brookite_core::Result;
/// use brookite_executor::harness::KeyedHarness;
///
/// /// Says the key again a second after each value.
/// #[derive(Default)]
/// struct Echo;
///
/// impl KeyedProcessFunction for Echo {
///     // ..
/// #     type Key = &'static str;
/// #     type In = i64;
/// #     type Out = String;
/// #     fn process_element(&mut self, _: i64, ctx: &Context<'_, &'static str>,
/// #         _: &mut Collector<'_, String>) -> Result<()> {
/// #         ctx.register_event_time_timer(ctx.timestamp().unwrap_or(0) + 1_000)
/// #     }
///     fn on_timer(
///         &mut self,
///         _timer: Timer,
///         ctx: &Context<'_, Self::Key>,
///         out: &mut Collector<'_, String>,
///     ) -> Result<()> {
///         out.collect((*ctx.key()).to_owned());
///         Ok(())
///     }
/// }
///
/// let mut echo = KeyedHarness::process::<Echo>()?;
/// echo.push_at("a", 7, 5_000)?;
/// assert!(echo.advance_watermark(5_999)?.is_empty());
/// assert_eq!(echo.advance_watermark(6_000)?, ["a"]);
/// assert_eq!(echo.timestamps(), [Some(6_000)]);
/// # Ok::<(), Box<brookite_executor::Failure>>(())
/// ```
///
/// Or it runs a stage of a pipeline, such as one that the pipeline makes of a closure:
///
/// ```
/// use brookite_core::pipeline::Pipeline;
/// use brookite_executor::harness::KeyedHarness;
///
/// let p = Pipeline::new("sums");
/// p.sequence(1, 100)
///     .key_by(|number| number % 10)
///     .reduce(|one, other| one + other)
///     .name("sum per digit")
///     .print();
///
/// let mut sums = KeyedHarness::<i64, i64, i64>::of_pipeline(&p.build()?, "sum per digit")?;
/// assert_eq!(sums.push(3, 13)?, [13]);
/// assert_eq!(sums.push(3, 23)?, [36]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct KeyedHarness<K: Key, In: Data, Out: Data> {
    running: RunningFunction<Out>,
    types: PhantomData<fn(K, In)>,
}

harness!(KeyedHarness<K: Key, In: Data>);

impl<K: Key, In: Data, Out: Data> KeyedHarness<K, In, Out> {
    /// Opens a keyed process function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process<F>() -> Result<Self, Failed>
    where
        F: KeyedProcessFunction<Key = K, In = In, Out = Out> + Default,
    {
        Self::only(FunctionEntry::keyed_process::<F>(UNNAMED))
    }

    /// Opens a keyed process function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process_with<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Result<Self, Failed>
    where
        F: KeyedProcessFunction<Key = K, In = In, Out = Out>,
    {
        Self::only(FunctionEntry::keyed_process_with(UNNAMED, make))
    }

    fn streams() -> Streams {
        Streams { input: In::data_type(), second_input: None, key: Some(K::data_type()) }
    }

    /// Works on a value without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push(
        &mut self,
        key: View<'_, K>,
        value: View<'_, In>,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<In>(0, &encode::<K>(&key)?, value, None)
    }

    /// Works on a value with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_at(
        &mut self,
        key: View<'_, K>,
        value: View<'_, In>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<In>(0, &encode::<K>(&key)?, value, Some(timestamp))
    }
}
