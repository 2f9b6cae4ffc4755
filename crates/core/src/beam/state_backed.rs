//! `state_backed_iterable`: an iterable whose later elements may stand elsewhere.
//!
//! It looks as an [`iterable`](super::iterable) does, but in place of the last batch's 0 there may be
//! -1, and then a token, after its length, under which Beam's state has the other elements.

use std::sync::Arc;

use crate::beam::iterable::{Elements, Start, UNKNOWN, write_batch, write_known};
use crate::beam::{BeamValue, beam, bytes, spec, varint};
use crate::coder::value_coder::wrong_type;
use crate::coder::{Arena, Context, DecodeError, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

/// Stands where the count of another batch would, and says that a token follows.
const TOKEN: i64 = -1;

/// `beam:coder:state_backed_iterable:v1`: a [`Value::List`] or a [`BeamValue::Continued`].
#[derive(Clone, Debug)]
pub struct StateBackedIterableCoder {
    element: Arc<dyn ValueCoder>,
}

impl StateBackedIterableCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:state_backed_iterable:v1";

    /// The coder of iterables of such elements.
    pub fn new(element: Arc<dyn ValueCoder>) -> Self {
        Self { element }
    }

    /// Reads elements that the state had under the token of a [`BeamValue::Continued`]: one after the
    /// other, nested, up to the end of the bytes.
    ///
    /// # Errors
    /// When the bytes are no such elements.
    pub fn read_rest(&self, bytes: &[u8]) -> Result<Vec<Value>, DecodeError> {
        let arena = Arena::default();
        let mut input = Input::new(bytes, &arena);
        let mut elements = Elements::of(&*self.element);
        while !input.rest().is_empty() {
            let offset = input.offset();
            elements.read_batch(offset, 1, &mut input)?;
            if input.offset() == offset {
                // Elements that take no bytes do not account for these.
                input.finish()?;
            }
        }
        Ok(elements.values)
    }
}

impl ValueCoder for StateBackedIterableCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.element])
    }

    // The same elements may stand here or in the state.
    fn is_deterministic(&self) -> bool {
        false
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if let Value::List(elements) = value {
            return write_known(&*self.element, elements, out);
        }
        let Value::Beam(continued) = value else { return Err(wrong_type("an iterable", value)) };
        let BeamValue::Continued { elements, token } = &**continued else {
            return Err(wrong_type("an iterable", value));
        };
        out.extend_from_slice(&UNKNOWN.to_be_bytes());
        if !elements.is_empty() {
            varint::write_length(elements.len(), out)?;
            write_batch(&*self.element, elements, out)?;
        }
        varint::write(TOKEN, out);
        bytes::write(token, Context::Nested, out)
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        let mut elements = Elements::of(&*self.element);
        match elements.read_start(input)? {
            Start::All => Ok(Value::List(elements.values)),
            Start::More => loop {
                let offset = input.offset();
                match varint::read(input)? {
                    0 => return Ok(Value::List(elements.values)),
                    TOKEN => {
                        let token = bytes::read(input, Context::Nested)?.to_vec();
                        return Ok(beam(BeamValue::Continued { elements: elements.values, token }));
                    }
                    count => elements.read_batch(offset, count, input)?,
                }
            },
        }
    }
}
