//! [`Router`]: which subtasks get a record.

use std::ops::Range;

use crate::error::JobError;
use crate::key::{FieldKey, Front, hash};

/// How the records of an edge are dealt out.
#[derive(Clone, Debug)]
pub(crate) enum Routing {
    /// Nobody says.
    Unsaid,
    /// From each subtask to the one of the same number.
    Forward,
    Rebalance,
    Rescale,
    Shuffle,
    Global,
    Broadcast,
    /// By a key, which is the record itself.
    Identity,
    /// By a key in a field.
    Field(FieldKey),
    /// By a key in front of the record.
    Selected(Front),
    /// By a number in front of the record.
    Custom(Front),
}

impl Routing {
    /// Whether a subtask sends to more than one.
    pub(crate) fn is_forward(&self) -> bool {
        matches!(self, Self::Forward)
    }
}

/// Deals out the records of one subtask.
#[derive(Debug)]
pub(crate) struct Router {
    routing: Routing,
    /// What a node in front of this edge left there, and those behind it do not want.
    strip: Option<Front>,
    /// Those among all targets that this subtask sends to.
    targets: Range<usize>,
    next: usize,
    random: u64,
    key: Vec<u8>,
}

/// Where a record goes, and what of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Routed<'r> {
    pub(crate) to: To,
    pub(crate) key: &'r [u8],
    pub(crate) bytes: &'r [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    One(usize),
    All,
}

impl Router {
    /// The router of subtask `index` of `senders`, to so many `receivers`.
    pub(crate) fn new(
        routing: Routing,
        strip: Option<Front>,
        index: usize,
        senders: usize,
        receivers: usize,
    ) -> Self {
        let targets = match &routing {
            Routing::Unsaid | Routing::Forward => index..index + 1,
            Routing::Rescale if receivers >= senders => {
                index * receivers / senders..(index + 1) * receivers / senders
            }
            Routing::Rescale => {
                let target = index * receivers / senders;
                target..target + 1
            }
            _ => 0..receivers,
        };
        // Subtasks do not all begin with the same target.
        let next = index % targets.len().max(1);
        let random = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(index as u64 + 1);
        Self { routing, strip, targets, next, random, key: Vec::new() }
    }

    /// Those that this subtask sends to, watermarks and the end included.
    pub(crate) fn targets(&self) -> Range<usize> {
        self.targets.clone()
    }

    pub(crate) fn route<'r>(&'r mut self, record: &'r [u8]) -> Result<Routed<'r>, JobError> {
        let bytes = match &self.strip {
            Some(front) => front.split(record)?.1,
            None => record,
        };
        let count = self.targets.len();
        let (index, key, bytes) = match &self.routing {
            Routing::Broadcast => return Ok(Routed { to: To::All, key: &[], bytes }),
            Routing::Unsaid | Routing::Forward | Routing::Global => (0, &[][..], bytes),
            Routing::Rebalance | Routing::Rescale => {
                let index = self.next;
                self.next = (self.next + 1) % count;
                (index, &[][..], bytes)
            }
            Routing::Shuffle => {
                // Xorshift: cheap, and the same in each run.
                self.random ^= self.random << 13;
                self.random ^= self.random >> 7;
                self.random ^= self.random << 17;
                ((self.random % count as u64) as usize, &[][..], bytes)
            }
            Routing::Identity => (by_key(bytes, count), bytes, bytes),
            Routing::Field(field) => {
                self.key.clear();
                field.read(bytes, &mut self.key)?;
                (by_key(&self.key, count), &self.key[..], bytes)
            }
            Routing::Selected(front) => {
                let (key, bytes) = front.split(bytes)?;
                (by_key(key, count), key, bytes)
            }
            Routing::Custom(front) => {
                let (number, bytes) = front.split(bytes)?;
                let number = number.first_chunk().copied().map_or(0, i32::from_be_bytes);
                (i64::from(number).rem_euclid(count as i64) as usize, &[][..], bytes)
            }
        };
        Ok(Routed { to: To::One(self.targets.start + index), key, bytes })
    }
}

fn by_key(key: &[u8], count: usize) -> usize {
    (hash(key) % count as u64) as usize
}
