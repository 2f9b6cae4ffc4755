//! The key at hand, and where values come from that are in no slot.

use std::cell::{Cell, RefCell};
use std::fmt;

use crate::error::Error;
use crate::state::StateError;

/// Names a state of a stage; the host gives the number when the state is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StateId(pub u32);

/// Where a state's values are kept: Flink's keyed state, or a map in memory.
pub trait StateBackend {
    /// Appends the bytes of the current key's value to `out`; `false` when there is none.
    ///
    /// # Errors
    /// When the backend fails.
    fn read(&mut self, state: StateId, out: &mut Vec<u8>) -> Result<bool, Error>;
}

/// Which key a stage works for just now: the slot that its values have, if there is a key at all.
pub struct KeyScope {
    slot: Cell<Option<usize>>,
    backend: RefCell<Box<dyn StateBackend>>,
}

impl KeyScope {
    /// No key yet.
    pub fn new(backend: Box<dyn StateBackend>) -> Self {
        Self { slot: Cell::new(None), backend: RefCell::new(backend) }
    }

    /// Moves to the key with that slot, or to no key.
    #[inline]
    pub fn enter(&self, slot: Option<usize>) {
        self.slot.set(slot);
    }

    /// The slot of the key at hand.
    ///
    /// # Errors
    /// When there is no key, as in `open` and `close`.
    #[inline]
    pub(crate) fn slot(&self) -> Result<usize, StateError> {
        self.slot.get().ok_or(StateError::NoKey)
    }

    pub(crate) fn read(&self, state: StateId, out: &mut Vec<u8>) -> Result<bool, Error> {
        self.backend.borrow_mut().read(state, out)
    }
}

impl fmt::Debug for KeyScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyScope").field("slot", &self.slot).finish_non_exhaustive()
    }
}
