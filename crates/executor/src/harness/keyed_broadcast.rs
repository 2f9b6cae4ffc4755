//! The harness for functions of a stream with keys and a broadcast stream.

use std::marker::PhantomData;

use brookite_core::function::KeyedBroadcastProcessFunction;
use brookite_core::{Data, Key, View};

use crate::failure::Failed;
use crate::harness::common::harness;
use crate::harness::runner::{RunningFunction, Streams, UNNAMED, encode};
use crate::registry::FunctionEntry;

/// Runs a function of a stream with keys and a broadcast stream.
///
/// ```
/// # use brookite_core::Result;
/// # use brookite_core::function::{
/// #     BroadcastContext, Collector, KeyedBroadcastProcessFunction, OpenContext,
/// #     ReadOnlyKeyedContext,
/// # };
/// # use brookite_core::state::{BroadcastHandle, ValueState};
/// use brookite_executor::harness::KeyedBroadcastHarness;
///
/// /// Says of whom there was more than a limit allows.
/// #[derive(Default)]
/// struct Limits {
///     limits: BroadcastHandle<String, i64>,
///     total: ValueState<i64>,
/// }
///
/// impl KeyedBroadcastProcessFunction for Limits {
///     // ..
/// #     type Key = &'static str;
/// #     type In = i64;
/// #     type Broadcast = (&'static str, i64);
/// #     type Out = (&'static str, i64);
/// #     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
/// #         self.limits = ctx.broadcast_state("limits")?;
/// #         self.total = ctx.value_state("total")?;
/// #         Ok(())
/// #     }
///     fn process_element(
///         &mut self,
///         amount: i64,
///         ctx: &ReadOnlyKeyedContext<'_, Self::Key>,
///         out: &mut Collector<'_, Self::Out>,
///     ) -> Result<()> {
///         let total = self.total.value()?.unwrap_or(0) + amount;
///         self.total.update(total)?;
///         let limit = ctx.broadcast_state(&self.limits).get(*ctx.key())?;
///         if limit.is_some_and(|limit| total > limit) {
///             out.collect((ctx.key(), total));
///         }
///         Ok(())
///     }
/// #   fn process_broadcast_element(&mut self, (key, limit): (&str, i64),
/// #       ctx: &BroadcastContext<'_>, _: &mut Collector<'_, Self::Out>) -> Result<()> {
/// #       ctx.broadcast_state(&self.limits).put(key.to_owned(), limit)
/// #   }
/// }
///
/// let mut limits = KeyedBroadcastHarness::process::<Limits>()?;
/// assert!(limits.push("a", 70)?.is_empty());
/// limits.push_broadcast(("a", 100))?;
/// assert_eq!(limits.push("a", 70)?, [("a", 140)]);
/// # Ok::<(), Box<brookite_executor::Failure>>(())
/// ```
#[derive(Debug)]
pub struct KeyedBroadcastHarness<K: Key, In: Data, B: Data, Out: Data> {
    running: RunningFunction<Out>,
    types: PhantomData<fn(K, In, B)>,
}

harness!(KeyedBroadcastHarness<K: Key, In: Data, B: Data>);

impl<K: Key, In: Data, B: Data, Out: Data> KeyedBroadcastHarness<K, In, B, Out> {
    /// Opens a process function.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process<F>() -> Result<Self, Failed>
    where
        F: KeyedBroadcastProcessFunction<Key = K, In = In, Broadcast = B, Out = Out> + Default,
    {
        Self::only(FunctionEntry::keyed_broadcast_process::<F>(UNNAMED))
    }

    /// Opens a process function that `make` makes, each time it is opened.
    ///
    /// # Errors
    /// When its `open` fails.
    pub fn process_with<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Result<Self, Failed>
    where
        F: KeyedBroadcastProcessFunction<Key = K, In = In, Broadcast = B, Out = Out>,
    {
        Self::only(FunctionEntry::keyed_broadcast_process_with(UNNAMED, make))
    }

    fn streams() -> Streams {
        let second_input = Some(B::data_type());
        Streams { input: In::data_type(), second_input, key: Some(K::data_type()) }
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
