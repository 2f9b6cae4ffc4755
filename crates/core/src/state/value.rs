//! The handle to one value for each key.

use std::fmt;

use crate::error::Result;
use crate::state::column::ValueColumn;
use crate::state::handle::{Access, Handle, bytes};
use crate::state::stored::Stored;
use crate::state::{StateChange, StateError, StateQuery};
use crate::types::Owned;

/// One value for each key, in Flink's managed keyed state.
///
/// Made in `open` by [`OpenContext::value_state`](crate::function::OpenContext::value_state); until
/// then (its `Default`) each use is an error. What is read and written is the value of the key of the
/// record at hand.
///
/// Each method fails when there is no key, when the backend fails, when what is stored is no `T`, and
/// when it is used in a closure that looks at the same state.
pub struct ValueState<T>(pub(crate) Handle<ValueColumn<T>, Stored<T>>);

impl<T: Owned> ValueState<T> {
    /// A copy of the value; `None` when the key has none.
    ///
    /// # Errors
    /// See [above](Self).
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
    /// See [above](Self).
    #[inline]
    pub fn with<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> Result<R> {
        match &self.0 {
            Handle::Cached(access, column) => column.with(access, look),
            Handle::Direct(access, stored) => Ok(look(read(access, stored)?.as_ref())),
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Replaces the value.
    ///
    /// # Errors
    /// See [above](Self); under a time to live also when the value has no representation.
    #[inline]
    pub fn update(&self, value: T) -> Result<()> {
        match &self.0 {
            Handle::Cached(access, column) => column.set(access, Some(value)),
            Handle::Direct(access, stored) => write(access, stored, Some(&value)),
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Lets `change` change the value in its place, which spares a large one to be copied. `None` is no
    /// value, before and after.
    ///
    /// ```
    /// # use brookite_core::{Result, state::ValueState};
    /// fn remember(readings: &ValueState<Vec<f64>>, reading: f64) -> Result<usize> {
    ///     readings.modify(|readings| {
    ///         let readings = readings.get_or_insert_default();
    ///         readings.push(reading);
    ///         readings.len()
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    /// See [above](Self); under a time to live also when the value has no representation.
    #[inline]
    pub fn modify<R>(&self, change: impl FnOnce(&mut Option<T>) -> R) -> Result<R> {
        match &self.0 {
            Handle::Cached(access, column) => column.modify(access, change),
            Handle::Direct(access, stored) => {
                let mut value = read(access, stored)?;
                let result = change(&mut value);
                write(access, stored, value.as_ref())?;
                Ok(result)
            }
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Removes the value.
    ///
    /// # Errors
    /// See [above](Self).
    #[inline]
    pub fn clear(&self) -> Result<()> {
        match &self.0 {
            Handle::Cached(access, column) => column.set(access, None),
            Handle::Direct(access, stored) => write(access, stored, None),
            Handle::Unopened => Err(unopened()),
        }
    }
}

fn read<T: Owned>(access: &Access, stored: &Stored<T>) -> Result<Option<T>> {
    let bytes = access.read(stored.name(), StateQuery::Value)?;
    bytes.map(|bytes| stored.decode(&bytes)).transpose()
}

fn write<T: Owned>(access: &Access, stored: &Stored<T>, value: Option<&T>) -> Result<()> {
    let Some(value) = value else {
        return access.write(stored.name(), StateChange::Clear);
    };
    let bytes = bytes(|out| stored.encode(value, out))?;
    access.write(stored.name(), StateChange::Update(&bytes))
}

#[cold]
fn unopened() -> crate::Error {
    StateError::NotOpened { open: "value_state" }.into()
}

impl<T> Default for ValueState<T> {
    fn default() -> Self {
        Self(Handle::Unopened)
    }
}

impl<T> fmt::Debug for ValueState<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ValueState").field(&self.0).finish()
    }
}
