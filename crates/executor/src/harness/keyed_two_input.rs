//! The harness for functions of two streams with the same keys.

use std::marker::PhantomData;

use brookite_core::function::{CoFlatMapFunction, CoMapFunction, KeyedCoProcessFunction};
use brookite_core::{Data, Key, View};

use crate::failure::Failed;
use crate::harness::common::harness;
use crate::harness::runner::{RunningFunction, Streams, UNNAMED, encode};
use crate::registry::FunctionEntry;

/// Runs a function of two connected streams with the same keys, with its state and its timers.
///
/// ```
/// # use brookite_core::function::{Collector, Context, KeyedCoProcessFunction, OpenContext};
/// # use brookite_core::{Result, state::ValueState};
/// use brookite_executor::harness::KeyedTwoInputHarness;
///
/// /// Lets the values of a key pass once the second stream has said so.
/// #[derive(Default)]
/// struct Gate {
///     open: ValueState<bool>,
/// }
///
/// impl KeyedCoProcessFunction for Gate {
///     // ..
/// #     type Key = i64;
/// #     type In1 = &'static str;
/// #     type In2 = bool;
/// #     type Out = &'static str;
/// #     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
/// #         self.open = ctx.value_state("open")?;
/// #         Ok(())
/// #     }
///     fn process_element1(
///         &mut self,
///         value: &str,
///         _ctx: &Context<'_, i64>,
///         out: &mut Collector<'_, &'static str>,
///     ) -> Result<()> {
///         if self.open.value()? == Some(true) {
///             out.collect(value);
///         }
///         Ok(())
///     }
/// #   fn process_element2(&mut self, open: bool, _: &Context<'_, i64>,
/// #       _: &mut Collector<'_, &'static str>) -> Result<()> {
/// #       self.open.update(open)
/// #   }
/// }
///
/// let mut gate = KeyedTwoInputHarness::process::<Gate>()?;
/// assert!(gate.push_first(1, "too early")?.is_empty());
/// gate.push_second(1, true)?;
/// assert_eq!(gate.push_first(1, "in time")?, ["in time"]);
/// assert!(gate.push_first(2, "another key")?.is_empty());
/// # Ok::<(), Box<brookite_executor::Failure>>(())
/// ```
#[derive(Debug)]
pub struct KeyedTwoInputHarness<K: Key, A: Data, B: Data, Out: Data> {
    running: RunningFunction<Out>,
    types: PhantomData<fn(K, A, B)>,
}

harness!(KeyedTwoInputHarness<K: Key, A: Data, B: Data>);

impl<K: Key, A: Data, B: Data, Out: Data> KeyedTwoInputHarness<K, A, B, Out> {
    /// Opens a map function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn map<F>() -> Result<Self, Failed>
    where
        F: CoMapFunction<In1 = A, In2 = B, Out = Out> + Default,
    {
        Self::only(FunctionEntry::co_map::<F>(UNNAMED))
    }

    /// Opens a map function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn map_with<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Result<Self, Failed>
    where
        F: CoMapFunction<In1 = A, In2 = B, Out = Out>,
    {
        Self::only(FunctionEntry::co_map_with(UNNAMED, make))
    }

    /// Opens a flat map function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn flat_map<F>() -> Result<Self, Failed>
    where
        F: CoFlatMapFunction<In1 = A, In2 = B, Out = Out> + Default,
    {
        Self::only(FunctionEntry::co_flat_map::<F>(UNNAMED))
    }

    /// Opens a flat map function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn flat_map_with<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Result<Self, Failed>
    where
        F: CoFlatMapFunction<In1 = A, In2 = B, Out = Out>,
    {
        Self::only(FunctionEntry::co_flat_map_with(UNNAMED, make))
    }

    /// Opens a process function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process<F>() -> Result<Self, Failed>
    where
        F: KeyedCoProcessFunction<Key = K, In1 = A, In2 = B, Out = Out> + Default,
    {
        Self::only(FunctionEntry::keyed_co_process::<F>(UNNAMED))
    }

    /// Opens a process function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process_with<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Result<Self, Failed>
    where
        F: KeyedCoProcessFunction<Key = K, In1 = A, In2 = B, Out = Out>,
    {
        Self::only(FunctionEntry::keyed_co_process_with(UNNAMED, make))
    }

    fn streams() -> Streams {
        let second_input = Some(B::data_type());
        Streams { input: A::data_type(), second_input, key: Some(K::data_type()) }
    }

    /// Works on a value of the first input without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_first(
        &mut self,
        key: View<'_, K>,
        value: View<'_, A>,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<A>(0, &encode::<K>(&key)?, value, None)
    }

    /// Works on a value of the first input with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_first_at(
        &mut self,
        key: View<'_, K>,
        value: View<'_, A>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<A>(0, &encode::<K>(&key)?, value, Some(timestamp))
    }

    /// Works on a value of the second input without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_second(
        &mut self,
        key: View<'_, K>,
        value: View<'_, B>,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<B>(1, &encode::<K>(&key)?, value, None)
    }

    /// Works on a value of the second input with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_second_at(
        &mut self,
        key: View<'_, K>,
        value: View<'_, B>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<B>(1, &encode::<K>(&key)?, value, Some(timestamp))
    }
}
