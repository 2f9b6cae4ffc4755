//! The slots of one state, and what the executor does with them.

use std::cell::RefCell;

use crate::coder::{Arena, EncodeError, Input};
use crate::error::Error;
use crate::state::{KeyScope, StateError, StateId};
use crate::types::Owned;

/// A value that is to be written back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateChange<'a> {
    /// The value is now these bytes.
    Update(&'a [u8]),
    /// There is no value any more.
    Clear,
}

/// One state's slots, whatever the type of their values.
pub trait StateColumn {
    /// Makes room for slot numbers below `slots`.
    fn grow(&self, slots: usize);

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

struct Slot<T> {
    content: Content<T>,
    dirty: bool,
}

enum Content<T> {
    /// Not read yet.
    Unknown,
    /// Read, and nothing there.
    Absent,
    Present(T),
}

impl<T> Slot<T> {
    const EMPTY: Self = Self { content: Content::Unknown, dirty: false };
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
        if matches!(self.slots.borrow()[index].content, Content::Unknown) {
            let content = self.load(id, scope)?;
            self.slots.borrow_mut()[index].content = content;
        }
        Ok(match &self.slots.borrow()[index].content {
            Content::Present(value) => look(Some(value)),
            Content::Unknown | Content::Absent => look(None),
        })
    }

    /// Replaces the value of the key at hand.
    #[inline]
    pub(crate) fn set(&self, scope: &KeyScope, value: Option<T>) -> Result<(), Error> {
        let index = scope.slot()?;
        let content = value.map_or(Content::Absent, Content::Present);
        self.slots.borrow_mut()[index] = Slot { content, dirty: true };
        Ok(())
    }

    #[cold]
    fn load(&self, id: StateId, scope: &KeyScope) -> Result<Content<T>, Error> {
        let mut bytes = Vec::new();
        if !scope.read(id, &mut bytes)? {
            return Ok(Content::Absent);
        }
        let arena = Arena::default();
        let mut input = Input::new(&bytes, &arena);
        let decoded = T::decode(&mut input).and_then(|value| input.finish().map(|()| value));
        match decoded {
            Ok(value) => Ok(Content::Present(value)),
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
    fn grow(&self, slots: usize) {
        self.slots.borrow_mut().resize_with(slots, || Slot::EMPTY);
    }

    fn take_change<'s>(
        &self,
        slot: usize,
        scratch: &'s mut Vec<u8>,
    ) -> Result<Option<StateChange<'s>>, EncodeError> {
        let slot = &mut self.slots.borrow_mut()[slot];
        if !slot.dirty {
            return Ok(None);
        }
        let change = match &slot.content {
            Content::Present(value) => {
                scratch.clear();
                T::encode(value, scratch)?;
                StateChange::Update(scratch)
            }
            Content::Unknown | Content::Absent => StateChange::Clear,
        };
        slot.dirty = false;
        Ok(Some(change))
    }

    fn forget(&self, slot: usize) {
        self.slots.borrow_mut()[slot] = Slot::EMPTY;
    }
}
