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
use smallvec::SmallVec;

use crate::frame;

/// How many keys a stage remembers unless it is told otherwise.
pub(crate) const DEFAULT_ENTRIES: u32 = 65_536;

/// Slots are made in steps, so that a small key space stays small.
const STEP: usize = 256;

/// Longest key that is kept in its slot itself.
const INLINE_KEY: usize = 24;

pub(crate) struct KeyCache {
    capacity: u32,
    hasher: FixedState,
    /// The slots, by the hash of their keys.
    index: HashTable<Indexed>,
    slots: Vec<Slot>,
    hand: usize,
    columns: Vec<(StateId, Rc<dyn StateColumn>)>,
    /// How many slots the columns have room for.
    room: usize,
    scratch: Vec<u8>,
}

/// Half of the hash stands beside the slot's number: a slot of another key is hardly ever touched.
struct Indexed {
    slot: u32,
    tag: u32,
}

struct Slot {
    /// Inline, if it is a number or a short word: one cache line for all that a hit needs.
    key: SmallVec<[u8; INLINE_KEY]>,
    hash: u64,
    /// Whether the key came up since the hand was here.
    used: bool,
}

/// The half of a hash that the table itself looks at least.
fn tag(hash: u64) -> u32 {
    (hash >> 16) as u32
}

impl KeyCache {
    pub(crate) fn new(capacity: u32) -> Self {
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

    /// The slot of a key, and whether it had one before. If not, it takes over another key's if need
    /// be, and that key's changes go to `out`.
    #[inline]
    pub(crate) fn slot(
        &mut self,
        key: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(usize, bool), EncodeError> {
        let hash = self.hasher.hash_one(key);
        let slots = &mut self.slots;
        let found = self.index.find(hash, |indexed| {
            indexed.tag == tag(hash) && *slots[indexed.slot as usize].key == *key
        });
        if let Some(indexed) = found {
            let slot = indexed.slot as usize;
            if !slots[slot].used {
                slots[slot].used = true;
            }
            return Ok((slot, true));
        }
        self.admit(key, hash, out).map(|slot| (slot, false))
    }

    fn admit(&mut self, key: &[u8], hash: u64, out: &mut Vec<u8>) -> Result<usize, EncodeError> {
        let slot = if self.slots.len() < self.capacity as usize {
            self.slots.push(Slot { key: SmallVec::from_slice(key), hash, used: false });
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
        // Fits: the capacity is a u32.
        let indexed = Indexed { slot: slot as u32, tag: tag(hash) };
        self.index.insert_unique(hash, indexed, |other| slots[other.slot as usize].hash);
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
        if let Ok(entry) = self.index.find_entry(hash, |other| other.slot as usize == slot) {
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
