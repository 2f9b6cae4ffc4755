//! A byte that is a boolean: `NullableSerializer` and Java's containers say with it what follows.

use crate::coder::{DecodeError, DecodeErrorKind, Input};

/// Appends the flag.
#[inline]
pub(crate) fn encode(flag: bool, out: &mut Vec<u8>) {
    out.push(u8::from(flag));
}

/// Reads a flag.
#[inline]
pub(crate) fn decode(input: &mut Input<'_>) -> Result<bool, DecodeError> {
    let offset = input.offset();
    match input.byte()? {
        0 => Ok(false),
        1 => Ok(true),
        found => Err(DecodeError::new(offset, DecodeErrorKind::InvalidBoolean { found })),
    }
}
