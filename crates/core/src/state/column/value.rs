//! The slots of a state of one value for each key.

use std::cell::RefCell;

use crate::coder::EncodeError;
use crate::error::Result;
use crate::state::column::{Known, StateColumn, resized};
use crate::state::handle::{Access, in_use};
use crate::state::stored::Stored;
use crate::state::weight::{Scale, Weight};
use crate::state::{StateChange, StateQuery};
use crate::types::Owned;

/// The slots of a state whose values are `T`.
pub(crate) struct ValueColumn<T> {
    stored: Stored<T>,
    weight: Weight,
    scale: Scale<T>,
    slots: RefCell<Slots<T>>,
    /// What the backend answered.
    answer: RefCell<Vec<u8>>,
}

struct Slots<T> {
    /// `None` is not read yet.
    values: Vec<Option<Known<T>>>,
    /// What the values take; empty when all take the same, which the slots account for.
    weights: Vec<usize>,
}

impl<T: Owned> ValueColumn<T> {
    pub(crate) fn new(stored: Stored<T>, weight: Weight) -> Self {
        let slots = Slots { values: Vec::new(), weights: Vec::new() };
        Self {
            stored,
            weight,
            scale: Scale::new(),
            slots: RefCell::new(slots),
            answer: RefCell::default(),
        }
    }

    /// Shows the value of the key at hand to `look`.
    #[inline]
    pub(crate) fn with<R>(&self, access: &Access, look: impl FnOnce(Option<&T>) -> R) -> Result<R> {
        let index = access.slot(self.stored.name())?;
        {
            let slots = self.slots.try_borrow().map_err(|_| self.in_use())?;
            if let Some(known) = &slots.values[index] {
                return Ok(look(known.value()));
            }
        }
        self.load(index, access)?;
        let slots = self.slots.borrow();
        Ok(look(slots.values[index].as_ref().and_then(Known::value)))
    }

    /// Replaces the value of the key at hand.
    #[inline]
    pub(crate) fn set(&self, access: &Access, value: Option<T>) -> Result<()> {
        let index = access.slot(self.stored.name())?;
        let slots = &mut *self.slots.try_borrow_mut().map_err(|_| self.in_use())?;
        if !Scale::<T>::CONSTANT {
            self.weigh(slots, index, value.as_ref().map_or(0, |value| self.scale.estimate(value)));
        }
        // What was not read may be there.
        let stored = slots.values[index].as_ref().is_none_or(Known::is_stored);
        slots.values[index] = Some(Known::changed(value, stored));
        Ok(())
    }

    /// Lets `change` change the value of the key at hand.
    #[inline]
    pub(crate) fn modify<R>(
        &self,
        access: &Access,
        change: impl FnOnce(&mut Option<T>) -> R,
    ) -> Result<R> {
        let index = access.slot(self.stored.name())?;
        let known = self.slots.try_borrow().map_err(|_| self.in_use())?.values[index].is_some();
        if !known {
            self.load(index, access)?;
        }
        // Borrowed while the closure runs: should it use this state, it is told so.
        let slots = &mut *self.slots.borrow_mut();
        let known = slots.values[index].take();
        let stored = known.as_ref().is_none_or(Known::is_stored);
        let mut value = known.and_then(Known::into_value);
        let result = change(&mut value);
        if !Scale::<T>::CONSTANT {
            self.weigh(slots, index, value.as_ref().map_or(0, |value| self.scale.estimate(value)));
        }
        slots.values[index] = Some(Known::changed(value, stored));
        Ok(result)
    }

    #[cold]
    fn load(&self, index: usize, access: &Access) -> Result<()> {
        let answer = &mut *self.answer.borrow_mut();
        let found = access.read_into(self.stored.name(), StateQuery::Value, answer)?;
        let bytes = found.then_some(&answer[..]);
        let value = bytes.map(|bytes| self.stored.decode(bytes)).transpose()?;
        let slots = &mut *self.slots.try_borrow_mut().map_err(|_| self.in_use())?;
        if !Scale::<T>::CONSTANT {
            self.weigh(slots, index, bytes.map_or(0, |bytes| self.scale.known(bytes.len())));
        }
        slots.values[index] = Some(Known::loaded(value));
        Ok(())
    }

    fn weigh(&self, slots: &mut Slots<T>, index: usize, bytes: usize) {
        self.weight.remove(std::mem::replace(&mut slots.weights[index], bytes));
        self.weight.add(bytes);
    }

    #[cold]
    fn in_use(&self) -> crate::state::StateError {
        in_use(self.stored.name())
    }
}

impl<T: Owned> StateColumn for ValueColumn<T> {
    fn resize(&self, slots: usize, moves: &mut dyn Iterator<Item = (usize, usize)>) {
        let Slots { values, weights } = &mut *self.slots.borrow_mut();
        if Scale::<T>::CONSTANT {
            *values = resized(values, slots, moves);
            return;
        }
        let moves: Vec<_> = moves.collect();
        *values = resized(values, slots, &mut moves.iter().copied());
        *weights = resized(weights, slots, &mut moves.iter().copied());
    }

    fn relocate(&self, from: usize, to: usize) {
        let Slots { values, weights } = &mut *self.slots.borrow_mut();
        values[to] = values[from].take();
        if !Scale::<T>::CONSTANT {
            weights[to] = std::mem::take(&mut weights[from]);
        }
    }

    fn take_changes(
        &self,
        slot: usize,
        scratch: &mut Vec<u8>,
        tell: &mut dyn FnMut(StateChange<'_>),
    ) -> Result<(), EncodeError> {
        let slots = &mut *self.slots.borrow_mut();
        match slots.values[slot].take() {
            Some(Known::Dirty(value) | Known::New(value)) => {
                scratch.clear();
                self.stored.encode(&value, scratch)?;
                tell(StateChange::Update(scratch));
                slots.values[slot] = Some(Known::Clean(value));
                if !Scale::<T>::CONSTANT {
                    self.weigh(slots, slot, self.scale.known(scratch.len()));
                }
            }
            Some(Known::Removed) => {
                tell(StateChange::Clear);
                slots.values[slot] = Some(Known::Absent);
            }
            unchanged => slots.values[slot] = unchanged,
        }
        Ok(())
    }

    fn nothing_stored(&self, slot: usize) {
        self.slots.borrow_mut().values[slot] = Some(Known::Absent);
    }

    fn forget(&self, slot: usize) {
        let slots = &mut *self.slots.borrow_mut();
        slots.values[slot] = None;
        if !Scale::<T>::CONSTANT {
            self.weigh(slots, slot, 0);
        }
    }

    fn slot_size(&self) -> usize {
        let weight = if Scale::<T>::CONSTANT { 0 } else { size_of::<usize>() };
        size_of::<Option<Known<T>>>() + weight
    }
}
