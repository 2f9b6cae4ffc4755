//! State of a subtask, without keys.

mod broadcast;
mod list;

use crate::coder::EncodeError;
use crate::state::StateChange;

pub use broadcast::{BroadcastHandle, BroadcastState, ReadOnlyBroadcastState};
pub use list::OperatorListState;
pub(crate) use {broadcast::Map, list::List};

/// A state of a subtask as the executor sees it: all of it is in memory, from `open` on, and what has
/// changed is written back before the next checkpoint barrier.
pub trait OperatorState {
    /// Tells the changes that are not written back yet, in the order in which they are to be written;
    /// from then on they count as written. Bytes are put into `scratch` on the way.
    ///
    /// # Errors
    /// When a value has no representation.
    fn take_changes(
        &self,
        scratch: &mut Vec<u8>,
        tell: &mut dyn FnMut(StateChange<'_>),
    ) -> Result<(), EncodeError>;
}
