//! The handle to a map for each key.

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;

use crate::error::Result;
use crate::state::column::MapColumn;
use crate::state::handle::{Access, Handle, bytes};
use crate::state::pairs::Pairs;
use crate::state::{StateChange, StateError};
use crate::types::Owned;

/// A map for each key, in Flink's managed keyed state.
///
/// Made in `open` by [`OpenContext::map_state`](crate::function::OpenContext::map_state). Entries are
/// read and written one by one, so that a map may be far larger than what is used of it. To see all of
/// them, by [`with_all`](Self::with_all) and what is named after it, all are read into memory.
///
/// A key may be given as what it looks like borrowed: to a `MapState<String, i64>`, as a `str`.
///
/// ```
/// # use brookite_core::{Result, state::MapState};
/// fn count(visits: &MapState<String, i64>, page: &str) -> Result<i64> {
///     let visits_so_far = visits.get(page)?.unwrap_or(0) + 1;
///     visits.put(page.to_owned(), visits_so_far)?;
///     Ok(visits_so_far)
/// }
/// ```
///
/// Entries have no order, but the same one whenever a map is filled in the same way.
///
/// Each method fails when there is no key, when the backend fails, when what is stored is no `K` or no
/// `V`, and when it is used in a closure that looks at the same state.
pub struct MapState<K, V>(pub(crate) Handle<MapColumn<K, V>, Pairs<K, V>>);

impl<K: Owned + Hash + Eq, V: Owned> MapState<K, V> {
    /// A copy of the value for `key`; `None` when there is none.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn get<Q>(&self, key: &Q) -> Result<Option<V>>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
        V: Clone,
    {
        self.with(key, |value| value.cloned())
    }

    /// Shows the value for `key` to `look` without copying it.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn with<Q, R>(&self, key: &Q, look: impl FnOnce(Option<&V>) -> R) -> Result<R>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        match &self.0 {
            Handle::Cached(access, column) => column.with(access, key, look),
            Handle::Direct(access, stored) => {
                Ok(look(stored.entry(access, &key.to_owned())?.as_ref()))
            }
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Whether there is a value for `key`.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn contains<Q>(&self, key: &Q) -> Result<bool>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        self.with(key, |value| value.is_some())
    }

    /// Puts a value in place of what is there for `key`.
    ///
    /// # Errors
    /// See [above](Self); under a time to live also when key or value have no representation.
    pub fn put(&self, key: K, value: V) -> Result<()> {
        match &self.0 {
            Handle::Cached(access, column) => column.put(access, key, value),
            Handle::Direct(access, stored) => write(access, stored, &key, Some(&value)),
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Puts many values.
    ///
    /// # Errors
    /// Those of [`put`](Self::put).
    pub fn put_all(&self, entries: impl IntoIterator<Item = (K, V)>) -> Result<()> {
        entries.into_iter().try_for_each(|(key, value)| self.put(key, value))
    }

    /// Lets `change` change the value for `key` in its place. `None` is no value, before and after.
    ///
    /// ```
    /// # use brookite_core::{Result, state::MapState};
    /// fn count(visits: &MapState<String, i64>, page: String) -> Result<()> {
    ///     visits.modify(page, |visits| *visits.get_or_insert(0) += 1)
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of [`put`](Self::put).
    pub fn modify<R>(&self, key: K, change: impl FnOnce(&mut Option<V>) -> R) -> Result<R>
    where
        K: Clone,
    {
        match &self.0 {
            Handle::Cached(access, column) => column.modify(access, key, change),
            Handle::Direct(access, stored) => {
                let mut value = stored.entry(access, &key)?;
                let result = change(&mut value);
                write(access, stored, &key, value.as_ref())?;
                Ok(result)
            }
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Removes what is there for `key`, without reading it.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn remove<Q>(&self, key: &Q) -> Result<()>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        match &self.0 {
            Handle::Cached(access, column) => column.remove(access, key),
            Handle::Direct(access, stored) => write(access, stored, &key.to_owned(), None),
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Shows all entries to `look` without copying them.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn with_all<R>(
        &self,
        look: impl FnOnce(&mut dyn Iterator<Item = (&K, &V)>) -> R,
    ) -> Result<R> {
        match &self.0 {
            Handle::Cached(access, column) => column.with_all(access, look),
            Handle::Direct(access, stored) => {
                let entries = stored.entries(access)?;
                Ok(look(&mut entries.iter().map(|(key, value)| (key, value))))
            }
            Handle::Unopened => Err(unopened()),
        }
    }

    /// A copy of all entries.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn entries(&self) -> Result<Vec<(K, V)>>
    where
        K: Clone,
        V: Clone,
    {
        self.with_all(|all| all.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    /// A copy of all keys.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn keys(&self) -> Result<Vec<K>>
    where
        K: Clone,
    {
        self.with_all(|all| all.map(|(key, _)| key.clone()).collect())
    }

    /// A copy of all values.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn values(&self) -> Result<Vec<V>>
    where
        V: Clone,
    {
        self.with_all(|all| all.map(|(_, value)| value.clone()).collect())
    }

    /// Whether there are no entries.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn is_empty(&self) -> Result<bool> {
        self.with_all(|all| all.next().is_none())
    }

    /// Removes the entries that `keep` does not want: what removing in an iteration is in Java.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn retain(&self, mut keep: impl FnMut(&K, &V) -> bool) -> Result<()> {
        match &self.0 {
            Handle::Cached(access, column) => column.retain(access, keep),
            Handle::Direct(access, stored) => stored
                .entries(access)?
                .iter()
                .filter(|(key, value)| !keep(key, value))
                .try_for_each(|(key, _)| write(access, stored, key, None)),
            Handle::Unopened => Err(unopened()),
        }
    }

    /// Removes all entries, without reading them.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn clear(&self) -> Result<()> {
        match &self.0 {
            Handle::Cached(access, column) => column.clear(access),
            Handle::Direct(access, stored) => access.write(stored.name(), StateChange::Clear),
            Handle::Unopened => Err(unopened()),
        }
    }
}

fn write<K: Owned + Hash + Eq, V: Owned>(
    access: &Access,
    stored: &Pairs<K, V>,
    key: &K,
    value: Option<&V>,
) -> Result<()> {
    let key = bytes(|out| stored.encode_key(key, out))?;
    let Some(value) = value else {
        return access.write(stored.name(), StateChange::RemoveEntry(&key));
    };
    let value = bytes(|out| stored.encode_value(value, out))?;
    access.write(stored.name(), StateChange::PutEntry { key: &key, value: &value })
}

#[cold]
fn unopened() -> crate::Error {
    StateError::NotOpened { open: "map_state" }.into()
}

impl<K, V> Default for MapState<K, V> {
    fn default() -> Self {
        Self(Handle::Unopened)
    }
}

impl<K, V> fmt::Debug for MapState<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MapState").field(&self.0).finish()
    }
}
