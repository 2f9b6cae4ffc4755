//! The key at hand, and where values come from that are in no slot.

use std::cell::{Cell, RefCell};
use std::fmt;

use crate::error::Error;
use crate::state::weight::Weight;
use crate::state::{StateChange, StateQuery};

/// Names a state of a stage; the host gives the number when the state is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StateId(pub u32);

/// Where a state's values are kept: Flink's keyed state, or a map in memory.
pub trait StateBackend {
    /// Appends the answer to `out`, as [`StateQuery`] says; `false` when there is nothing. What is
    /// asked of is the state of the current key in that namespace.
    ///
    /// # Errors
    /// When the backend fails.
    fn read(
        &mut self,
        state: StateId,
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, Error>;

    /// Changes the state of the current key in that namespace at once.
    ///
    /// # Errors
    /// When the backend fails.
    fn write(
        &mut self,
        state: StateId,
        namespace: &[u8],
        change: StateChange<'_>,
    ) -> Result<(), Error>;
}

/// Which key and namespace a stage works for just now: the slot that its values have, if there is a key
/// at all.
pub struct KeyScope {
    slot: Cell<Option<usize>>,
    namespace: RefCell<Vec<u8>>,
    weight: Weight,
    backend: RefCell<Box<dyn StateBackend>>,
}

impl KeyScope {
    /// No key yet.
    pub fn new(backend: Box<dyn StateBackend>) -> Self {
        Self {
            slot: Cell::new(None),
            namespace: RefCell::default(),
            weight: Weight::default(),
            backend: RefCell::new(backend),
        }
    }

    /// Moves to the key with that slot, or to no key. The namespace stays.
    #[inline]
    pub fn enter(&self, slot: Option<usize>) {
        self.slot.set(slot);
    }

    /// Moves to another namespace.
    pub fn enter_namespace(&self, namespace: &[u8]) {
        let mut at_hand = self.namespace.borrow_mut();
        at_hand.clear();
        at_hand.extend_from_slice(namespace);
    }

    /// Bytes that values in slots take, by estimate, beyond what each slot takes anyway.
    #[inline]
    pub fn weight(&self) -> usize {
        self.weight.bytes()
    }

    /// The slot of the key at hand; `None` when there is no key, as in `open` and `close`.
    #[inline]
    pub fn slot(&self) -> Option<usize> {
        self.slot.get()
    }

    pub(crate) fn weigh(&self) -> Weight {
        self.weight.clone()
    }

    pub(crate) fn read(
        &self,
        state: StateId,
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, Error> {
        self.backend.borrow_mut().read(state, &self.namespace.borrow(), query, out)
    }

    pub(crate) fn write(&self, state: StateId, change: StateChange<'_>) -> Result<(), Error> {
        self.backend.borrow_mut().write(state, &self.namespace.borrow(), change)
    }
}

impl fmt::Debug for KeyScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyScope").field("slot", &self.slot).finish_non_exhaustive()
    }
}
