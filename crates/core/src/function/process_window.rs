//! Functions of all that a window holds.

use crate::error::Result;
use crate::function::{Collector, OpenContext, SideOutputs, WindowContext};
use crate::types::{Data, Key, View};

/// Turns what a window holds into any number of results.
///
/// Alone it is given all elements of the window, which are stored one by one until then. Behind an
/// [`AggregateFunction`](crate::function::AggregateFunction) or a
/// [`ReduceFunction`](crate::function::ReduceFunction) it is given their one result, and nothing else is
/// stored.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{Collector, ProcessWindowFunction, WindowContext};
///
/// /// The median of each window, with the window's end.
/// #[derive(Default)]
/// struct Median;
///
/// impl ProcessWindowFunction for Median {
///     type Key = &'static str;
///     type In = i64;
///     type Out = (&'static str, i64, i64);
///
///     fn process(
///         &mut self,
///         elements: &[i64],
///         ctx: &WindowContext<'_, &'static str>,
///         out: &mut Collector<'_, Self::Out>,
///     ) -> Result<()> {
///         let mut sorted = elements.to_vec();
///         sorted.sort_unstable();
///         if let Some(median) = sorted.get(sorted.len() / 2) {
///             out.collect((*ctx.key(), ctx.window().end(), *median));
///         }
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no function of windows",
    label = "expected a `ProcessWindowFunction`",
    note = "an `AggregateFunction` goes by `.aggregate(..)`, a `ReduceFunction` by `.reduce_with(..)`"
)]
pub trait ProcessWindowFunction: 'static {
    /// The type of the keys.
    type Key: Key;
    /// The type of the elements.
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

    /// Called once before the first window. State that is declared here is one for each key and window,
    /// Flink's `windowState`, and must be cleared in [`clear`](Self::clear).
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Called whenever a window tells its result, with what it holds in the order in which it came. It
    /// may hold nothing if empty panes are asked for.
    ///
    /// # Errors
    /// Fails the stage.
    fn process(
        &mut self,
        elements: &[View<'_, Self::In>],
        ctx: &WindowContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Called when a window is forgotten. State is that of the window, and this is the time to clear
    /// what the function keeps there. Windows that merge may not have such state.
    ///
    /// # Errors
    /// Fails the stage.
    fn clear(&mut self) -> Result<()> {
        Ok(())
    }

    /// Called once at the end, also after a failure. There is no key then, and so no state.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
