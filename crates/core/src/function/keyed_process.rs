//! Functions of keyed streams, with state.

use crate::error::Result;
use crate::function::timer::no_on_timer;
use crate::function::{Collector, Context, OpenContext, SideOutputs, Timer};
use crate::types::{Data, Key, View};

/// Turns each value of a keyed stream into any number of results, with state for each key.
///
/// ```
/// use brookite_core::function::{Collector, Context, KeyedProcessFunction, OpenContext};
/// use brookite_core::{Result, state::ValueState};
///
/// #[derive(Default)]
/// struct Count {
///     count: ValueState<i64>,
/// }
///
/// impl KeyedProcessFunction for Count {
///     type Key = &'static str;
///     type In = &'static str;
///     type Out = (&'static str, i64);
///
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.count = ctx.value_state("count")?;
///         Ok(())
///     }
///
///     fn process_element(
///         &mut self,
///         word: &str,
///         ctx: &Context<'_, Self::Key>,
///         out: &mut Collector<'_, Self::Out>,
///     ) -> Result<()> {
///         let count = self.count.value()?.unwrap_or(0) + 1;
///         self.count.update(count)?;
///         out.collect((word, count));
///         Ok(())
///     }
/// }
/// ```
///
/// With a timer it acts on time that passes without a value:
///
/// ```
/// use brookite_core::function::{Collector, Context, KeyedProcessFunction, OpenContext, Timer};
/// use brookite_core::{Result, state::ValueState};
///
/// /// Emits a user who did nothing for a minute of event time.
/// #[derive(Default)]
/// struct Idle {
///     last_seen: ValueState<i64>,
/// }
///
/// const MINUTE: i64 = 60_000;
///
/// impl KeyedProcessFunction for Idle {
///     type Key = i64;
///     type In = i64;
///     type Out = i64;
///
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.last_seen = ctx.value_state("last_seen")?;
///         Ok(())
///     }
///
///     fn process_element(
///         &mut self,
///         _click: i64,
///         ctx: &Context<'_, i64>,
///         _out: &mut Collector<'_, i64>,
///     ) -> Result<()> {
///         let now = ctx.timestamp().unwrap_or(0);
///         self.last_seen.update(now)?;
///         ctx.register_event_time_timer(now + MINUTE)
///     }
///
///     fn on_timer(
///         &mut self,
///         timer: Timer,
///         ctx: &Context<'_, i64>,
///         out: &mut Collector<'_, i64>,
///     ) -> Result<()> {
///         // Of the many timers of a busy user only the last one still fits.
///         if self.last_seen.value()? == Some(timer.timestamp - MINUTE) {
///             out.collect(*ctx.key());
///         }
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no function of a keyed stream",
    label = "expected a `KeyedProcessFunction`",
    note = "a `ProcessFunction` has no key: call it before the `.key_by(..)`, or implement `KeyedProcessFunction`"
)]
pub trait KeyedProcessFunction: 'static {
    /// The type of the keys.
    type Key: Key;
    /// The type of the values.
    type In: Data;
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

    /// Works on one value. State is that of the value's key.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element(
        &mut self,
        value: View<'_, Self::In>,
        ctx: &Context<'_, Self::Key>,
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
        ctx: &Context<'_, Self::Key>,
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
