//! `iterable`: how many elements, in four bytes, then the elements, nested.
//!
//! An iterable of unknown length has -1 for its count, then batches, each with its count as a varint,
//! the last with 0. It is read, and written only where [`state`](super::state_backed) follows.

use std::sync::Arc;

use crate::beam::{spec, varint};
use crate::coder::value_coder::wrong_type;
use crate::coder::{
    Context, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input, ValueCoder,
};
use crate::proto::CoderSpec;
use crate::value::Value;

pub(super) const UNKNOWN: i32 = -1;

/// Most elements without bytes in one iterable. Without a limit their count alone would claim memory.
const MAX_EMPTY: usize = 16;

/// Most elements for which memory is set aside before they are read.
const MAX_RESERVED: usize = 1024;

/// `beam:coder:iterable:v1`: a [`Value::List`].
#[derive(Clone, Debug)]
pub struct IterableCoder {
    element: Arc<dyn ValueCoder>,
}

impl IterableCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:iterable:v1";

    /// The coder of iterables of such elements.
    pub fn new(element: Arc<dyn ValueCoder>) -> Self {
        Self { element }
    }
}

impl ValueCoder for IterableCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.element])
    }

    fn is_deterministic(&self) -> bool {
        self.element.is_deterministic()
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let Value::List(elements) = value else { return Err(wrong_type("an iterable", value)) };
        write_known(&*self.element, elements, out)
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        let mut elements = Elements::of(&*self.element);
        match elements.read_start(input)? {
            Start::All => Ok(Value::List(elements.values)),
            Start::More => loop {
                let offset = input.offset();
                match varint::read(input)? {
                    0 => return Ok(Value::List(elements.values)),
                    count => elements.read_batch(offset, count, input)?,
                }
            },
        }
    }
}

/// Whether an iterable's elements are all known.
pub(super) enum Start {
    All,
    More,
}

/// The elements of an iterable that is being read.
pub(super) struct Elements<'c> {
    coder: &'c dyn ValueCoder,
    pub(super) values: Vec<Value>,
    /// How many of them took no bytes.
    empty: usize,
}

impl<'c> Elements<'c> {
    pub(super) fn of(coder: &'c dyn ValueCoder) -> Self {
        Self { coder, values: Vec::new(), empty: 0 }
    }

    /// Reads the count, and the elements when it is known.
    pub(super) fn read_start(&mut self, input: &mut Input<'_>) -> Result<Start, DecodeError> {
        let offset = input.offset();
        match i32::from_be_bytes(input.array()?) {
            UNKNOWN => Ok(Start::More),
            count => {
                self.read_batch(offset, count.into(), input)?;
                Ok(Start::All)
            }
        }
    }

    /// Reads so many elements. Their count stood at `offset`.
    pub(super) fn read_batch(
        &mut self,
        offset: usize,
        count: i64,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        let length = usize::try_from(count).map_err(|_| {
            DecodeError::new(offset, DecodeErrorKind::InvalidLength { found: count })
        })?;
        self.values.reserve(length.min(input.rest().len()).min(MAX_RESERVED));
        for _ in 0..length {
            let start = input.offset();
            let value = self.coder.decode(input, Context::Nested);
            self.values.push(value.map_err(|error| error.inside("[]"))?);
            self.empty += usize::from(input.offset() == start);
            if self.empty > MAX_EMPTY {
                let kind = DecodeErrorKind::OutOfRange {
                    expected: "at most 16 elements without bytes",
                    found: count.to_string(),
                };
                return Err(DecodeError::new(offset, kind));
            }
        }
        Ok(())
    }
}

/// Writes the elements after their count.
pub(super) fn write_known(
    element: &dyn ValueCoder,
    elements: &[Value],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let count = i32::try_from(elements.len()).map_err(|_| EncodeError::too_long(elements.len()))?;
    out.extend_from_slice(&count.to_be_bytes());
    write_batch(element, elements, out)
}

/// Writes the elements.
pub(super) fn write_batch(
    element: &dyn ValueCoder,
    elements: &[Value],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let mut empty = 0;
    for value in elements {
        let start = out.len();
        element.encode(value, Context::Nested, out).map_err(|error| error.inside("[]"))?;
        empty += usize::from(out.len() == start);
    }
    if empty > MAX_EMPTY {
        return Err(EncodeError::new(EncodeErrorKind::OutOfRange {
            expected: format!("at most {MAX_EMPTY} elements without bytes"),
            found: empty.to_string(),
        }));
    }
    Ok(())
}
