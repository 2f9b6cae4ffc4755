//! The slots of a state of a list for each key.
//!
//! A list need not be read for an element to be added. Until someone asks for the list, a slot holds
//! what was added and is not written yet; from then on it holds all of it.

use std::cell::{Ref, RefCell, RefMut};

use crate::coder::EncodeError;
use crate::error::Result;
use crate::state::column::{StateColumn, resized};
use crate::state::handle::{Access, in_use};
use crate::state::stored::{Stored, append, next};
use crate::state::weight::{Scale, Weight};
use crate::state::{StateChange, StateError, StateQuery};
use crate::types::Owned;

/// The slots of a state whose lists have elements of type `T`.
pub(crate) struct ListColumn<T> {
    stored: Stored<T>,
    weight: Weight,
    scale: Scale<T>,
    slots: RefCell<Vec<Slot<T>>>,
}

struct Slot<T> {
    /// All elements if `complete`; otherwise those added since the list was last written.
    elements: Vec<T>,
    /// So many of them, from the start, the backend has.
    written: usize,
    complete: bool,
    /// Whether what the backend has is to be replaced.
    replaced: bool,
    /// What the elements take.
    weight: usize,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { elements: Vec::new(), written: 0, complete: false, replaced: false, weight: 0 }
    }
}

impl<T: Owned> ListColumn<T> {
    pub(crate) fn new(stored: Stored<T>, weight: Weight) -> Self {
        Self { stored, weight, scale: Scale::new(), slots: RefCell::default() }
    }

    /// Shows all elements of the key at hand to `look`.
    pub(crate) fn with<R>(&self, access: &Access, look: impl FnOnce(&[T]) -> R) -> Result<R> {
        let index = self.complete(access)?;
        let slots = self.slots()?;
        Ok(look(&slots[index].elements))
    }

    /// Appends an element.
    #[inline]
    pub(crate) fn add(&self, access: &Access, element: T) -> Result<()> {
        let index = access.slot(self.stored.name())?;
        let slot = &mut self.slots_mut()?[index];
        let bytes = self.scale.estimate(&element);
        slot.weight += bytes;
        self.weight.add(bytes);
        slot.elements.push(element);
        Ok(())
    }

    /// Replaces all elements.
    pub(crate) fn set(&self, access: &Access, elements: Vec<T>) -> Result<()> {
        self.replace(access, elements).map(|_| ())
    }

    /// Takes all elements out.
    pub(crate) fn take(&self, access: &Access) -> Result<Vec<T>> {
        self.complete(access)?;
        self.replace(access, Vec::new())
    }

    fn replace(&self, access: &Access, elements: Vec<T>) -> Result<Vec<T>> {
        let index = access.slot(self.stored.name())?;
        let slot = &mut self.slots_mut()?[index];
        let bytes = elements.iter().map(|element| self.scale.estimate(element)).sum();
        self.weigh(slot, bytes);
        // A list of which the backend is known to have nothing has nothing to replace.
        slot.replaced |= !slot.complete || slot.written > 0;
        slot.complete = true;
        slot.written = 0;
        Ok(std::mem::replace(&mut slot.elements, elements))
    }

    /// Makes sure that all elements are in the slot.
    fn complete(&self, access: &Access) -> Result<usize> {
        let index = access.slot(self.stored.name())?;
        if !self.slots()?[index].complete {
            self.load(index, access)?;
        }
        Ok(index)
    }

    #[cold]
    fn load(&self, index: usize, access: &Access) -> Result<()> {
        let bytes = access.read(self.stored.name(), StateQuery::List)?.unwrap_or_default();
        let mut elements = read_list(&self.stored, &bytes)?;
        let slot = &mut self.slots_mut()?[index];
        slot.written = elements.len();
        slot.complete = true;
        elements.append(&mut slot.elements);
        slot.elements = elements;
        self.weigh(slot, slot.weight + self.weight_of(slot.written, bytes.len()));
        Ok(())
    }

    /// What elements take that are encoded so long.
    fn weight_of(&self, count: usize, encoded: usize) -> usize {
        count * self.scale.known(encoded.checked_div(count).unwrap_or(0))
    }

    fn weigh(&self, slot: &mut Slot<T>, bytes: usize) {
        self.weight.remove(std::mem::replace(&mut slot.weight, bytes));
        self.weight.add(bytes);
    }

    fn slots(&self) -> Result<Ref<'_, Vec<Slot<T>>>, StateError> {
        self.slots.try_borrow().map_err(|_| in_use(self.stored.name()))
    }

    fn slots_mut(&self) -> Result<RefMut<'_, Vec<Slot<T>>>, StateError> {
        self.slots.try_borrow_mut().map_err(|_| in_use(self.stored.name()))
    }
}

/// The elements that the answer to [`StateQuery::List`] holds.
pub(crate) fn read_list<T: Owned>(stored: &Stored<T>, mut bytes: &[u8]) -> Result<Vec<T>> {
    let mut elements = Vec::new();
    while !bytes.is_empty() {
        let element = next(&mut bytes).map_err(|error| stored.malformed(error))?;
        elements.push(stored.decode(element)?);
    }
    Ok(elements)
}

/// Appends elements as [`StateQuery::List`] answers them.
pub(crate) fn write_list<T: Owned>(
    stored: &Stored<T>,
    elements: &[T],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let mut elements = elements.iter();
    elements.try_for_each(|element| append(out, |out| stored.encode(element, out)))
}

impl<T: Owned> StateColumn for ListColumn<T> {
    fn resize(&self, slots: usize, moves: &mut dyn Iterator<Item = (usize, usize)>) {
        let old = &mut *self.slots.borrow_mut();
        *old = resized(old, slots, moves);
    }

    fn relocate(&self, from: usize, to: usize) {
        let slots = &mut *self.slots.borrow_mut();
        slots[to] = std::mem::take(&mut slots[from]);
    }

    fn take_changes(
        &self,
        slot: usize,
        scratch: &mut Vec<u8>,
        tell: &mut dyn FnMut(StateChange<'_>),
    ) -> Result<(), EncodeError> {
        let slot = &mut self.slots.borrow_mut()[slot];
        if std::mem::take(&mut slot.replaced) {
            scratch.clear();
            write_list(&self.stored, &slot.elements, scratch)?;
            let empty = slot.elements.is_empty();
            tell(if empty { StateChange::Clear } else { StateChange::Update(scratch) });
            let weight = self.weight_of(slot.elements.len(), scratch.len());
            self.weigh(slot, weight);
        } else {
            for element in &slot.elements[slot.written..] {
                scratch.clear();
                self.stored.encode(element, scratch)?;
                self.scale.known(scratch.len());
                tell(StateChange::Append(scratch));
            }
        }
        slot.written = slot.elements.len();
        if !slot.complete {
            // The backend has them all now, and is asked for all when someone asks.
            slot.elements = Vec::new();
            slot.written = 0;
            self.weigh(slot, 0);
        }
        Ok(())
    }

    fn nothing_stored(&self, slot: usize) {
        self.slots.borrow_mut()[slot].complete = true;
    }

    fn forget(&self, slot: usize) {
        let forgotten = std::mem::take(&mut self.slots.borrow_mut()[slot]);
        self.weight.remove(forgotten.weight);
    }

    fn slot_size(&self) -> usize {
        size_of::<Slot<T>>()
    }
}
