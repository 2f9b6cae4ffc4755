//! Keeps some values.

use crate::error::Result;
use crate::function::OpenContext;
use crate::types::{Data, View};

/// Keeps the values for which it says so.
///
/// ```
/// use brookite_core::{Result, function::FilterFunction};
///
/// struct NotEmpty;
///
/// impl FilterFunction for NotEmpty {
///     type In = &'static str;
///
///     fn filter(&mut self, line: &&str) -> Result<bool> {
///         Ok(!line.is_empty())
///     }
/// }
/// ```
pub trait FilterFunction: 'static {
    /// The type of the values.
    type In: Data;

    /// Called once before the first value.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Whether to keep the value.
    ///
    /// # Errors
    /// Fails the stage.
    fn filter(&mut self, value: &View<'_, Self::In>) -> Result<bool>;

    /// Called once at the end, also after a failure.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
