//! Any number of results for each value.

use crate::error::Result;
use crate::function::{Collector, OpenContext};
use crate::types::{Data, View};

/// Turns each value into any number of others.
///
/// ```
/// use brookite_core::{Result, function::{Collector, FlatMapFunction}};
///
/// struct Words;
///
/// impl FlatMapFunction for Words {
///     type In = &'static str;
///     type Out = &'static str;
///
///     fn flat_map(&mut self, line: &str, out: &mut Collector<'_, &'static str>) -> Result<()> {
///         line.split_whitespace().for_each(|word| out.collect(word));
///         Ok(())
///     }
/// }
/// ```
pub trait FlatMapFunction: 'static {
    /// The type of the values.
    type In: Data;
    /// The type of the results.
    type Out: Data;

    /// Called once before the first value.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Maps one value to any number of results.
    ///
    /// # Errors
    /// Fails the stage.
    fn flat_map(
        &mut self,
        value: View<'_, Self::In>,
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
