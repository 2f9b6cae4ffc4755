//! Functions of streams without keys, with all that a context offers.

use crate::error::Result;
use crate::function::{Collector, OpenContext, PlainContext, SideOutputs};
use crate::types::{Data, View};

/// Turns each value into any number of results, and sees timestamp, watermark and side outputs.
///
/// There are no keys here, and so no timers and no keyed state: see
/// [`KeyedProcessFunction`](crate::function::KeyedProcessFunction) for these.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{
///     Collector, OutputTag, PlainContext, ProcessFunction, SideOutputs,
/// };
///
/// /// Text that is no number.
/// const REJECTED: OutputTag<&str> = OutputTag::new("rejected");
///
/// struct Parse;
///
/// impl ProcessFunction for Parse {
///     type In = &'static str;
///     type Out = i64;
///
///     fn side_outputs() -> SideOutputs {
///         SideOutputs::of(&REJECTED)
///     }
///
///     fn process_element(
///         &mut self,
///         text: &str,
///         ctx: &PlainContext<'_>,
///         out: &mut Collector<'_, i64>,
///     ) -> Result<()> {
///         match text.parse() {
///             Ok(number) => out.collect(number),
///             Err(_) => ctx.side_output(&REJECTED, text)?,
///         }
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no function of a stream without keys",
    label = "expected a `ProcessFunction`",
    note = "a `KeyedProcessFunction` has state and timers of a key: put a `.key_by(..)` before it"
)]
pub trait ProcessFunction: 'static {
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

    /// Called once before the first value.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Works on one value.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element(
        &mut self,
        value: View<'_, Self::In>,
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
