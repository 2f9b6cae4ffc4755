//! Enum ordinals, which `EnumSerializer` writes as an i32, and the byte that `VoidSerializer` writes.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};

/// Appends the number of a constant.
pub(crate) fn encode(ordinal: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let number = i32::try_from(ordinal).map_err(|_| EncodeError::too_long(ordinal))?;
    out.extend_from_slice(&number.to_be_bytes());
    Ok(())
}

/// Reads the number of one of `constants` constants.
pub(crate) fn decode(input: &mut Input<'_>, constants: usize) -> Result<usize, DecodeError> {
    let offset = input.offset();
    let found = i32::from_be_bytes(input.array()?);
    match usize::try_from(found) {
        Ok(ordinal) if ordinal < constants => Ok(ordinal),
        _ => {
            let expected = format!("the number of one of {constants} constants");
            Err(DecodeError::new(
                offset,
                DecodeErrorKind::UnknownTag { expected, found: found.into() },
            ))
        }
    }
}

/// Appends `Void`.
pub(crate) fn encode_void(out: &mut Vec<u8>) {
    out.push(0);
}

/// Reads `Void`.
pub(crate) fn decode_void(input: &mut Input<'_>) -> Result<(), DecodeError> {
    let offset = input.offset();
    match input.byte()? {
        0 => Ok(()),
        found => {
            let expected = "the byte 0 that stands for Void".to_owned();
            Err(DecodeError::new(
                offset,
                DecodeErrorKind::UnknownTag { expected, found: found.into() },
            ))
        }
    }
}
