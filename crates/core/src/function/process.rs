//! Functions of keyed streams, with state.

use crate::error::Result;
use crate::function::{Collector, Context, OpenContext};
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
pub trait KeyedProcessFunction: 'static {
    /// The type of the keys.
    type Key: Key;
    /// The type of the values.
    type In: Data;
    /// The type of the results.
    type Out: Data;

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

    /// Called once at the end, also after a failure. There is no key then, and so no state.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
