//! The write-back cache: which keys have a slot, and what is written when one loses it.
//!
//! Values live in the columns of the states, decoded; a table gives each key of the last few thousand a
//! slot number. In a stage with windows a slot is a key's and a window's: the table knows it by the
//! window's bytes with the key's behind them. When there are as many as there may be, a new key takes
//! the place of one that was not used lately (the clock algorithm: a hand goes round, and a key that was
//! used since its last visit gets another round). What the old key had changed is written out before.
//!
//! The cache has two bounds: so many keys, and so many bytes, which their values take by estimate (see
//! [`KeyScope::weight`]). Values grow while a function works on them, so that the bytes are counted when
//! it is done.
//!
//! What was never written out need not be read either. Windows come and go, and a store that had nothing
//! when the stage opened has nothing of a window that ends later than any that was written to it: most
//! windows live and die in the cache. One that is over leaves at once, as it does not come back.
//!
//! When hits are rare, as with far more keys than have room and none more frequent than the others, most
//! new keys only pass by: they get a slot for the call, the same for all, and what they change is written
//! out at its end. Nothing is saved by remembering a key that is forgotten before it comes again, while a
//! store that has just read the key has its place at hand, and Flink has the key selected. One key in
//! [`PASSING`] gets a slot of its own nevertheless, so that hits are seen when there are some.
//!
//! Nothing here is the truth: that is the host's state, and the cache starts empty after a failure. What
//! is written out during a call reaches the host only after the call. So a key that lost its slot must
//! not come back in the same call: it would be read as the host still has it.

mod packed;
mod statistics;
mod table;
mod usefulness;

use std::rc::Rc;

use brookite_core::coder::EncodeError;
use brookite_core::state::{KeyScope, StateChange, StateColumn, StateId};

use crate::cache::packed::Packed;
use crate::cache::table::KeyTable;
use crate::cache::usefulness::Usefulness;
use crate::frame;

pub(crate) use statistics::{Counts, Statistics};

/// How many keys a stage remembers unless it is told otherwise: more than the bytes allow, which are the
/// bound then. Numbers by numbers are half a million.
pub(crate) const DEFAULT_ENTRIES: u32 = 1 << 20;

/// How many bytes they and their values take at most unless it is told otherwise.
pub(crate) const DEFAULT_BYTES: u64 = 64 << 20;

/// Of so many new keys one is remembered, while hits are rare.
const PASSING: u64 = 64;

/// How large a cache may become.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CacheBounds {
    /// Keys; with their windows, in a stage with windows.
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}

impl CacheBounds {
    /// The bounds that a stage is given, in which 0 stands for the default.
    pub(crate) fn of(entries: u32, bytes: u64) -> Self {
        let entries = if entries == 0 { DEFAULT_ENTRIES } else { entries };
        let bytes = if bytes == 0 { DEFAULT_BYTES } else { bytes };
        Self { entries: entries as usize, bytes: usize::try_from(bytes).unwrap_or(usize::MAX) }
    }
}

pub(crate) struct KeyCache {
    bounds: CacheBounds,
    /// How many bytes of what names a slot are the namespace; the rest is the key.
    namespace: usize,
    table: KeyTable,
    /// Which place is looked at next when a key has to go.
    hand: usize,
    /// The store has nothing of a window that ends later than this.
    stored_until: i64,
    columns: Vec<(StateId, Rc<dyn StateColumn>)>,
    scope: Rc<KeyScope>,
    /// So many keys may be here: no more than have room.
    capacity: usize,
    /// What each key takes, whatever its values.
    key_size: usize,
    /// What all values may take, with the keys that there are now.
    room: usize,
    counts: Counts,
    usefulness: Usefulness,
    /// Whether the key at hand, which is `named`, only passes by.
    passing: bool,
    /// Whether the call at hand may end with more than is allowed, or with a key that passes by.
    unsettled: bool,
    /// What names the slot that is asked for, in a stage with windows; or the key that passes by.
    named: Vec<u8>,
    scratch: Vec<u8>,
}

