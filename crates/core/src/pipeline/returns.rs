//! [`Returns`]: closures return a value, or a `Result` of one.

use crate::error::{Error, Result};
use crate::types::Owned;

/// What a closure may return: a value that owns what it holds, or a `Result` of one.
///
/// A result that borrows from the record goes through a
/// [`Collector`](crate::function::Collector), or is returned by a function with a type of its own.
#[diagnostic::on_unimplemented(
    message = "a closure cannot return `{Self}`",
    label = "returned here",
    note = "a closure returns a value that owns what it holds, such as `i64`, `String`, a tuple of such \
            values or a struct with `#[derive(Row)]` and no lifetime; or a `Result` of one",
    note = "for results that borrow from the record, use `flat_map` and its collector"
)]
pub trait Returns {
    /// The type of the value.
    type Value: Owned;

    /// The value, or why there is none.
    ///
    /// # Errors
    /// The closure's.
    fn into_result(self) -> Result<Self::Value>;
}

impl<T: Owned> Returns for T {
    type Value = T;

    #[inline]
    fn into_result(self) -> Result<T> {
        Ok(self)
    }
}

impl<T: Owned, E: Into<Error>> Returns for Result<T, E> {
    type Value = T;

    #[inline]
    fn into_result(self) -> Result<T> {
        self.map_err(Into::into)
    }
}
