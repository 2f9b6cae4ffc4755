//! Numbers of variable length: seven bits a byte, the lowest first, the highest bit set in all but the
//! last byte. Negative numbers are those of 64 bits in two's complement, and take ten bytes.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};

const MORE: u8 = 0x80;
const BITS: u32 = 7;

pub(super) fn write(value: i64, out: &mut Vec<u8>) {
    let mut rest = value.cast_unsigned();
    while rest >= u64::from(MORE) {
        out.push(rest as u8 | MORE);
        rest >>= BITS;
    }
    out.push(rest as u8);
}

pub(super) fn read(input: &mut Input<'_>) -> Result<i64, DecodeError> {
    let offset = input.offset();
    let mut value = 0;
    for shift in (0..u64::BITS).step_by(BITS as usize) {
        let byte = input.byte()?;
        let bits = u64::from(byte & !MORE);
        let shifted = bits << shift;
        if shifted >> shift != bits {
            break;
        }
        value |= shifted;
        if byte & MORE == 0 {
            return Ok(value.cast_signed());
        }
    }
    Err(DecodeError::new(
        offset,
        DecodeErrorKind::OutOfRange {
            expected: "a number of at most 64 bits",
            found: "a longer one".to_owned(),
        },
    ))
}

/// A length that Java has: up to 2^31 - 1.
pub(super) fn write_length(length: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let length = i32::try_from(length).map_err(|_| EncodeError::too_long(length))?;
    write(length.into(), out);
    Ok(())
}

pub(super) fn read_length(input: &mut Input<'_>) -> Result<usize, DecodeError> {
    let offset = input.offset();
    let found = read(input)?;
    i32::try_from(found)
        .ok()
        .and_then(|length| usize::try_from(length).ok())
        .ok_or_else(|| DecodeError::new(offset, DecodeErrorKind::InvalidLength { found }))
}

/// A number of 32 bits. Beam's Java SDK writes negative ones in five bytes, as if they had no sign.
pub(super) fn write_i32(value: i32, out: &mut Vec<u8>) {
    write(value.cast_unsigned().into(), out);
}

/// Reads a number of 32 bits; a negative one in five bytes, or in ten as the `varint` coder has it.
pub(super) fn read_i32(input: &mut Input<'_>) -> Result<i32, DecodeError> {
    let offset = input.offset();
    let found = read(input)?;
    let unsigned = u32::try_from(found).map(u32::cast_signed);
    unsigned.or_else(|_| i32::try_from(found)).map_err(|_| {
        let expected = "a number of 32 bits";
        let found = found.to_string();
        DecodeError::new(offset, DecodeErrorKind::OutOfRange { expected, found })
    })
}
