//! The slots of a state of a map for each key.
//!
//! Entries are read one by one, when they are asked for, and absence is remembered of each. Only who
//! wants all entries has the rest read, once: from then on what is not in the slot is nowhere.

use std::borrow::Borrow;
use std::cell::{Ref, RefCell, RefMut};
use std::hash::Hash;

use crate::coder::EncodeError;
use crate::error::Result;
use crate::state::column::{Known, StateColumn, resized};
use crate::state::handle::{Access, in_use};
use crate::state::pairs::{HashMap, Pairs};
use crate::state::weight::{Scale, Weight};
use crate::state::{StateChange, StateError};
use crate::types::Owned;

/// The slots of a state whose maps are from `K` to `V`.
pub(crate) struct MapColumn<K, V> {
    stored: Pairs<K, V>,
    weight: Weight,
    keys: Scale<K>,
    values: Scale<V>,
    slots: RefCell<Vec<Slot<K, V>>>,
}

struct Slot<K, V> {
    /// What is known of each key: the value, and what both take.
    entries: HashMap<K, (Known<V>, usize)>,
    /// Whether the backend has no entries but these.
    complete: bool,
    /// Whether the backend's entries go first.
    cleared: bool,
    /// Whether any entry is to be written back.
    changed: bool,
    /// What the entries take.
    weight: usize,
}

impl<K, V> Default for Slot<K, V> {
    fn default() -> Self {
        let (complete, cleared, changed) = (false, false, false);
        Self { entries: HashMap::default(), complete, cleared, changed, weight: 0 }
    }
}

impl<K: Owned + Hash + Eq, V: Owned> MapColumn<K, V> {
    pub(crate) fn new(stored: Pairs<K, V>, weight: Weight) -> Self {
        let slots = RefCell::default();
        Self { stored, weight, keys: Scale::new(), values: Scale::new(), slots }
    }

    /// Shows the value for `key` to `look`.
    pub(crate) fn with<Q, R>(
        &self,
        access: &Access,
        key: &Q,
        look: impl FnOnce(Option<&V>) -> R,
    ) -> Result<R>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let index = access.slot(self.stored.name())?;
        {
            let slot = &self.slots()?[index];
            match slot.entries.get(key) {
                Some((known, _)) => return Ok(look(known.value())),
                None if slot.complete => return Ok(look(None)),
                None => {}
            }
        }
        self.load(index, access, key.to_owned())?;
        let slot = &self.slots()?[index];
        Ok(look(slot.entries.get(key).and_then(|(known, _)| known.value())))
    }

    /// Shows all entries to `look`.
    pub(crate) fn with_all<R>(
        &self,
        access: &Access,
        look: impl FnOnce(&mut dyn Iterator<Item = (&K, &V)>) -> R,
    ) -> Result<R> {
        let index = self.complete(access)?;
        let slot = &self.slots()?[index];
        let mut there =
            slot.entries.iter().filter_map(|(key, (known, _))| Some((key, known.value()?)));
        Ok(look(&mut there))
    }

    /// Puts a value in place of what is there for `key`.
    pub(crate) fn put(&self, access: &Access, key: K, value: V) -> Result<()> {
        let index = access.slot(self.stored.name())?;
        let slot = &mut self.slots_mut()?[index];
        self.insert(slot, key, Known::Dirty(value));
        Ok(())
    }

    /// Lets `change` change the value for `key`.
    pub(crate) fn modify<R>(
        &self,
        access: &Access,
        key: K,
        change: impl FnOnce(&mut Option<V>) -> R,
    ) -> Result<R>
    where
        K: Clone,
    {
        self.with(access, &key, |_| ())?;
        let index = access.slot(self.stored.name())?;
        let slot = &mut self.slots_mut()?[index];
        let known = slot.entries.get_mut(&key).map(|(known, _)| Known::take(known));
        let mut value = known.and_then(Known::into_value);
        let result = change(&mut value);
        match value {
            Some(value) => self.insert(slot, key, Known::Dirty(value)),
            None => self.take_out(slot, key),
        }
        Ok(result)
    }

    /// Removes what is there for `key`.
    pub(crate) fn remove<Q>(&self, access: &Access, key: &Q) -> Result<()>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let index = access.slot(self.stored.name())?;
        let slot = &mut self.slots_mut()?[index];
        match slot.entries.get(key) {
            Some((Known::Absent | Known::Removed, _)) => {}
            None if slot.complete => {}
            _ => self.take_out(slot, key.to_owned()),
        }
        Ok(())
    }

    /// Removes the entries that `keep` does not want.
    pub(crate) fn retain(
        &self,
        access: &Access,
        mut keep: impl FnMut(&K, &V) -> bool,
    ) -> Result<()> {
        let index = self.complete(access)?;
        let slot = &mut self.slots_mut()?[index];
        for (key, (known, _)) in &mut slot.entries {
            if known.value().is_some_and(|value| !keep(key, value)) {
                *known = Known::Removed;
                slot.changed = true;
            }
        }
        if slot.cleared {
            // They go with all others.
            self.drop_absent(slot);
        }
        Ok(())
    }

    /// Removes all entries.
    pub(crate) fn clear(&self, access: &Access) -> Result<()> {
        let index = access.slot(self.stored.name())?;
        let slot = &mut self.slots_mut()?[index];
        // Of what is known to be empty there is nothing to remove.
        slot.cleared |= !slot.complete || !slot.entries.is_empty();
        slot.complete = true;
        slot.entries = HashMap::default();
        self.weight.remove(std::mem::take(&mut slot.weight));
        Ok(())
    }

    fn insert(&self, slot: &mut Slot<K, V>, key: K, known: Known<V>) {
        slot.changed |= known.is_changed();
        let value = known.value().map_or(0, |value| self.values.estimate(value));
        let weight = self.keys.estimate(&key) + value;
        self.weigh(slot, weight);
        if let Some((_, before)) = slot.entries.insert(key, (known, weight)) {
            self.unweigh(slot, before);
        }
    }

    /// Notes that there is no value for `key` any more.
    fn take_out(&self, slot: &mut Slot<K, V>, key: K) {
        if !slot.cleared {
            return self.insert(slot, key, Known::Removed);
        }
        // It goes with all others.
        if let Some((_, before)) = slot.entries.remove(&key) {
            self.unweigh(slot, before);
        }
    }

    #[cold]
    fn load(&self, index: usize, access: &Access, key: K) -> Result<()> {
        let found = self.stored.entry(access, &key)?;
        let slot = &mut self.slots_mut()?[index];
        self.insert(slot, key, Known::loaded(found));
        Ok(())
    }

    /// Makes sure that all entries are in the slot.
    fn complete(&self, access: &Access) -> Result<usize> {
        let index = access.slot(self.stored.name())?;
        if !self.slots()?[index].complete {
            self.load_all(index, access)?;
        }
        Ok(index)
    }

    #[cold]
    fn load_all(&self, index: usize, access: &Access) -> Result<()> {
        let entries = self.stored.entries(access)?;
        let slot = &mut self.slots_mut()?[index];
        for (key, value) in entries {
            // What is in the slot is what the backend has, or newer.
            if !slot.entries.contains_key(&key) {
                self.insert(slot, key, Known::Clean(value));
            }
        }
        slot.complete = true;
        Ok(())
    }

    /// Forgets what is known not to be there, in a slot that is complete.
    fn drop_absent(&self, slot: &mut Slot<K, V>) {
        let mut bytes = 0;
        slot.entries.retain(|_, (known, weight)| {
            let there = known.value().is_some();
            bytes += if there { 0 } else { *weight };
            there
        });
        self.unweigh(slot, bytes);
    }

    fn weigh(&self, slot: &mut Slot<K, V>, bytes: usize) {
        slot.weight += bytes;
        self.weight.add(bytes);
    }

    fn unweigh(&self, slot: &mut Slot<K, V>, bytes: usize) {
        slot.weight -= bytes;
        self.weight.remove(bytes);
    }

    fn slots(&self) -> Result<Ref<'_, Vec<Slot<K, V>>>, StateError> {
        self.slots.try_borrow().map_err(|_| in_use(self.stored.name()))
    }

    fn slots_mut(&self) -> Result<RefMut<'_, Vec<Slot<K, V>>>, StateError> {
        self.slots.try_borrow_mut().map_err(|_| in_use(self.stored.name()))
    }
}