impl KeyCache {
    /// A cache for keys, and `namespace` bytes in front of each. The store may have nothing at all yet.
    pub(crate) fn new(
        bounds: CacheBounds,
        namespace: usize,
        store_is_empty: bool,
        scope: Rc<KeyScope>,
    ) -> Self {
        let mut cache = Self {
            bounds,
            namespace,
            table: KeyTable::new(),
            hand: 0,
            stored_until: if store_is_empty { i64::MIN } else { i64::MAX },
            columns: Vec::new(),
            scope,
            capacity: 0,
            key_size: 0,
            room: 0,
            counts: Counts::default(),
            usefulness: Usefulness::default(),
            passing: false,
            unsettled: false,
            named: Vec::new(),
            scratch: Vec::new(),
        };
        cache.measure();
        cache
    }

    pub(crate) fn add(&mut self, state: StateId, column: Rc<dyn StateColumn>) {
        column.resize(self.slots(), &mut std::iter::empty());
        self.columns.push((state, column));
        self.measure();
    }

    /// Finds out how many keys there is room for.
    fn measure(&mut self) {
        let slot: usize = self.columns.iter().map(|(_, column)| column.slot_size()).sum();
        let place = size_of::<Packed>() + slot;
        // Of places there are at least twice as many as keys, and a power of two.
        self.key_size = 2 * place;
        let keys = 1_usize << (self.bounds.bytes / self.key_size).max(1).ilog2();
        // The windows of a call may be some more than that, for which there should be places, too.
        let spare = if self.namespace == 0 { 0 } else { keys / 16 };
        self.capacity = self.bounds.entries.min(keys - spare);
        self.make_room();
    }

    fn make_room(&mut self) {
        let keys = self.table.live() * self.key_size + self.table.long_bytes();
        self.room = self.bounds.bytes.saturating_sub(keys);
    }

    /// When the last window ends that the store has something of.
    pub(crate) fn stored_until(&self) -> i64 {
        self.stored_until
    }

    /// Says when that window ends, where the store was in use before.
    pub(crate) fn set_stored_until(&mut self, end: i64) {
        self.stored_until = end;
    }

    /// How many slots there are: one for each place, and behind them that of keys that pass by.
    fn slots(&self) -> usize {
        self.table.places() + 1
    }

    /// Whether there is nothing to remember keys for.
    pub(crate) fn is_stateless(&self) -> bool {
        self.columns.is_empty()
    }

