//! The states of the subtask itself, which need no key and are in memory as a whole.

use std::rc::Rc;

use brookite_core::coder::EncodeError;
use brookite_core::state::{OperatorState, StateId};

use crate::frame;

#[derive(Default)]
pub(crate) struct OperatorStates {
    states: Vec<(StateId, Rc<dyn OperatorState>)>,
    scratch: Vec<u8>,
}

impl OperatorStates {
    pub(crate) fn add(&mut self, state: StateId, held: Rc<dyn OperatorState>) {
        self.states.push((state, held));
    }

    /// Writes out all that changed; the values stay.
    pub(crate) fn flush(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let Self { states, scratch } = self;
        states.iter().try_for_each(|(state, held)| {
            held.take_changes(scratch, &mut |change| {
                frame::write_state(out, *state, &[], &[], change);
            })
        })
    }
}
