//! Functions of two streams with the same keys, with shared state.

use crate::error::Result;
use crate::function::timer::no_on_timer;
use crate::function::{Collector, Context, OpenContext, SideOutputs, Timer};
use crate::types::{Data, Key, View};

/// Works on the values of two connected streams that are keyed alike: both see the same state and
/// timers of the key.
///
/// ```
/// use brookite_core::function::{Collector, Context, KeyedCoProcessFunction, OpenContext};
/// use brookite_core::{Result, state::ValueState};
///
/// /// Lets the values of a key pass once the second stream has said so.
/// #[derive(Default)]
/// struct Gate {
///     open: ValueState<bool>,
/// }
///
/// impl KeyedCoProcessFunction for Gate {
///     type Key = i64;
///     type In1 = &'static str;
///     type In2 = bool;
///     type Out = &'static str;
///
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.open = ctx.value_state("open")?;
///         Ok(())
///     }
///
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
///
///     fn process_element2(
///         &mut self,
///         open: bool,
///         _ctx: &Context<'_, i64>,
///         _out: &mut Collector<'_, &'static str>,
///     ) -> Result<()> {
///         self.open.update(open)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no function of two keyed streams",
    label = "expected a `KeyedCoProcessFunction`",
    note = "a `CoProcessFunction` has no key: connect the streams before their `.key_by(..)`"
)]
pub trait KeyedCoProcessFunction: 'static {
    /// The type of the keys.
    type Key: Key;
    /// The type of the first input's values.
    type In1: Data;
    /// The type of the second input's values.
    type In2: Data;
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

    /// Works on one value of the first input. State is that of the value's key.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element1(
        &mut self,
        value: View<'_, Self::In1>,
        ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Works on one value of the second input. State is that of the value's key.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element2(
        &mut self,
        value: View<'_, Self::In2>,
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