impl<K: Owned + Hash + Eq, V: Owned> StateColumn for MapColumn<K, V> {
    fn resize(&self, slots: usize, moves: &mut dyn Iterator<Item = (usize, usize)>) {
        let old = &mut *self.slots.borrow_mut();
        *old = resized(old, slots, moves);
    }

    fn relocate(&self, from: usize, to: usize) {
        let slots = &mut *self.slots.borrow_mut();
        slots[to] = std::mem::take(&mut slots[from]);
    }

    fn take_changes(
        &self,
        slot: usize,
        scratch: &mut Vec<u8>,
        tell: &mut dyn FnMut(StateChange<'_>),
    ) -> Result<(), EncodeError> {
        let slot = &mut self.slots.borrow_mut()[slot];
        if std::mem::take(&mut slot.cleared) {
            tell(StateChange::Clear);
        }
        if !std::mem::take(&mut slot.changed) {
            return Ok(());
        }
        let mut removed = false;
        for (key, (known, _)) in &mut slot.entries {
            if !known.is_changed() {
                continue;
            }
            scratch.clear();
            self.stored.encode_key(key, scratch)?;
            let (length, written) = (scratch.len(), Known::take(known));
            *known = match written {
                Known::Dirty(value) | Known::New(value) => {
                    self.stored.encode_value(&value, scratch)?;
                    let (key, bytes) = scratch.split_at(length);
                    self.keys.known(key.len());
                    self.values.known(bytes.len());
                    tell(StateChange::PutEntry { key, value: bytes });
                    Known::Clean(value)
                }
                _ => {
                    tell(StateChange::RemoveEntry(scratch));
                    removed = true;
                    Known::Absent
                }
            };
        }
        if removed && slot.complete {
            self.drop_absent(slot);
        }
        Ok(())
    }

    fn nothing_stored(&self, slot: usize) {
        self.slots.borrow_mut()[slot].complete = true;
    }

    fn forget(&self, slot: usize) {
        let forgotten = std::mem::take(&mut self.slots.borrow_mut()[slot]);
        self.weight.remove(forgotten.weight);
    }

    fn slot_size(&self) -> usize {
        size_of::<Slot<K, V>>()
    }
}
