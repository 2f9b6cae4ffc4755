//! Functions of a keyed stream and a broadcast stream.

use crate::error::Result;
use crate::function::timer::no_on_timer;
use crate::function::{
    BroadcastContext, Collector, OpenContext, ReadOnlyKeyedContext, SideOutputs, Timer,
};
use crate::types::{Data, Key, View};

/// Works on the values of a keyed stream, with state and timers for each key, and with what a broadcast
/// stream has told all subtasks.
///
/// A value of the broadcast stream has no key: with it, keyed state is an error, and timers do not
/// compile.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{
///     BroadcastContext, Collector, KeyedBroadcastProcessFunction, OpenContext,
///     ReadOnlyKeyedContext,
/// };
/// use brookite_core::state::{BroadcastHandle, ValueState};
///
/// /// Says of whom there was more than a limit allows. Limits may change at any time.
/// #[derive(Default)]
/// struct Limits {
///     limits: BroadcastHandle<String, i64>,
///     total: ValueState<i64>,
/// }
///
/// impl KeyedBroadcastProcessFunction for Limits {
///     type Key = &'static str;
///     type In = i64;
///     type Broadcast = (&'static str, i64);
///     type Out = (&'static str, i64);
///
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.limits = ctx.broadcast_state("limits")?;
///         self.total = ctx.value_state("total")?;
///         Ok(())
///     }
///
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
///
///     fn process_broadcast_element(
///         &mut self,
///         (key, limit): (&str, i64),
///         ctx: &BroadcastContext<'_>,
///         _out: &mut Collector<'_, Self::Out>,
///     ) -> Result<()> {
///         ctx.broadcast_state(&self.limits).put(key.to_owned(), limit)
///     }
/// }
/// ```
pub trait KeyedBroadcastProcessFunction: 'static {
    /// The type of the keys.
    type Key: Key;
    /// The type of the values.
    type In: Data;
    /// The type of the values that every instance gets.
    type Broadcast: Data;
    /// The type of the results.
    type Out: Data;

    /// The side outputs that this function emits into. None unless it says otherwise.
    fn side_outputs() -> SideOutputs
    where
        Self: Sized,
    {
        SideOutputs::none()
    }

    /// Called once before the first value. States are declared here.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Works on one value. State is that of the value's key; broadcast state can be looked at.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element(
        &mut self,
        value: View<'_, Self::In>,
        ctx: &ReadOnlyKeyedContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Works on one value of the broadcast stream, in every subtask. Broadcast state can be changed; there is no key.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_broadcast_element(
        &mut self,
        value: View<'_, Self::Broadcast>,
        ctx: &BroadcastContext<'_>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Called when a timer of the key is due. State is that of the timer's key. Results of an event-time
    /// timer have the timer's timestamp, those of a processing-time timer have none.
    ///
    /// A function that registers timers implements this; unless it does, a timer is an error.
    ///
    /// # Errors
    /// Fails the stage.
    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &ReadOnlyKeyedContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let _ = (timer, ctx, out);
        Err(no_on_timer::<Self>())
    }

    /// Called once at the end, also after a failure. There is no key then, and so no state.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
