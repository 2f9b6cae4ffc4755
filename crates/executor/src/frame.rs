//! Frames: what a call of a stage returns.
//!
//! A call returns any number of frames, one after the other, each a kind and a length (both i32,
//! little-endian) and the payload. The host applies them in order.
//!
//! | kind | payload |
//! |---|---|
//! | 0, record | a result, in the encoding of the output edge; it has the timestamp of the call |
//! | 1, state | state id, code of the [`StateChange`], lengths of key, namespace, entry and value (i32 each), then these four; what a change has not is of length 0, and so is the key of state that is not keyed |
//! | 2, timer | 0 to register and 1 to delete, code of the [`TimeDomain`] (i32 each), time (i64), lengths of key and namespace (i32 each), key, namespace |
//! | 3, side record | index of the side output in the stage's specification (i32), a record in that edge's encoding; it has the timestamp of the call |
//! | 4, record at | timestamp (i64), a result |
//!
//! All numbers are little-endian, timestamps are in milliseconds since the epoch.

mod read;
mod write;

use brookite_core::function::{TimeDomain, TimerCommand};
use brookite_core::state::{StateChange, StateId};

pub use read::{Frames, MalformedFrame, sole_record};
pub use write::{write_record, write_record_at, write_side_record, write_state, write_timer};

/// A frame's kind and length.
pub const HEADER: usize = 8;

const RECORD: i32 = 0;
const STATE: i32 = 1;
const TIMER: i32 = 2;
const SIDE: i32 = 3;
const RECORD_AT: i32 = 4;

/// A frame that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame<'a> {
    /// A result with the timestamp of the call.
    Record(&'a [u8]),
    /// A change of state.
    State {
        /// Which state.
        state: StateId,
        /// The key's bytes, as the host passed them in; empty when the state is not keyed.
        key: &'a [u8],
        /// Which part of the key's state.
        namespace: &'a [u8],
        /// What to store.
        change: StateChange<'a>,
    },
    /// A timer is wanted, or no longer.
    Timer {
        /// Which of the two.
        command: TimerCommand,
        /// Which timer.
        timer: TimerFrame<'a>,
    },
    /// A record for a side output, with the timestamp of the call.
    Side {
        /// Index of the side output in the stage's specification.
        output: u32,
        /// The record.
        record: &'a [u8],
    },
    /// A result with a timestamp of its own.
    RecordAt {
        /// In milliseconds since the epoch.
        timestamp: i64,
        /// The result.
        record: &'a [u8],
    },
}

/// A timer, in all that tells it from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerFrame<'a> {
    /// By which clock it goes.
    pub domain: TimeDomain,
    /// When it is due, in milliseconds since the epoch.
    pub time: i64,
    /// The key's bytes, as the host passed them in.
    pub key: &'a [u8],
    /// Which part of the key's state it belongs to.
    pub namespace: &'a [u8],
}

/// Kind and length as one number. Lengths fit: a stage turns down output of more than i32::MAX bytes
/// in all.
#[inline]
fn header_of(kind: i32, length: usize) -> u64 {
    (length as u64) << 32 | u64::from(kind.cast_unsigned())
}

#[cfg(test)]
mod tests;
