//! Many values become one, step by step.

use crate::error::Result;
use crate::types::{Data, Owned, View};

/// Turns any number of values into one result, by way of an accumulator: for windows, and for
/// [`AggregatingState`](crate::state).
///
/// Of a window only its accumulator is kept, however many values it has. Accumulators may be made
/// apart and merged, in any grouping: merging must be associative, and must not depend on which of the
/// values came first. As in Flink such a function has no `open` and no state of its own.
///
/// ```
/// use brookite_core::{Result, function::AggregateFunction};
///
/// #[derive(Default)]
/// struct Average;
///
/// impl AggregateFunction for Average {
///     type In = f64;
///     type Acc = (f64, i64);
///     type Out = f64;
///
///     fn create_accumulator(&self) -> (f64, i64) {
///         (0.0, 0)
///     }
///
///     fn add(&self, value: f64, (sum, count): &mut (f64, i64)) -> Result<()> {
///         *sum += value;
///         *count += 1;
///         Ok(())
///     }
///
///     fn merge(&self, (sum, count): &mut (f64, i64), other: (f64, i64)) -> Result<()> {
///         *sum += other.0;
///         *count += other.1;
///         Ok(())
///     }
///
///     fn get_result(&self, (sum, count): &(f64, i64)) -> Result<f64> {
///         Ok(sum / *count as f64)
///     }
/// }
///
/// let average = Average;
/// let mut accumulator = average.create_accumulator();
/// average.add(1.0, &mut accumulator)?;
/// average.merge(&mut accumulator, (9.0, 3))?;
/// assert_eq!(average.get_result(&accumulator)?, 2.5);
/// # Ok::<(), brookite_core::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no aggregate of windows",
    label = "expected an `AggregateFunction`",
    note = "a `ProcessWindowFunction` goes by `.process(..)`, a `ReduceFunction` by `.reduce_with(..)`"
)]
pub trait AggregateFunction: 'static {
    /// The type of the values.
    type In: Data;
    /// The type of the accumulators, which are what checkpoints have.
    type Acc: Owned;
    /// The type of the results.
    type Out: Data;

    /// An accumulator of no values.
    fn create_accumulator(&self) -> Self::Acc;

    /// Adds a value to an accumulator.
    ///
    /// # Errors
    /// Fails the stage.
    fn add(&self, value: View<'_, Self::In>, accumulator: &mut Self::Acc) -> Result<()>;

    /// Adds to an accumulator all that another one has.
    ///
    /// # Errors
    /// Fails the stage.
    fn merge(&self, accumulator: &mut Self::Acc, other: Self::Acc) -> Result<()>;

    /// The result of an accumulator, which may go on afterwards. It may borrow from the accumulator.
    ///
    /// # Errors
    /// Fails the stage.
    fn get_result<'a>(&'a self, accumulator: &'a Self::Acc) -> Result<View<'a, Self::Out>>;
}
