//! The handle to one value for each key.

use std::fmt;
use std::rc::Rc;

use crate::error::{Error, Result};
use crate::state::column::Column;
use crate::state::{KeyScope, StateError, StateId};
use crate::types::Owned;

/// One value for each key, in Flink's managed keyed state.
///
/// Made in `open` by [`OpenContext::value_state`](crate::function::OpenContext::value_state); until
/// then (its `Default`) each use is an error. What is read and written is the value of the key of the
/// record at hand.
pub struct ValueState<T>(Option<Opened<T>>);

struct Opened<T> {
    id: StateId,
    column: Rc<Column<T>>,
    scope: Rc<KeyScope>,
}

impl<T: Owned> ValueState<T> {
    pub(crate) fn opened(id: StateId, column: Rc<Column<T>>, scope: Rc<KeyScope>) -> Self {
        Self(Some(Opened { id, column, scope }))
    }

    #[inline]
    fn inner(&self) -> Result<&Opened<T>> {
        self.0.as_ref().ok_or_else(|| Error::from(StateError::NotOpened))
    }

    /// A copy of the value; `None` when the key has none.
    ///
    /// # Errors
    /// When there is no key, and when the backend fails.
    #[inline]
    pub fn value(&self) -> Result<Option<T>>
    where
        T: Clone,
    {
        self.with(|value| value.cloned())
    }

    /// Shows the value to `look` without copying it.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    #[inline]
    pub fn with<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> Result<R> {
        let Opened { id, column, scope } = self.inner()?;
        column.with(*id, scope, look)
    }

    /// Replaces the value.
    ///
    /// # Errors
    /// When there is no key.
    #[inline]
    pub fn update(&self, value: T) -> Result<()> {
        let Opened { column, scope, .. } = self.inner()?;
        column.set(scope, Some(value))
    }

    /// Removes the value.
    ///
    /// # Errors
    /// When there is no key.
    #[inline]
    pub fn clear(&self) -> Result<()> {
        let Opened { column, scope, .. } = self.inner()?;
        column.set(scope, None)
    }
}

impl<T> Default for ValueState<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for ValueState<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValueState").field("id", &self.0.as_ref().map(|state| state.id)).finish()
    }
}
