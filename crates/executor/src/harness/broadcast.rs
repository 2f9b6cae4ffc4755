//! The harness for functions of a stream without keys and a broadcast stream.

use std::marker::PhantomData;

use brookite_core::function::BroadcastProcessFunction;
use brookite_core::{Data, View};

use crate::failure::Failed;
use crate::harness::common::harness;
use crate::harness::runner::{RunningFunction, Streams, UNNAMED};
use crate::registry::FunctionEntry;

/// Runs a function of a stream without keys and a broadcast stream.
///
/// ```
/// # use brookite_core::Result;
/// # use brookite_core::function::{
/// #     BroadcastContext, BroadcastProcessFunction, Collector, OpenContext, ReadOnlyPlainContext,
/// # };
/// # use brookite_core::state::BroadcastHandle;
/// use brookite_executor::harness::BroadcastHarness;
///
/// /// Lets words pass that were not forbidden.
/// #[derive(Default)]
/// struct Censor {
///     forbidden: BroadcastHandle<String, bool>,
/// }
///
/// impl BroadcastProcessFunction for Censor {
///     // ..
/// #     type In = &'static str;
/// #     type Broadcast = &'static str;
/// #     type Out = &'static str;
/// #     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
/// #         self.forbidden = ctx.broadcast_state("forbidden")?;
/// #         Ok(())
/// #     }
///     fn process_element(
///         &mut self,
///         word: &str,
///         ctx: &ReadOnlyPlainContext<'_>,
///         out: &mut Collector<'_, &'static str>,
///     ) -> Result<()> {
///         if !ctx.broadcast_state(&self.forbidden).contains(word)? {
///             out.collect(word);
///         }
///         Ok(())
///     }
/// #   fn process_broadcast_element(&mut self, word: &str, ctx: &BroadcastContext<'_>,
/// #       _: &mut Collector<'_, &'static str>) -> Result<()> {
/// #       ctx.broadcast_state(&self.forbidden).put(word.to_owned(), true)
/// #   }
/// }
///
/// let mut censor = BroadcastHarness::process::<Censor>()?;
/// assert_eq!(censor.push("rust")?, ["rust"]);
/// censor.push_broadcast("rust")?;
/// assert!(censor.push("rust")?.is_empty());
/// # Ok::<(), Box<brookite_executor::Failure>>(())
/// ```
#[derive(Debug)]
pub struct BroadcastHarness<In: Data, B: Data, Out: Data> {
    running: RunningFunction<Out>,
    types: PhantomData<fn(In, B)>,
}

harness!(BroadcastHarness<In: Data, B: Data>);

impl<In: Data, B: Data, Out: Data> BroadcastHarness<In, B, Out> {
    /// Opens a process function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process<F>() -> Result<Self, Failed>
    where
        F: BroadcastProcessFunction<In = In, Broadcast = B, Out = Out> + Default,
    {
        Self::only(FunctionEntry::broadcast_process::<F>(UNNAMED))
    }

    /// Opens a process function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process_with<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Result<Self, Failed>
    where
        F: BroadcastProcessFunction<In = In, Broadcast = B, Out = Out>,
    {
        Self::only(FunctionEntry::broadcast_process_with(UNNAMED, make))
    }

    fn streams() -> Streams {
        let second_input = Some(B::data_type());
        Streams { input: In::data_type(), second_input, key: None }
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

    /// Works on a value of the broadcast stream without timestamp, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_broadcast(&mut self, value: View<'_, B>) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<B>(1, &[], value, None)
    }

    /// Works on a value of the broadcast stream with a timestamp in milliseconds since the epoch, and returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn push_broadcast_at(
        &mut self,
        value: View<'_, B>,
        timestamp: i64,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.running.process::<B>(1, &[], value, Some(timestamp))
    }
}
