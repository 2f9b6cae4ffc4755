//! `BigInteger` as `BigIntSerializer` writes it.
//!
//! An i32: 0 stands for null, 1 for zero, 2 for one, 3 for ten; else the number of bytes plus four, and
//! then the bytes of the two's complement, the highest first and no more than needed.
//!
//! Flink uses the short forms only for the very objects `BigInteger.ZERO`, `ONE` and `TEN`, so equal
//! numbers may have two forms; both are read. The short ones are written.

use num_bigint::BigInt;

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};
use crate::format::required;

/// What the lengths are raised by.
const OFFSET: i32 = 4;

/// The numbers that have a short form, from 1 on.
const SHORT: [u8; 3] = [0, 1, 10];

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.extend_from_slice(&0i32.to_be_bytes());
}

/// Appends the number.
pub(crate) fn encode(value: &BigInt, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let short = (1i32..).zip(SHORT).find(|(_, number)| *value == BigInt::from(*number));
    if let Some((form, _)) = short {
        out.extend_from_slice(&form.to_be_bytes());
        return Ok(());
    }
    let bytes = value.to_signed_bytes_be();
    let length = i32::try_from(bytes.len())
        .ok()
        .and_then(|length| length.checked_add(OFFSET))
        .ok_or_else(|| EncodeError::too_long(bytes.len()))?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&bytes);
    Ok(())
}

/// Reads a number, which must not be null.
pub(crate) fn decode(input: &mut Input<'_>) -> Result<BigInt, DecodeError> {
    let offset = input.offset();
    required(decode_nullable(input)?, offset)
}

/// Reads a number, or `None` for null.
pub(crate) fn decode_nullable(input: &mut Input<'_>) -> Result<Option<BigInt>, DecodeError> {
    let offset = input.offset();
    let found = i32::from_be_bytes(input.array()?);
    match found {
        0 => Ok(None),
        1 => Ok(Some(BigInt::from(SHORT[0]))),
        2 => Ok(Some(BigInt::from(SHORT[1]))),
        3 => Ok(Some(BigInt::from(SHORT[2]))),
        _ => match usize::try_from(i64::from(found) - i64::from(OFFSET)) {
            Ok(length @ 1..) => {
                let start = input.offset();
                let bytes = input.take(length)?;
                check_shortest(bytes, start)?;
                Ok(Some(BigInt::from_signed_bytes_be(bytes)))
            }
            _ => Err(DecodeError::new(
                offset,
                DecodeErrorKind::InvalidLength { found: found.into() },
            )),
        },
    }
}

/// Java writes no byte that only repeats the sign.
pub(crate) fn check_shortest(bytes: &[u8], offset: usize) -> Result<(), DecodeError> {
    match bytes {
        [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..] => {
            let reason = "Java writes a number without leading bytes that only repeat its sign";
            Err(DecodeError::new(offset, DecodeErrorKind::NotCanonical { reason }))
        }
        _ => Ok(()),
    }
}
