//! The slots of one state, and what the executor does with them.

use std::cell::RefCell;

use crate::coder::{Arena, EncodeError, Input};
use crate::error::Error;
use crate::state::{KeyScope, StateChange, StateError, StateId};
use crate::types::Owned;

/// One state's slots, whatever the type of their values.
pub trait StateColumn {
    /// Makes `slots` empty slots, and brings over what the old ones hold: each of `moves` is an old
    /// number and the new one for it.
    fn resize(&self, slots: usize, moves: &mut dyn Iterator<Item = (usize, usize)>);

    /// Moves what a slot holds to an empty one.
    fn relocate(&self, from: usize, to: usize);

    /// The change in `slot` that is not written back yet, if any; from then on it counts as written.
    /// The bytes of an update are put into `scratch`.
    ///
    /// # Errors
    /// When the value has no representation.
    fn take_change<'s>(
        &self,
        slot: usize,
        scratch: &'s mut Vec<u8>,
    ) -> Result<Option<StateChange<'s>>, EncodeError>;

    /// Empties the slot for another key.
    fn forget(&self, slot: usize);
}

/// The slots of a state whose values are `T`.
pub(crate) struct Column<T> {
    name: String,
    slots: RefCell<Vec<Slot<T>>>,
}

/// What is known of a key's value. One enum, not a value and flags, so that a number takes two words:
/// the more slots in a cache line, the fewer are cold.
enum Slot<T> {
    /// Not read yet.
    Unknown,
    /// Nothing there.
    Absent,
    /// Nothing there any more, which is to be written back.
    Cleared,
    /// As the backend has it.
    Clean(T),
    /// To be written back.
    Dirty(T),
}

impl<T: Owned> Column<T> {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), slots: RefCell::default() }
    }

    /// Shows the value of the key at hand to `look`.
    #[inline]
    pub(crate) fn with<R>(
        &self,
        id: StateId,
        scope: &KeyScope,
        look: impl FnOnce(Option<&T>) -> R,
    ) -> Result<R, Error> {
        let index = scope.slot()?;
        {
            let slots = self.slots.borrow();
            match &slots[index] {
                Slot::Clean(value) | Slot::Dirty(value) => return Ok(look(Some(value))),
                Slot::Absent | Slot::Cleared => return Ok(look(None)),
                Slot::Unknown => {}
            }
        }
        let loaded = self.load(id, scope)?;
        let mut slots = self.slots.borrow_mut();
        slots[index] = loaded.map_or(Slot::Absent, Slot::Clean);
        Ok(match &slots[index] {
            Slot::Clean(value) => look(Some(value)),
            _ => look(None),
        })
    }

    /// Replaces the value of the key at hand.
    #[inline]
    pub(crate) fn set(&self, scope: &KeyScope, value: Option<T>) -> Result<(), Error> {
        let index = scope.slot()?;
        self.slots.borrow_mut()[index] = value.map_or(Slot::Cleared, Slot::Dirty);
        Ok(())
    }

    #[cold]
    fn load(&self, id: StateId, scope: &KeyScope) -> Result<Option<T>, Error> {
        let mut bytes = Vec::new();
        if !scope.read(id, &mut bytes)? {
            return Ok(None);
        }
        let arena = Arena::default();
        let mut input = Input::new(&bytes, &arena);
        let decoded = T::decode(&mut input).and_then(|value| input.finish().map(|()| value));
        match decoded {
            Ok(value) => Ok(Some(value)),
            Err(source) => Err(StateError::Malformed {
                name: self.name.clone(),
                expected: T::data_type().to_string(),
                source,
            }
            .into()),
        }
    }
}

impl<T: Owned> StateColumn for Column<T> {
    fn resize(&self, slots: usize, moves: &mut dyn Iterator<Item = (usize, usize)>) {
        let mut new = Vec::new();
        new.resize_with(slots, || Slot::Unknown);
        let mut old = self.slots.borrow_mut();
        for (from, to) in moves {
            new[to] = std::mem::replace(&mut old[from], Slot::Unknown);
        }
        *old = new;
    }

    fn relocate(&self, from: usize, to: usize) {
        let mut slots = self.slots.borrow_mut();
        slots[to] = std::mem::replace(&mut slots[from], Slot::Unknown);
    }

    fn take_change<'s>(
        &self,
        slot: usize,
        scratch: &'s mut Vec<u8>,
    ) -> Result<Option<StateChange<'s>>, EncodeError> {
        let slot = &mut self.slots.borrow_mut()[slot];
        match std::mem::replace(slot, Slot::Unknown) {
            Slot::Dirty(value) => {
                scratch.clear();
                T::encode(&value, scratch)?;
                *slot = Slot::Clean(value);
                Ok(Some(StateChange::Update(scratch)))
            }
            Slot::Cleared => {
                *slot = Slot::Absent;
                Ok(Some(StateChange::Clear))
            }
            unchanged => {
                *slot = unchanged;
                Ok(None)
            }
        }
    }

    fn forget(&self, slot: usize) {
        self.slots.borrow_mut()[slot] = Slot::Unknown;
    }
}
