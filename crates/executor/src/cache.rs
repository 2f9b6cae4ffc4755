//! The write-back cache: which keys have a slot, and what is written when one loses it.
//!
//! Values live in the columns of the states, decoded; a table gives each key of the last few thousand a
//! slot number. When there are as many as there may be, a new key takes the place of one that was not
//! used lately (the clock algorithm: a hand goes round, and a key that was used since its last visit
//! gets another round). What the old key had changed is written out before.
//!
//! Nothing here is the truth: that is the host's state, and the cache starts empty after a failure.

mod packed;
mod table;

use std::rc::Rc;

use brookite_core::coder::EncodeError;
use brookite_core::state::{StateColumn, StateId};

use crate::cache::packed::Packed;
use crate::cache::table::KeyTable;
use crate::frame;

/// How many keys a stage remembers unless it is told otherwise.
pub(crate) const DEFAULT_ENTRIES: u32 = 65_536;

pub(crate) struct KeyCache {
    capacity: usize,
    table: KeyTable,
    /// Which place is looked at next when a key has to go.
    hand: usize,
    columns: Vec<(StateId, Rc<dyn StateColumn>)>,
    scratch: Vec<u8>,
}

impl KeyCache {
    pub(crate) fn new(capacity: u32) -> Self {
        Self {
            capacity: capacity.max(1) as usize,
            table: KeyTable::new(),
            hand: 0,
            columns: Vec::new(),
            scratch: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, state: StateId, column: Rc<dyn StateColumn>) {
        column.resize(self.table.places(), &mut std::iter::empty());
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
        match self.table.find(key) {
            Ok(slot) => Ok((slot, true)),
            Err(packed) => self.admit(packed, key, out).map(|slot| (slot, false)),
        }
    }

    #[cold]
    fn admit(
        &mut self,
        packed: Packed,
        key: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<usize, EncodeError> {
        if self.table.live() >= self.capacity {
            self.evict(out)?;
        } else if self.table.is_full() {
            let moves = self.table.grow();
            for (_, column) in &self.columns {
                let mut moves = moves.iter().map(|moved| (moved.from, moved.to));
                column.resize(self.table.places(), &mut moves);
            }
        }
        Ok(self.table.insert(packed, key))
    }

    /// Removes a key that was not used lately.
    fn evict(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let mask = self.table.places() - 1;
        while !self.table.is_taken(self.hand) || self.table.take_used(self.hand) {
            self.hand = (self.hand + 1) & mask;
        }
        let slot = self.hand;
        self.hand = (self.hand + 1) & mask;
        self.write_back(slot, out)?;
        let columns = &self.columns;
        columns.iter().for_each(|(_, column)| column.forget(slot));
        self.table.remove(slot, |moved| {
            columns.iter().for_each(|(_, column)| column.relocate(moved.from, moved.to));
        });
        Ok(())
    }

    fn write_back(&mut self, slot: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        for (state, column) in &self.columns {
            if let Some(change) = column.take_change(slot, &mut self.scratch)? {
                self.table.with_key(slot, |key| frame::write_state(out, *state, key, &[], change));
            }
        }
        Ok(())
    }

    /// Writes out all that changed; the values stay.
    pub(crate) fn flush(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        for slot in 0..self.table.places() {
            if self.table.is_taken(slot) {
                self.write_back(slot, out)?;
            }
        }
        Ok(())
    }

    /// Forgets all keys. What changed and was not written out is lost.
    pub(crate) fn clear(&mut self) {
        for slot in (0..self.table.places()).filter(|slot| self.table.is_taken(*slot)) {
            self.columns.iter().for_each(|(_, column)| column.forget(slot));
        }
        self.table.clear();
        self.hand = 0;
    }
}
