//! Scratch memory for what a record's view cannot borrow from the record itself.

use std::cell::Cell;

use bumpalo::Bump;

/// Memory that lives as long as one record is being worked on, and is used again for the next.
///
/// After the first few records it allocates no more.
#[derive(Debug, Default)]
pub struct Arena {
    bump: Bump,
    used: Cell<bool>,
}

impl Arena {
    /// Room for `length` bytes, zeroed.
    pub fn bytes(&self, length: usize) -> &mut [u8] {
        self.used.set(true);
        self.bump.alloc_slice_fill_copy(length, 0)
    }

    /// An empty string that grows in the arena.
    pub(crate) fn string(&self, capacity: usize) -> bumpalo::collections::String<'_> {
        self.used.set(true);
        bumpalo::collections::String::with_capacity_in(capacity, &self.bump)
    }

    /// Forgets all that was put here and keeps the memory.
    #[inline]
    pub fn reset(&mut self) {
        if self.used.replace(false) {
            self.bump.reset();
        }
    }
}
