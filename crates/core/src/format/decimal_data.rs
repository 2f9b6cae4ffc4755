//! `DecimalData` as `DecimalDataSerializer` writes it, and the bytes of a decimal in a column.
//!
//! Up to 18 digits the unscaled value is an i64. With more it is the bytes of its two's complement, the
//! highest first and no more than needed: on a stream after their i32 length, in a column at the start
//! of 16 bytes set aside.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input};
use crate::format::{big_integer, sized};

/// Most digits that an i64 holds.
pub(crate) const COMPACT: u8 = 18;

/// Bytes of a longer decimal.
const LONGEST: usize = 16;

/// The largest number of that many digits.
const fn largest(precision: u8) -> u128 {
    10u128.pow(precision as u32) - 1
}

/// Turns down an unscaled value of more than `precision` digits.
#[inline]
pub(crate) fn check_encode(unscaled: i128, precision: u8, scale: u8) -> Result<(), EncodeError> {
    if unscaled.unsigned_abs() <= largest(precision) {
        return Ok(());
    }
    let found = digits(unscaled, scale);
    Err(EncodeError::new(EncodeErrorKind::Precision { precision, scale, found }))
}

/// Turns down an unscaled value of more than `precision` digits.
#[inline]
pub(crate) fn check_decode(
    unscaled: i128,
    precision: u8,
    scale: u8,
    offset: usize,
) -> Result<i128, DecodeError> {
    if unscaled.unsigned_abs() <= largest(precision) {
        return Ok(unscaled);
    }
    let found = digits(unscaled, scale);
    Err(DecodeError::new(offset, DecodeErrorKind::Precision { precision, found }))
}

#[cold]
fn digits(unscaled: i128, scale: u8) -> String {
    let sign = if unscaled < 0 { "-" } else { "" };
    let scale = usize::from(scale);
    let mut digits = format!("{:0width$}", unscaled.unsigned_abs(), width = scale + 1);
    if scale > 0 {
        digits.insert(digits.len() - scale, '.');
    }
    format!("{sign}{digits}")
}

/// The bytes of a value, of which those from the index on are needed.
#[inline]
pub(crate) fn to_bytes(unscaled: i128) -> ([u8; LONGEST], usize) {
    let sign_bits = if unscaled < 0 { unscaled.leading_ones() } else { unscaled.leading_zeros() };
    // One bit of the sign must stay.
    let spare = (sign_bits as usize - 1) / 8;
    (unscaled.to_be_bytes(), spare)
}

/// The value of at most 16 bytes at `offset`.
#[inline]
pub(crate) fn from_bytes(bytes: &[u8], offset: usize) -> Result<i128, DecodeError> {
    let Some(spare) = LONGEST.checked_sub(bytes.len()).filter(|_| !bytes.is_empty()) else {
        let found = bytes.len() as i64;
        return Err(DecodeError::new(offset, DecodeErrorKind::InvalidLength { found }));
    };
    big_integer::check_shortest(bytes, offset)?;
    let sign = if bytes[0] < 0x80 { 0 } else { 0xff };
    let mut all = [sign; LONGEST];
    all[spare..].copy_from_slice(bytes);
    Ok(i128::from_be_bytes(all))
}

/// Appends the decimal.
pub(crate) fn encode(
    unscaled: i128,
    precision: u8,
    scale: u8,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    check_encode(unscaled, precision, scale)?;
    if precision <= COMPACT {
        // Checked: 18 digits are less than an i64 holds.
        out.extend_from_slice(&(unscaled as i64).to_be_bytes());
        return Ok(());
    }
    let (bytes, start) = to_bytes(unscaled);
    sized::encode(&bytes[start..], out)
}

/// Reads a decimal's unscaled value.
pub(crate) fn decode(input: &mut Input<'_>, precision: u8, scale: u8) -> Result<i128, DecodeError> {
    let offset = input.offset();
    let unscaled = if precision <= COMPACT {
        i64::from_be_bytes(input.array()?).into()
    } else {
        from_bytes(sized::decode(input)?, offset + 4)?
    };
    check_decode(unscaled, precision, scale, offset)
}