    /// The slot of a key, or of a namespace with a key behind it, and whether it had one before. If not,
    /// it takes over another key's if need be, and that key's changes go to `out`.
    #[inline]
    pub(crate) fn slot(
        &mut self,
        key: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(usize, bool), EncodeError> {
        match self.table.find(key) {
            Ok(slot) => {
                self.counts.hits += 1;
                Ok((slot, true))
            }
            Err(packed) => self.admit(packed, key, out).map(|slot| (slot, false)),
        }
    }

    /// The slot of a key in a namespace.
    #[inline]
    pub(crate) fn slot_in(
        &mut self,
        namespace: &[u8],
        key: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(usize, bool), EncodeError> {
        debug_assert_eq!(namespace.len(), self.namespace, "a stage has namespaces of one length");
        let Some(packed) = Packed::joined(namespace, key) else {
            return self.slot_of_long(namespace, key, out);
        };
        match self.table.find_packed(packed) {
            Some(slot) => {
                self.counts.hits += 1;
                Ok((slot, true))
            }
            None => self.admit(packed, namespace, out).map(|slot| (slot, false)),
        }
    }

    /// The same where both together are more than fits a place of the table.
    fn slot_of_long(
        &mut self,
        namespace: &[u8],
        key: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(usize, bool), EncodeError> {
        let mut named = std::mem::take(&mut self.named);
        named.clear();
        named.extend_from_slice(namespace);
        named.extend_from_slice(key);
        let found = self.slot(&named, out);
        self.named = named;
        found
    }

    /// Gives a slot to a key that has none. `key` is all of it, or at least its namespace if that and
    /// the key are packed.
    #[cold]
    fn admit(
        &mut self,
        packed: Packed,
        key: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<usize, EncodeError> {
        self.counts.misses += 1;
        if self.namespace == 0
            && !self.usefulness.observe(&self.counts)
            && !self.counts.misses.is_multiple_of(PASSING)
        {
            self.named.clear();
            self.named.extend_from_slice(key);
            (self.passing, self.unsettled) = (true, true);
            return Ok(self.table.places());
        }
        // A call works for one key, but for many windows, of which none may go before the call is over.
        if self.namespace == 0 && self.table.live() >= self.capacity {
            self.evict(out)?;
        }
        if self.table.is_full() {
            let moves = self.table.grow();
            for (_, column) in &self.columns {
                let mut moves = moves.iter().map(|moved| (moved.from, moved.to));
                column.resize(self.slots(), &mut moves);
            }
        }
        let slot = self.table.insert(packed, key);
        self.make_room();
        if end_of(&key[..self.namespace]).is_some_and(|end| end > self.stored_until) {
            self.columns.iter().for_each(|(_, column)| column.nothing_stored(slot));
        }
        self.unsettled = self.table.live() > self.capacity;
        Ok(slot)
    }

    /// Ends a call: if values have grown beyond their bound, keys go until all is well again.
    #[inline]
    pub(crate) fn settle(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if self.scope.weight() <= self.room && !self.unsettled {
            return Ok(());
        }
        self.unsettled = false;
        if self.passing {
            self.pass(out)?;
        }
        self.shrink(out)
    }

    /// Writes out what a key changed that passed by, and forgets it.
    fn pass(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.passing = false;
        let slot = self.table.places();
        let Self { columns, scratch, named, .. } = self;
        for (state, column) in columns {
            column.take_changes(slot, scratch, &mut |change| {
                frame::write_state(out, *state, named, &[], change);
            })?;
            column.forget(slot);
        }
        Ok(())
    }

    #[cold]
    fn shrink(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        // With some to spare, so that the next call's windows find room.
        let keep = self.capacity - self.capacity / 64;
        if self.table.live() > self.capacity {
            while self.table.live() > keep {
                self.evict(out)?;
            }
        }
        while self.scope.weight() > self.room && self.table.live() > 0 {
            self.evict(out)?;
        }
        Ok(())
    }

    /// Removes a key that was not used lately.
    fn evict(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let mask = self.table.places() - 1;
        while !self.table.is_taken(self.hand) || self.table.take_used(self.hand) {
            self.hand = (self.hand + 1) & mask;
        }
        let slot = self.hand;
        self.hand = (self.hand + 1) & mask;
        self.release(slot, out)?;
        self.counts.evictions += 1;
        Ok(())
    }

    /// Takes a slot from its key, whose changes go to `out`. Other keys' slots may move.
    pub(crate) fn release(&mut self, slot: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.write_back(slot, out)?;
        let columns = &self.columns;
        columns.iter().for_each(|(_, column)| column.forget(slot));
        self.table.remove(slot, |moved| {
            columns.iter().for_each(|(_, column)| column.relocate(moved.from, moved.to));
        });
        self.make_room();
        Ok(())
    }

    /// Writes out what changed in a slot, and says how many changes that were.
    fn write_back(&mut self, slot: usize, out: &mut Vec<u8>) -> Result<u64, EncodeError> {
        let Self { columns, table, scratch, namespace, stored_until, .. } = self;
        let mut changes = 0;
        for (state, column) in columns {
            column.take_changes(slot, scratch, &mut |change: StateChange<'_>| {
                changes += 1;
                table.with_key(slot, |named| {
                    let (namespace, key) = named.split_at(*namespace);
                    *stored_until =
                        end_of(namespace).map_or(i64::MAX, |end| end.max(*stored_until));
                    frame::write_state(out, *state, key, namespace, change);
                });
            })?;
        }
        Ok(changes)
    }

    /// Writes out all that changed; the values stay.
    pub(crate) fn flush(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        for slot in 0..self.table.places() {
            if self.table.is_taken(slot) {
                self.counts.flushed += self.write_back(slot, out)?;
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
        self.passing = false;
        self.unsettled = false;
        self.make_room();
    }

    /// What the cache did so far, and holds now.
    pub(crate) fn counts(&self) -> Counts {
        let keys = self.table.live() * self.key_size + self.table.long_bytes();
        Counts {
            entries: self.table.live() as u64,
            bytes: (keys + self.scope.weight()) as u64,
            ..self.counts
        }
    }
}

/// When a window ends, which is the second half of its namespace; `None` when there is no namespace.
fn end_of(namespace: &[u8]) -> Option<i64> {
    namespace.last_chunk().map(|end| i64::from_be_bytes(*end))
}

#[cfg(test)]
mod tests;
