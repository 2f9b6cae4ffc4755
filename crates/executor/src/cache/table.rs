//! Which key is in which place: open addressing, in which a key's place is its slot's number.
//!
//! So that a record that finds its key in the table needs no number from it: the processor fetches the
//! slot while it still waits for the key. What lies between other data in a JVM is cold, and the two
//! fetches at once are half the time.
//!
//! Places are at most half full. A key that leaves has those behind it move up, so that a search ends
//! at the first empty place.

use super::packed::Packed;

/// Fewest places.
const FEWEST: usize = 32;

pub(super) struct KeyTable {
    /// A power of two of them.
    places: Vec<Packed>,
    /// The bytes of long keys, by place; empty as long as there was none.
    long: Vec<Box<[u8]>>,
    /// How many bytes those are.
    long_bytes: usize,
    live: usize,
}

/// A key's slot has moved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub(super) from: usize,
    pub(super) to: usize,
}

impl KeyTable {
    pub(super) fn new() -> Self {
        Self { places: vec![Packed::EMPTY; FEWEST], long: Vec::new(), long_bytes: 0, live: 0 }
    }

    /// How many places there are, full or empty.
    pub(super) fn places(&self) -> usize {
        self.places.len()
    }

    /// How many keys there are.
    pub(super) fn live(&self) -> usize {
        self.live
    }

    /// How many bytes long keys take, for which there is no room in their places.
    pub(super) fn long_bytes(&self) -> usize {
        self.long_bytes
    }

    /// The place of a key, which counts as used from then on.
    #[inline]
    pub(super) fn find(&mut self, key: &[u8]) -> Result<usize, Packed> {
        let wanted = Packed::new(key);
        if !wanted.is_long() {
            return self.find_packed(wanted).ok_or(wanted);
        }
        self.find_long(wanted, key)
    }

    /// The place of a key that is packed as it is.
    #[inline]
    pub(super) fn find_packed(&mut self, wanted: Packed) -> Option<usize> {
        let mask = self.places.len() - 1;
        let mut place = wanted.hash() as usize & mask;
        loop {
            let found = &mut self.places[place];
            if found.matches(&wanted) {
                if !found.is_used() {
                    found.set_used(true);
                }
                return Some(place);
            }
            if found.is_empty() {
                return None;
            }
            place = (place + 1) & mask;
        }
    }

    fn find_long(&mut self, wanted: Packed, key: &[u8]) -> Result<usize, Packed> {
        let mask = self.places.len() - 1;
        let mut place = wanted.hash() as usize & mask;
        loop {
            let found = &mut self.places[place];
            if found.matches(&wanted) && *self.long[place] == *key {
                if !found.is_used() {
                    found.set_used(true);
                }
                return Ok(place);
            }
            if found.is_empty() {
                return Err(wanted);
            }
            place = (place + 1) & mask;
        }
    }

    /// Whether another key makes the places more than half full.
    pub(super) fn is_full(&self) -> bool {
        2 * (self.live + 1) > self.places.len()
    }

    /// Adds a key that is not here. There must be room.
    pub(super) fn insert(&mut self, packed: Packed, key: &[u8]) -> usize {
        let place = self.put(packed);
        if packed.is_long() {
            self.long.resize_with(self.places.len(), Box::default);
            self.long[place] = key.into();
            self.long_bytes += key.len();
        }
        self.live += 1;
        place
    }

    fn put(&mut self, packed: Packed) -> usize {
        let mask = self.places.len() - 1;
        let mut place = packed.hash() as usize & mask;
        while !self.places[place].is_empty() {
            place = (place + 1) & mask;
        }
        self.places[place] = packed;
        place
    }

    /// Makes twice as many places, and says which slots move: all, and none onto one that is still to
    /// move, as the new slots are others than the old.
    pub(super) fn grow(&mut self) -> Vec<Move> {
        let size = 2 * self.places.len();
        let old = std::mem::replace(&mut self.places, vec![Packed::EMPTY; size]);
        let mut moves = Vec::with_capacity(self.live);
        for (from, packed) in old.into_iter().enumerate() {
            if !packed.is_empty() {
                moves.push(Move { from, to: self.put(packed) });
            }
        }
        if !self.long.is_empty() {
            let mut old = std::mem::take(&mut self.long);
            self.long.resize_with(size, Box::default);
            for &Move { from, to } in &moves {
                self.long[to] = std::mem::take(&mut old[from]);
            }
        }
        moves
    }

    /// Removes the key at a place. Keys that move up are told to `moved`, each after the slot that it
    /// moves into has become free.
    pub(super) fn remove(&mut self, place: usize, mut moved: impl FnMut(Move)) {
        if let Some(long) = self.long.get_mut(place) {
            self.long_bytes -= std::mem::take(long).len();
        }
        let mask = self.places.len() - 1;
        let (mut free, mut from) = (place, place);
        loop {
            from = (from + 1) & mask;
            let packed = self.places[from];
            if packed.is_empty() {
                break;
            }
            // It may move up unless the search for it begins behind the free place.
            let home = packed.hash() as usize & mask;
            if (from.wrapping_sub(home) & mask) >= (from.wrapping_sub(free) & mask) {
                self.places[free] = packed;
                if !self.long.is_empty() {
                    self.long.swap(free, from);
                }
                moved(Move { from, to: free });
                free = from;
            }
        }
        self.places[free] = Packed::EMPTY;
        self.live -= 1;
    }

    /// Whether a place has a key.
    pub(super) fn is_taken(&self, place: usize) -> bool {
        !self.places[place].is_empty()
    }

    /// Whether the key at a place was used, which it no longer counts as.
    pub(super) fn take_used(&mut self, place: usize) -> bool {
        let used = self.places[place].is_used();
        self.places[place].set_used(false);
        used
    }

    /// Shows the bytes of the key at a place to `look`.
    pub(super) fn with_key<R>(&self, place: usize, look: impl FnOnce(&[u8]) -> R) -> R {
        match self.places[place].bytes() {
            Some((bytes, length)) => look(&bytes[..length]),
            None => look(&self.long[place]),
        }
    }

    /// Removes all keys; the places stay.
    pub(super) fn clear(&mut self) {
        self.places.fill(Packed::EMPTY);
        self.long.clear();
        self.long_bytes = 0;
        self.live = 0;
    }
}

#[cfg(test)]
mod tests;
