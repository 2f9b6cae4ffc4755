//! [`ValueCoder`]: a coder whose type is known at run time only.

use std::fmt;

use crate::coder::{Arena, DecodeError, EncodeError, EncodeErrorKind, Input};
use crate::proto::CoderSpec;
use crate::value::Value;

/// What follows a value: the two ways in which Beam's coders write one.
///
/// Flink's serializers know no such difference; their values look nested always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Nothing: the value ends where the bytes end, and may leave out what only tells its end.
    Outer,
    /// Other bytes: the value tells its end.
    Nested,
}

/// Writes and reads [`Value`]s of one type, in a format that a [`CoderSpec`] names.
///
/// Made by a [`CoderRegistry`](crate::coder::CoderRegistry) from a spec. Whoever implements one registers
/// a factory for its URN. See [`to_bytes`](trait.ValueCoder.html#method.to_bytes) for whole records.
pub trait ValueCoder: fmt::Debug + Send + Sync {
    /// The spec from which a registry makes this coder again.
    fn spec(&self) -> CoderSpec;

    /// Whether equal values have equal bytes, which the coder of a key needs.
    fn is_deterministic(&self) -> bool;

    /// Appends the value's bytes to `out`.
    ///
    /// # Errors
    /// When the value has no representation. `out` may then hold a part of it.
    fn encode(&self, value: &Value, context: Context, out: &mut Vec<u8>)
    -> Result<(), EncodeError>;

    /// Reads the next value; in [`Context::Outer`] it takes all that is left of the input.
    ///
    /// # Errors
    /// When the bytes are no such value. Names the offset and the field.
    fn decode(&self, input: &mut Input<'_>, context: Context) -> Result<Value, DecodeError>;
}

impl dyn ValueCoder {
    /// The bytes of a value that stands alone.
    ///
    /// # Errors
    /// Those of [`encode`](ValueCoder::encode).
    pub fn to_bytes(&self, value: &Value) -> Result<Vec<u8>, EncodeError> {
        let mut out = Vec::new();
        self.encode(value, Context::Outer, &mut out)?;
        Ok(out)
    }

    /// The value that stands alone in `bytes`.
    ///
    /// # Errors
    /// Those of [`decode`](ValueCoder::decode), and when bytes are left over.
    pub fn from_bytes(&self, bytes: &[u8]) -> Result<Value, DecodeError> {
        let arena = Arena::default();
        let mut input = Input::new(bytes, &arena);
        let value = self.decode(&mut input, Context::Outer)?;
        input.finish()?;
        Ok(value)
    }
}

/// The error of a coder that is given a value of another type.
#[cold]
pub(crate) fn wrong_type(expected: impl Into<String>, found: &Value) -> EncodeError {
    EncodeError::new(match found {
        Value::Null => EncodeErrorKind::Null,
        found => EncodeErrorKind::WrongType {
            expected: expected.into(),
            found: found.variant_name().to_owned(),
        },
    })
}
