//! Functions of a stream without keys and a broadcast stream.

use crate::error::Result;
use crate::function::{
    BroadcastContext, Collector, OpenContext, ReadOnlyPlainContext, SideOutputs,
};
use crate::types::{Data, View};

/// Works on the values of a stream with what a broadcast stream has told all subtasks.
///
/// ```
/// use brookite_core::function::{
///     BroadcastContext, BroadcastProcessFunction, Collector, OpenContext, ReadOnlyPlainContext,
/// };
/// use brookite_core::{Result, state::BroadcastHandle};
///
/// /// Lets words pass that were not forbidden.
/// #[derive(Default)]
/// struct Censor {
///     forbidden: BroadcastHandle<String, bool>,
/// }
///
/// impl BroadcastProcessFunction for Censor {
///     type In = &'static str;
///     type Broadcast = &'static str;
///     type Out = &'static str;
///
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.forbidden = ctx.broadcast_state("forbidden")?;
///         Ok(())
///     }
///
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
///
///     fn process_broadcast_element(
///         &mut self,
///         word: &str,
///         ctx: &BroadcastContext<'_>,
///         _out: &mut Collector<'_, &'static str>,
///     ) -> Result<()> {
///         ctx.broadcast_state(&self.forbidden).put(word.to_owned(), true)
///     }
/// }
/// ```
pub trait BroadcastProcessFunction: 'static {
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

    /// Works on one value. Broadcast state can be looked at.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element(
        &mut self,
        value: View<'_, Self::In>,
        ctx: &ReadOnlyPlainContext<'_>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Works on one value of the broadcast stream, in every subtask. Broadcast state can be changed.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_broadcast_element(
        &mut self,
        value: View<'_, Self::Broadcast>,
        ctx: &BroadcastContext<'_>,
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
