//! Functions of two streams without keys, with all that a context offers.

use crate::error::Result;
use crate::function::{Collector, OpenContext, PlainContext, SideOutputs};
use crate::types::{Data, View};

/// Works on the values of two connected streams that have no keys.
///
/// There is no keyed state and there are no timers: see
/// [`KeyedCoProcessFunction`](crate::function::KeyedCoProcessFunction) for these.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{CoProcessFunction, Collector, PlainContext};
///
/// /// Names each value's side and timestamp.
/// struct Sides;
///
/// impl CoProcessFunction for Sides {
///     type In1 = i64;
///     type In2 = &'static str;
///     type Out = (&'static str, i64);
///
///     fn process_element1(
///         &mut self,
///         _number: i64,
///         ctx: &PlainContext<'_>,
///         out: &mut Collector<'_, Self::Out>,
///     ) -> Result<()> {
///         out.collect(("number", ctx.timestamp().unwrap_or(-1)));
///         Ok(())
///     }
///
///     fn process_element2(
///         &mut self,
///         _text: &str,
///         ctx: &PlainContext<'_>,
///         out: &mut Collector<'_, Self::Out>,
///     ) -> Result<()> {
///         out.collect(("text", ctx.timestamp().unwrap_or(-1)));
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no function of two streams without keys",
    label = "expected a `CoProcessFunction`",
    note = "a `KeyedCoProcessFunction` works on two keyed streams: put a `.key_by(..)` before both"
)]
pub trait CoProcessFunction: 'static {
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

    /// Called once before the first value.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Works on one value of the first input.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element1(
        &mut self,
        value: View<'_, Self::In1>,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Works on one value of the second input.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element2(
        &mut self,
        value: View<'_, Self::In2>,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Called once at the end, also after a failure.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
