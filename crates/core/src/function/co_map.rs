//! One result for each value of two streams.

use crate::error::Result;
use crate::function::OpenContext;
use crate::types::{Data, View};

/// Turns each value of two connected streams into one result. When both are keyed, it may have keyed
/// state that both sides share.
///
/// ```
/// use brookite_core::{Result, function::CoMapFunction};
///
/// struct ToText;
///
/// impl CoMapFunction for ToText {
///     type In1 = i64;
///     type In2 = bool;
///     type Out = String;
///
///     fn map1(&mut self, number: i64) -> Result<String> {
///         Ok(number.to_string())
///     }
///
///     fn map2(&mut self, flag: bool) -> Result<String> {
///         Ok(flag.to_string())
///     }
/// }
/// ```
pub trait CoMapFunction: 'static {
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

    /// Maps one value of the first input. The result may borrow from the value and from the function.
    ///
    /// # Errors
    /// Fails the stage.
    fn map1<'a>(&'a mut self, value: View<'a, Self::In1>) -> Result<View<'a, Self::Out>>;

    /// Maps one value of the second input. The result may borrow from the value and from the function.
    ///
    /// # Errors
    /// Fails the stage.
    fn map2<'a>(&'a mut self, value: View<'a, Self::In2>) -> Result<View<'a, Self::Out>>;

    /// Called once at the end, also after a failure.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
