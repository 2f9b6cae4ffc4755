//! Two values become one, again and again.

use crate::error::Result;
use crate::types::Owned;

/// Makes one value of two of the same type: for windows, and for [`ReducingState`](crate::state).
///
/// It must be associative: values are reduced in any grouping. As in Flink such a function has no
/// `open` and no state of its own.
///
/// ```
/// use brookite_core::{Result, function::ReduceFunction};
///
/// /// The highest reading of each sensor.
/// #[derive(Default)]
/// struct Highest;
///
/// impl ReduceFunction for Highest {
///     type T = (String, f64);
///
///     fn reduce(&self, one: Self::T, other: Self::T) -> Result<Self::T> {
///         Ok(if other.1 > one.1 { other } else { one })
///     }
/// }
/// ```
pub trait ReduceFunction: 'static {
    /// The type of the values and of the result.
    type T: Owned;

    /// Makes one value of two; `one` is what came before.
    ///
    /// # Errors
    /// Fails the stage.
    fn reduce(&self, one: Self::T, other: Self::T) -> Result<Self::T>;
}
