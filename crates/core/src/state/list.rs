//! The handle to a list for each key.

use std::fmt;

use crate::error::Result;
use crate::state::column::{ListColumn, read_list, write_list};
use crate::state::handle::{Access, Handle, bytes};
use crate::state::stored::Stored;
use crate::state::{StateChange, StateError, StateQuery};
use crate::types::Owned;

/// A list for each key, in Flink's managed keyed state.
///
/// Made in `open` by [`OpenContext::list_state`](crate::function::OpenContext::list_state). To add an
/// element the list is not read; who only adds, and reads now and then, pays for the elements alone.
///
/// ```
/// # use brookite_core::{Result, state::ListState};
/// fn keep_until_complete(parts: &ListState<String>, part: String) -> Result<Option<String>> {
///     let last = part.ends_with('.');
///     parts.add(part)?;
///     Ok(if last { Some(parts.take()?.concat()) } else { None })
/// }
/// ```
///
/// Each method fails when there is no key, when the backend fails, when what is stored are no `T`s, and
/// when it is used in a closure that looks at the same state.
pub struct ListState<T>(pub(crate) Handle<ListColumn<T>, Stored<T>>);

impl<T: Owned> ListState<T> {
    /// A copy of all elements, in the order in which they were added; none when the key has no list.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn get(&self) -> Result<Vec<T>>
    where
        T: Clone,
    {
        self.with(<[T]>::to_vec)
    }

    /// Shows all elements to `look` without copying them.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn with<R>(&self, look: impl FnOnce(&[T]) -> R) -> Result<R> {
        match &self.0 {
            Handle::Cached(access, column) => column.with(access, look),
            Handle::Direct(access, stored) => Ok(look(&read(access, stored)?)),
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Appends an element.
    ///
    /// # Errors
    /// See [above](Self); under a time to live also when the element has no representation.
    #[inline]
    pub fn add(&self, element: T) -> Result<()> {
        match &self.0 {
            Handle::Cached(access, column) => column.add(access, element),
            Handle::Direct(access, stored) => {
                let bytes = bytes(|out| stored.encode(&element, out))?;
                access.write(stored.name(), StateChange::Append(&bytes))
            }
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Appends elements, one after the other.
    ///
    /// # Errors
    /// Those of [`add`](Self::add).
    pub fn add_all(&self, elements: impl IntoIterator<Item = T>) -> Result<()> {
        elements.into_iter().try_for_each(|element| self.add(element))
    }

    /// Replaces all elements.
    ///
    /// # Errors
    /// Those of [`add`](Self::add).
    pub fn update(&self, elements: Vec<T>) -> Result<()> {
        match &self.0 {
            Handle::Cached(access, column) => column.set(access, elements),
            Handle::Direct(access, stored) => write(access, stored, &elements),
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Takes all elements out without copying them; the key has no list from then on.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn take(&self) -> Result<Vec<T>> {
        match &self.0 {
            Handle::Cached(access, column) => column.take(access),
            Handle::Direct(access, stored) => {
                let elements = read(access, stored)?;
                write(access, stored, &[])?;
                Ok(elements)
            }
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Removes all elements.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn clear(&self) -> Result<()> {
        self.update(Vec::new())
    }
}

fn read<T: Owned>(access: &Access, stored: &Stored<T>) -> Result<Vec<T>> {
    let bytes = access.read(stored.name(), StateQuery::List)?;
    read_list(stored, &bytes.unwrap_or_default())
}

fn write<T: Owned>(access: &Access, stored: &Stored<T>, elements: &[T]) -> Result<()> {
    if elements.is_empty() {
        return access.write(stored.name(), StateChange::Clear);
    }
    let bytes = bytes(|out| write_list(stored, elements, out))?;
    access.write(stored.name(), StateChange::Update(&bytes))
}

#[cold]
fn unopened() -> crate::Error {
    StateError::NotOpened { open: "list_state" }.into()
}

impl<T> Default for ListState<T> {
    fn default() -> Self {
        Self(Handle::Unopened)
    }
}

impl<T> fmt::Debug for ListState<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ListState").field(&self.0).finish()
    }
}
