//! `BigDecimal` as `BigDecSerializer` writes it: the unscaled value like a `BigInteger`, then the scale
//! as an i32. Null is a null `BigInteger`, without a scale.

use num_bigint::BigInt;

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::{big_integer, required};

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    big_integer::encode_null(out);
}

/// Appends `unscaled` times ten to the power of minus `scale`.
pub(crate) fn encode(unscaled: &BigInt, scale: i32, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    big_integer::encode(unscaled, out)?;
    out.extend_from_slice(&scale.to_be_bytes());
    Ok(())
}

/// Reads the unscaled value and the scale of a number, which must not be null.
pub(crate) fn decode(input: &mut Input<'_>) -> Result<(BigInt, i32), DecodeError> {
    let offset = input.offset();
    required(decode_nullable(input)?, offset)
}

/// Reads the unscaled value and the scale of a number, or `None` for null.
pub(crate) fn decode_nullable(input: &mut Input<'_>) -> Result<Option<(BigInt, i32)>, DecodeError> {
    let Some(unscaled) = big_integer::decode_nullable(input)? else { return Ok(None) };
    Ok(Some((unscaled, i32::from_be_bytes(input.array()?))))
}
