//! One result for each value.

use crate::error::Result;
use crate::function::OpenContext;
use crate::types::{Data, View};

/// Turns each value into one other.
///
/// ```
/// use brookite_core::{Result, function::MapFunction};
///
/// /// Upper case without an allocation for each value: the result borrows from the function.
/// #[derive(Default)]
/// struct Upper(String);
///
/// impl MapFunction for Upper {
///     type In = &'static str;
///     type Out = &'static str;
///
///     fn map<'a>(&'a mut self, value: &'a str) -> Result<&'a str> {
///         self.0.clear();
///         self.0.extend(value.chars().flat_map(char::to_uppercase));
///         Ok(&self.0)
///     }
/// }
///
/// assert_eq!(Upper::default().map("straße")?, "STRASSE");
/// # Ok::<(), brookite_core::Error>(())
/// ```
pub trait MapFunction: 'static {
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

    /// Maps one value. The result may borrow from the value and from the function.
    ///
    /// # Errors
    /// Fails the stage.
    fn map<'a>(&'a mut self, value: View<'a, Self::In>) -> Result<View<'a, Self::Out>>;

    /// Called once at the end, also after a failure.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
