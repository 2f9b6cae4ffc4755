//! The handle to one accumulator for each key to which values are added.

use std::fmt;

use crate::error::Result;
use crate::function::AggregateFunction;
use crate::state::{StateError, ValueState};
use crate::types::{Owned, View};

/// One accumulator for each key, to which an [`AggregateFunction`] adds values and from which it makes
/// the result.
///
/// Made in `open` by [`OpenContext::aggregating_state`](crate::function::OpenContext::aggregating_state).
/// Only the accumulator is stored.
///
/// ```
/// # use brookite_core::{Result, function::AggregateFunction, state::AggregatingState};
/// # struct Average;
/// # impl AggregateFunction for Average {
/// #     type In = f64;
/// #     type Acc = (f64, i64);
/// #     type Out = f64;
/// #     fn create_accumulator(&self) -> (f64, i64) { (0.0, 0) }
/// #     fn add(&self, value: f64, acc: &mut (f64, i64)) -> Result<()> {
/// #         acc.0 += value; acc.1 += 1; Ok(())
/// #     }
/// #     fn merge(&self, acc: &mut (f64, i64), other: (f64, i64)) -> Result<()> {
/// #         acc.0 += other.0; acc.1 += other.1; Ok(())
/// #     }
/// #     fn get_result(&self, acc: &(f64, i64)) -> Result<f64> { Ok(acc.0 / acc.1 as f64) }
/// # }
/// fn above_average(average: &AggregatingState<Average>, reading: f64) -> Result<bool> {
///     average.add(reading)?;
///     Ok(average.get()?.is_some_and(|average| reading > average))
/// }
/// ```
///
/// Each method fails when there is no key, when the backend fails, when what is stored is no
/// accumulator, when the function fails, and when it is used in a closure that looks at the same state.
pub struct AggregatingState<A: AggregateFunction>(Option<Opened<A>>);

struct Opened<A: AggregateFunction> {
    accumulator: ValueState<A::Acc>,
    function: A,
}

impl<A: AggregateFunction> AggregatingState<A> {
    pub(crate) fn opened(accumulator: ValueState<A::Acc>, function: A) -> Self {
        Self(Some(Opened { accumulator, function }))
    }

    fn inner(&self) -> Result<&Opened<A>, StateError> {
        self.0.as_ref().ok_or(StateError::NotOpened { open: "aggregating_state" })
    }

    /// The result of the values so far; `None` when the key has none.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn get(&self) -> Result<Option<A::Out>>
    where
        A::Out: Owned,
    {
        self.with(|result| result)
    }

    /// Shows the result of the values so far to `look`, without copying what it borrows.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn with<R>(&self, look: impl FnOnce(Option<View<'_, A::Out>>) -> R) -> Result<R> {
        let Opened { accumulator, function } = self.inner()?;
        accumulator.with(|accumulator| {
            let result = accumulator.map(|accumulator| function.get_result(accumulator));
            Ok(look(result.transpose()?))
        })?
    }

    /// Adds a value.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn add(&self, value: View<'_, A::In>) -> Result<()> {
        let Opened { accumulator, function } = self.inner()?;
        accumulator.modify(|accumulator| {
            let accumulator = accumulator.get_or_insert_with(|| function.create_accumulator());
            function.add(value, accumulator)
        })?
    }

    /// Removes the accumulator.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn clear(&self) -> Result<()> {
        self.inner()?.accumulator.clear()
    }
}

impl<A: AggregateFunction> Default for AggregatingState<A> {
    fn default() -> Self {
        Self(None)
    }
}

impl<A: AggregateFunction> fmt::Debug for AggregatingState<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accumulator = self.0.as_ref().map(|opened| &opened.accumulator);
        f.debug_struct("AggregatingState")
            .field("accumulator", &accumulator)
            .finish_non_exhaustive()
    }
}
