//! The harness for functions of two streams.

use std::marker::PhantomData;

use brookite_core::function::{CoFlatMapFunction, CoMapFunction, CoProcessFunction};
use brookite_core::{Data, View};

use crate::failure::Failed;
use crate::harness::common::harness;
use crate::harness::runner::{RunningFunction, Streams, UNNAMED};
use crate::registry::FunctionEntry;

/// Runs a function of two connected streams without keys.
///
/// ```
/// # use brookite_core::{Result, function::CoMapFunction};
/// use brookite_executor::harness::TwoInputHarness;
///
/// #[derive(Default)]
/// struct ToText;
///
/// impl CoMapFunction for ToText {
///     type In1 = i64;
///     type In2 = bool;
///     type Out = String;
///
///     fn map1(&mut self, number: i64) -> Result<String> {
///         Ok(number.to_string())
///     }
///
///     fn map2(&mut self, flag: bool) -> Result<String> {
///         Ok(flag.to_string())
///     }
/// }
///
/// let mut to_text = TwoInputHarness::map::<ToText>()?;
/// assert_eq!(to_text.push_first(7)?, ["7"]);
/// assert_eq!(to_text.push_second(true)?, ["true"]);
/// # Ok::<(), Box<brookite_executor::Failure>>(())
/// ```
#[derive(Debug)]
pub struct TwoInputHarness<A: Data, B: Data, Out: Data> {
    running: RunningFunction<Out>,
    types: PhantomData<fn(A, B)>,
}

harness!(TwoInputHarness<A: Data, B: Data>);

impl<A: Data, B: Data, Out: Data> TwoInputHarness<A, B, Out> {
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
        F: CoProcessFunction<In1 = A, In2 = B, Out = Out> + Default,
    {
        Self::only(FunctionEntry::co_process::<F>(UNNAMED))
    }

    /// Opens a process function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process_with<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Result<Self, Failed>
    where
        F: CoProcessFunction<In1 = A, In2 = B, Out = Out>,
    {
        Self::only(FunctionEntry::co_process_with(UNNAMED, make))
    }

    fn streams() -> Streams {
        let second_input = Some(B::data_type());
        Streams { input: A::data_type(), second_input, key: None }
    }

    /// Works on a value of the first input without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_first(&mut self, value: View<'_, A>) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<A>(0, &[], value, None)
    }

    /// Works on a value of the first input with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_first_at(
        &mut self,
        value: View<'_, A>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<A>(0, &[], value, Some(timestamp))
    }

    /// Works on a value of the second input without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_second(&mut self, value: View<'_, B>) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<B>(1, &[], value, None)
    }

    /// Works on a value of the second input with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_second_at(
        &mut self,
        value: View<'_, B>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<B>(1, &[], value, Some(timestamp))
    }
}
