//! What `PojoSerializer` writes before a POJO's fields: a byte of flags.
//!
//! 1 stands for null, with nothing behind it. 2 stands for an object of the class itself: its fields
//! follow in the order of their names, each after a byte that is 1 for null. Objects of subclasses
//! carry other flags; their fields only Java knows.

use crate::coder::{DecodeError, DecodeErrorKind, Input};

const NULL: u8 = 1;
const NO_SUBCLASS: u8 = 2;

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.push(NULL);
}

/// Appends the start of an object; the fields follow.
pub(crate) fn encode_start(out: &mut Vec<u8>) {
    out.push(NO_SUBCLASS);
}

/// Reads whether an object's fields follow; null is `false`.
pub(crate) fn decode_start(input: &mut Input<'_>) -> Result<bool, DecodeError> {
    let offset = input.offset();
    match input.byte()? {
        NULL => Ok(false),
        NO_SUBCLASS => Ok(true),
        found => {
            let expected = "a POJO of the class itself (2) or null (1), not of a subclass";
            Err(DecodeError::new(
                offset,
                DecodeErrorKind::UnknownTag { expected: expected.to_owned(), found: found.into() },
            ))
        }
    }
}
