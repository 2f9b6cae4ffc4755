//! A map that is the same in all subtasks.

use std::borrow::Borrow;
use std::cell::{Ref, RefCell, RefMut};
use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;
use std::rc::Rc;

use crate::coder::EncodeError;
use crate::error::Result;
use crate::state::handle::in_use;
use crate::state::operator::OperatorState;
use crate::state::pairs::{HashMap, Pairs};
use crate::state::{StateChange, StateError};
use crate::types::Owned;

/// A map that a broadcast stream fills, the same in all subtasks, in Flink's broadcast state.
///
/// Made in `open` by [`OpenContext::broadcast_state`](crate::function::OpenContext::broadcast_state).
/// The handle alone can do nothing: for a record of the broadcast stream, which all subtasks see, the
/// context makes a [`BroadcastState`] of it, which can be changed; for a record of the other stream,
/// which one subtask sees, a [`ReadOnlyBroadcastState`]. So subtasks cannot come to differ.
pub struct BroadcastHandle<K, V>(Option<Rc<Map<K, V>>>);

/// A broadcast state that can be changed: it is only there for a record of the broadcast stream.
///
/// What is done to it must depend on the record alone, and not on the subtask.
///
/// Each method fails when the state was not opened, and when it is used in a closure that looks at it.
pub struct BroadcastState<'a, K, V>(ReadOnlyBroadcastState<'a, K, V>);

/// A broadcast state that can be looked at.
///
/// Entries have no order, but the same one whenever a map is filled in the same way.
///
/// Each method fails when the state was not opened, and when it is used in a closure that looks at it.
pub struct ReadOnlyBroadcastState<'a, K, V>(Option<&'a Map<K, V>>);

pub(crate) struct Map<K, V> {
    stored: Pairs<K, V>,
    entries: RefCell<Entries<K, V>>,
}

struct Entries<K, V> {
    all: HashMap<K, V>,
    /// Whether what was stored goes first.
    cleared: bool,
    /// Keys for which there is another value, or none any more.
    changed: HashSet<K, foldhash::fast::FixedState>,
}

impl<K: Owned + Hash + Eq + Clone, V: Owned> Map<K, V> {
    pub(crate) fn new(stored: Pairs<K, V>, all: Vec<(K, V)>) -> Self {
        let all = all.into_iter().collect();
        let entries = Entries { all, cleared: false, changed: HashSet::default() };
        Self { stored, entries: RefCell::new(entries) }
    }

    fn look(&self) -> Result<Ref<'_, Entries<K, V>>, StateError> {
        self.entries.try_borrow().map_err(|_| in_use(self.stored.name()))
    }

    fn change(&self) -> Result<RefMut<'_, Entries<K, V>>, StateError> {
        self.entries.try_borrow_mut().map_err(|_| in_use(self.stored.name()))
    }
}

impl<K: Owned + Hash + Eq + Clone, V: Owned> BroadcastHandle<K, V> {
    pub(crate) fn opened(map: Rc<Map<K, V>>) -> Self {
        Self(Some(map))
    }

    /// What contexts for records of the broadcast stream give.
    #[doc(hidden)]
    pub fn read_write(&self) -> BroadcastState<'_, K, V> {
        BroadcastState(self.read_only())
    }

    /// What contexts for records of the other stream give.
    #[doc(hidden)]
    pub fn read_only(&self) -> ReadOnlyBroadcastState<'_, K, V> {
        ReadOnlyBroadcastState(self.0.as_deref())
    }
}

impl<K: Owned + Hash + Eq + Clone, V: Owned> ReadOnlyBroadcastState<'_, K, V> {
    fn map(&self) -> Result<&Map<K, V>, StateError> {
        self.0.ok_or(StateError::NotOpened { open: "broadcast_state" })
    }

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
        Ok(look(self.map()?.look()?.all.get(key)))
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

    /// Shows all entries to `look` without copying them.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn with_all<R>(
        &self,
        look: impl FnOnce(&mut dyn Iterator<Item = (&K, &V)>) -> R,
    ) -> Result<R> {
        Ok(look(&mut self.map()?.look()?.all.iter()))
    }

    /// A copy of all entries.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn entries(&self) -> Result<Vec<(K, V)>>
    where
        V: Clone,
    {
        self.with_all(|all| all.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    /// Whether there are no entries.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.map()?.look()?.all.is_empty())
    }
}

impl<'a, K: Owned + Hash + Eq + Clone, V: Owned> BroadcastState<'a, K, V> {
    /// Puts a value in place of what is there for `key`.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn put(&self, key: K, value: V) -> Result<()> {
        let entries = &mut *self.map()?.change()?;
        entries.changed.insert(key.clone());
        entries.all.insert(key, value);
        Ok(())
    }

    /// Puts many values.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn put_all(&self, entries: impl IntoIterator<Item = (K, V)>) -> Result<()> {
        entries.into_iter().try_for_each(|(key, value)| self.put(key, value))
    }

    /// Removes what is there for `key`.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn remove<Q>(&self, key: &Q) -> Result<()>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let entries = &mut *self.map()?.change()?;
        if let Some((key, _)) = entries.all.remove_entry(key) {
            entries.changed.insert(key);
        }
        Ok(())
    }

    /// Removes all entries.
    ///
    /// # Errors
    /// See [above](Self).
    pub fn clear(&self) -> Result<()> {
        let entries = &mut *self.map()?.change()?;
        entries.cleared = true;
        entries.changed.clear();
        entries.all.clear();
        Ok(())
    }
}

/// What can be looked at can be looked at here, too.
impl<'a, K, V> std::ops::Deref for BroadcastState<'a, K, V> {
    type Target = ReadOnlyBroadcastState<'a, K, V>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<K: Owned + Hash + Eq + Clone, V: Owned> OperatorState for Map<K, V> {
    fn take_changes(
        &self,
        scratch: &mut Vec<u8>,
        tell: &mut dyn FnMut(StateChange<'_>),
    ) -> Result<(), EncodeError> {
        let entries = &mut *self.entries.borrow_mut();
        if std::mem::take(&mut entries.cleared) {
            tell(StateChange::Clear);
        }
        for key in entries.changed.drain() {
            scratch.clear();
            self.stored.encode_key(&key, scratch)?;
            let length = scratch.len();
            let Some(value) = entries.all.get(&key) else {
                tell(StateChange::RemoveEntry(scratch));
                continue;
            };
            self.stored.encode_value(value, scratch)?;
            let (key, value) = scratch.split_at(length);
            tell(StateChange::PutEntry { key, value });
        }
        Ok(())
    }
}

impl<K, V> Default for BroadcastHandle<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K, V> fmt::Debug for BroadcastHandle<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BroadcastHandle").field("opened", &self.0.is_some()).finish()
    }
}

impl<K, V> fmt::Debug for ReadOnlyBroadcastState<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadOnlyBroadcastState").field("opened", &self.0.is_some()).finish()
    }
}

impl<K, V> fmt::Debug for BroadcastState<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BroadcastState").field("opened", &self.0.0.is_some()).finish()
    }
}
