//! Any number of results for each value of two streams.

use crate::error::Result;
use crate::function::{Collector, OpenContext};
use crate::types::{Data, View};

/// Turns each value of two connected streams into any number of results. When both are keyed, it may
/// have keyed state that both sides share.
///
/// ```
/// use brookite_core::{Result, function::{CoFlatMapFunction, Collector}};
///
/// struct Words;
///
/// impl CoFlatMapFunction for Words {
///     type In1 = &'static str;
///     type In2 = i64;
///     type Out = String;
///
///     fn flat_map1(&mut self, line: &str, out: &mut Collector<'_, String>) -> Result<()> {
///         line.split_whitespace().for_each(|word| out.collect(word.to_owned()));
///         Ok(())
///     }
///
///     fn flat_map2(&mut self, number: i64, out: &mut Collector<'_, String>) -> Result<()> {
///         out.collect(number.to_string());
///         Ok(())
///     }
/// }
/// ```
pub trait CoFlatMapFunction: 'static {
    /// The type of the first input's values.
    type In1: Data;
    /// The type of the second input's values.
    type In2: Data;
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

    /// Maps one value of the first input to any number of results.
    ///
    /// # Errors
    /// Fails the stage.
    fn flat_map1(
        &mut self,
        value: View<'_, Self::In1>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Maps one value of the second input to any number of results.
    ///
    /// # Errors
    /// Fails the stage.
    fn flat_map2(
        &mut self,
        value: View<'_, Self::In2>,
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
