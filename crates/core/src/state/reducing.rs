//! The handle to one value for each key into which others are reduced.

use std::fmt;

use crate::error::Result;
use crate::state::{StateError, ValueState};
use crate::types::Owned;

/// One value for each key into which every value that is added is reduced.
///
/// Made in `open` by [`OpenContext::reducing_state`](crate::function::OpenContext::reducing_state) from
/// a closure, or by [`reducing_state_with`](crate::function::OpenContext::reducing_state_with) from a
/// [`ReduceFunction`](crate::function::ReduceFunction). Only the value is stored.
///
/// ```
/// # use brookite_core::{Result, function::OpenContext, state::ReducingState};
/// struct Peak {
///     highest: ReducingState<f64>,
/// }
///
/// impl Peak {
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.highest = ctx.reducing_state("highest", f64::max)?;
///         Ok(())
///     }
///
///     fn is_new_peak(&self, reading: f64) -> Result<bool> {
///         self.highest.add(reading)?;
///         Ok(self.highest.get()? == Some(reading))
///     }
/// }
/// ```
///
/// Each method fails when there is no key, when the backend fails, when what is stored is no `T`, and
/// when it is used in a closure that looks at the same state.
pub struct ReducingState<T>(Option<Opened<T>>);

/// Makes one value of two.
type Reduce<T> = dyn Fn(T, T) -> Result<T>;

struct Opened<T> {
    value: ValueState<T>,
    reduce: Box<Reduce<T>>,
}

impl<T: Owned> ReducingState<T> {
    pub(crate) fn opened(value: ValueState<T>, reduce: Box<Reduce<T>>) -> Self {
        Self(Some(Opened { value, reduce }))
    }

    fn inner(&self) -> Result<&Opened<T>, StateError> {
        self.0.as_ref().ok_or(StateError::NotOpened { open: "reducing_state" })
    }

    /// A copy of what the values so far were reduced to; `None` when the key has none.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn get(&self) -> Result<Option<T>>
    where
        T: Clone,
    {
        self.inner()?.value.value()
    }

    /// Shows what the values so far were reduced to, without copying it.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn with<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> Result<R> {
        self.inner()?.value.with(look)
    }

    /// Reduces a value into what is there; the first stays as it is.
    ///
    /// # Errors
    /// See [above](Self), and when the function that reduces fails.
    pub fn add(&self, value: T) -> Result<()> {
        let Opened { value: state, reduce } = self.inner()?;
        state.modify(|reduced| {
            *reduced = Some(match reduced.take() {
                Some(before) => reduce(before, value)?,
                None => value,
            });
            Ok(())
        })?
    }

    /// Removes the value.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn clear(&self) -> Result<()> {
        self.inner()?.value.clear()
    }
}

impl<T> Default for ReducingState<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for ReducingState<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0.as_ref().map(|opened| &opened.value);
        f.debug_struct("ReducingState").field("value", &value).finish_non_exhaustive()
    }
}
