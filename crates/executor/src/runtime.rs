//! What the nodes of a stage share during one call.

use brookite_core::coder::EncodeError;

use crate::effects::Effects;
use crate::failure::Cause;
use crate::frame;
use crate::states::States;
use crate::windowing::Firing;

/// Work on the record at hand has ended early; the cause is in the [`Runtime`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Halted;

/// One call: the record's key and timestamp, the output, and the first failure.
pub(crate) struct Runtime<'r> {
    pub(crate) key: &'r [u8],
    /// Whether a record with that key was worked on before.
    pub(crate) key_is_known: bool,
    /// The record's, or of a timer that goes by event time the timer's.
    pub(crate) timestamp: Option<i64>,
    pub(crate) states: &'r mut States,
    pub(crate) out: &'r mut Vec<u8>,
    /// Timestamp of the results, where it is not that of the call.
    pub(crate) result_timestamp: Option<i64>,
    /// The namespace of the timer at hand; empty for a record.
    pub(crate) namespace: &'r [u8],
    /// The window that tells its result, while it does.
    pub(crate) firing: Option<Firing>,
    /// Timers, side outputs, clocks, and which function is at work.
    pub(crate) effects: &'r Effects,
    pub(crate) failure: Option<Cause>,
}

impl Runtime<'_> {
    /// Says that function `index` is at work from now on.
    #[inline]
    pub(crate) fn enter(&self, index: usize) {
        self.effects.position.enter(Some(index));
    }

    /// Moves to a namespace of the record's key, whose state is at hand from then on; says whether it was
    /// there before. What a slot holds may move with it: no reference to state outlives this.
    #[inline]
    pub(crate) fn enter_namespace(&mut self, namespace: &[u8]) -> Result<bool, Halted> {
        let entered = self.states.enter_namespace(namespace, self.key, self.out);
        entered.map_err(|error| self.fail(Cause::State(error)))
    }

    /// Forgets the namespace at hand, to which nobody comes back in this call.
    pub(crate) fn leave_namespace(&mut self) -> Result<(), Halted> {
        let left = self.states.leave_namespace(self.out);
        left.map_err(|error| self.fail(Cause::State(error)))
    }

    /// Ends the work. Of several failures the first counts.
    #[cold]
    pub(crate) fn fail(&mut self, cause: Cause) -> Halted {
        self.failure.get_or_insert(cause);
        Halted
    }

    /// Whether the work has ended, however a function took that.
    #[inline]
    pub(crate) fn check(&self) -> Result<(), Halted> {
        if self.failure.is_none() { Ok(()) } else { Err(Halted) }
    }

    /// Appends a result that `write` writes.
    #[inline]
    pub(crate) fn emit(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
    ) -> Result<(), Halted> {
        let written = match self.result_timestamp {
            None => frame::write_record(self.out, write),
            Some(timestamp) => frame::write_record_at(self.out, timestamp, write),
        };
        written.map_err(|error| self.fail(Cause::Result(error)))
    }
}
