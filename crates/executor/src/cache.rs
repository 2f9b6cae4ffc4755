//! The write-back cache: which keys have a slot, and what is written when one loses it.
//!
//! Values live in the columns of the states, decoded; this table gives each key of the last few
//! thousand a slot number. A key that is not among them takes the slot of one that was not used
//! lately (the clock algorithm: a hand goes round, and a slot that was used since its last visit gets
//! another round). What the old key had changed is written out before.
//!
//! Nothing here is the truth: that is the host's state, and the cache starts empty after a failure.

use std::hash::BuildHasher;
use std::rc::Rc;

use brookite_core::coder::EncodeError;
use brookite_core::state::{StateColumn, StateId};
use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::frame;

/// How many keys a stage remembers unless it is told otherwise.
pub(crate) const DEFAULT_ENTRIES: usize = 65_536;

/// Slots are made in steps, so that a small key space stays small.
const STEP: usize = 256;

pub(crate) struct KeyCache {
    capacity: usize,
    hasher: FixedState,
    /// Slot numbers, by the hash of their keys.
    index: HashTable<usize>,
    slots: Vec<Slot>,
    hand: usize,
    columns: Vec<(StateId, Rc<dyn StateColumn>)>,
    /// How many slots the columns have room for.
    room: usize,
    scratch: Vec<u8>,
}

struct Slot {
    key: Vec<u8>,
    hash: u64,
    /// Whether the key came up since the hand was here.
    used: bool,
}

impl KeyCache {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            hasher: FixedState::default(),
            index: HashTable::new(),
            slots: Vec::new(),
            hand: 0,
            columns: Vec::new(),
            room: 0,
            scratch: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, state: StateId, column: Rc<dyn StateColumn>) {
        self.columns.push((state, column));
    }

    /// The slot of a key, which takes over another key's if need be; that key's changes go to `out`.
    #[inline]
    pub(crate) fn slot(&mut self, key: &[u8], out: &mut Vec<u8>) -> Result<usize, EncodeError> {
        let hash = self.hasher.hash_one(key);
        let slots = &mut self.slots;
        if let Some(&slot) = self.index.find(hash, |&slot| slots[slot].key == key) {
            slots[slot].used = true;
            return Ok(slot);
        }
        self.admit(key, hash, out)
    }

    fn admit(&mut self, key: &[u8], hash: u64, out: &mut Vec<u8>) -> Result<usize, EncodeError> {
        let slot = if self.slots.len() < self.capacity {
            self.slots.push(Slot { key: key.to_vec(), hash, used: false });
            self.grow();
            self.slots.len() - 1
        } else {
            let slot = self.evict(out)?;
            let reused = &mut self.slots[slot];
            reused.key.clear();
            reused.key.extend_from_slice(key);
            reused.hash = hash;
            slot
        };
        let slots = &self.slots;
        self.index.insert_unique(hash, slot, |&slot| slots[slot].hash);
        Ok(slot)
    }

    fn grow(&mut self) {
        if self.slots.len() > self.room {
            self.room += STEP;
            self.columns.iter().for_each(|(_, column)| column.grow(self.room));
        }
    }

    /// Frees the slot of a key that was not used lately.
    fn evict(&mut self, out: &mut Vec<u8>) -> Result<usize, EncodeError> {
        while std::mem::take(&mut self.slots[self.hand].used) {
            self.hand = (self.hand + 1) % self.slots.len();
        }
        let slot = self.hand;
        self.hand = (self.hand + 1) % self.slots.len();
        self.write_back(slot, out)?;
        self.columns.iter().for_each(|(_, column)| column.forget(slot));
        let hash = self.slots[slot].hash;
        if let Ok(entry) = self.index.find_entry(hash, |&other| other == slot) {
            entry.remove();
        }
        Ok(slot)
    }

    fn write_back(&mut self, slot: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        for (state, column) in &self.columns {
            if let Some(change) = column.take_change(slot, &mut self.scratch)? {
                frame::write_state(out, *state, &self.slots[slot].key, change);
            }
        }
        Ok(())
    }

    /// Writes out all that changed; the values stay.
    pub(crate) fn flush(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        (0..self.slots.len()).try_for_each(|slot| self.write_back(slot, out))
    }

    /// Forgets all keys. What changed and was not written out is lost.
    pub(crate) fn clear(&mut self) {
        for slot in 0..self.slots.len() {
            self.columns.iter().for_each(|(_, column)| column.forget(slot));
        }
        self.index.clear();
        self.slots.clear();
        self.hand = 0;
    }
}
