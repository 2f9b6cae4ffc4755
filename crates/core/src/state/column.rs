//! The slots of one state, and what the executor does with them.

mod list;
mod map;
mod value;

use crate::coder::EncodeError;
use crate::state::StateChange;

pub(crate) use list::{ListColumn, read_list, write_list};
pub(crate) use map::MapColumn;
pub(crate) use value::ValueColumn;

/// One state's slots, whatever is in them.
pub trait StateColumn {
    /// Makes `slots` empty slots, and brings over what the old ones hold: each of `moves` is an old
    /// number and the new one for it.
    fn resize(&self, slots: usize, moves: &mut dyn Iterator<Item = (usize, usize)>);

    /// Moves what a slot holds to an empty one.
    fn relocate(&self, from: usize, to: usize);

    /// Tells the changes in `slot` that are not written back yet, in the order in which they are to be
    /// written; from then on they count as written. Bytes are put into `scratch` on the way.
    ///
    /// # Errors
    /// When a value has no representation.
    fn take_changes(
        &self,
        slot: usize,
        scratch: &mut Vec<u8>,
        tell: &mut dyn FnMut(StateChange<'_>),
    ) -> Result<(), EncodeError>;

    /// Notes of an empty slot that the backend has nothing for its key, which need not be asked then.
    fn nothing_stored(&self, slot: usize);

    /// Empties the slot for another key.
    fn forget(&self, slot: usize);

    /// Bytes that a slot takes, whatever it holds.
    fn slot_size(&self) -> usize;
}

/// What is known of a value, and whether it is to be written back. One enum, not a value and flags, so
/// that a number takes two words: the more slots in a cache line, the fewer are cold.
pub(crate) enum Known<T> {
    /// Nothing there.
    Absent,
    /// Nothing there any more, which is to be written back.
    Removed,
    /// As the backend has it.
    Clean(T),
    /// To be written back.
    Dirty(T),
    /// To be written back, to where there is nothing: if it goes before that, there is nothing to tell.
    New(T),
}

impl<T> Known<T> {
    /// What a read found.
    #[inline]
    pub(crate) fn loaded(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Clean)
    }

    /// What a change leaves behind, where the backend has something or not.
    #[inline]
    pub(crate) fn changed(value: Option<T>, stored: bool) -> Self {
        match (value, stored) {
            (Some(value), true) => Self::Dirty(value),
            (Some(value), false) => Self::New(value),
            (None, true) => Self::Removed,
            (None, false) => Self::Absent,
        }
    }

    #[inline]
    pub(crate) fn value(&self) -> Option<&T> {
        match self {
            Self::Clean(value) | Self::Dirty(value) | Self::New(value) => Some(value),
            Self::Absent | Self::Removed => None,
        }
    }

    /// Whether the backend has something, as far as is known.
    #[inline]
    pub(crate) fn is_stored(&self) -> bool {
        matches!(self, Self::Removed | Self::Clean(_) | Self::Dirty(_))
    }

    /// Whether it is to be written back.
    #[inline]
    pub(crate) fn is_changed(&self) -> bool {
        matches!(self, Self::Removed | Self::Dirty(_) | Self::New(_))
    }

    /// Takes it, to be put back.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Absent)
    }

    pub(crate) fn into_value(self) -> Option<T> {
        match self {
            Self::Clean(value) | Self::Dirty(value) | Self::New(value) => Some(value),
            Self::Absent | Self::Removed => None,
        }
    }
}

/// Moves what `old` has to as many new slots; see [`StateColumn::resize`].
fn resized<S: Default>(
    old: &mut [S],
    slots: usize,
    moves: &mut dyn Iterator<Item = (usize, usize)>,
) -> Vec<S> {
    let mut new = Vec::new();
    new.resize_with(slots, S::default);
    for (from, to) in moves {
        new[to] = std::mem::take(&mut old[from]);
    }
    new
}
