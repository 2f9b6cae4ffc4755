//! `TimestampData` as `TimestampDataSerializer` writes it: i64 milliseconds since 1970, and with more
//! than three digits of the second's fraction also i32 nanoseconds of the millisecond.

use crate::coder::{DecodeError, EncodeError, EncodeErrorKind, Input};
use crate::format::out_of_range;

/// Most digits of a fraction that milliseconds alone hold.
pub(crate) const COMPACT: u8 = 3;

const NANOS_PER_MILLI: u32 = 1_000_000;

/// Appends the point in time.
pub(crate) fn encode(
    millis: i64,
    nano_of_milli: u32,
    precision: u8,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    check_encode(nano_of_milli, precision)?;
    out.extend_from_slice(&millis.to_be_bytes());
    if precision > COMPACT {
        out.extend_from_slice(&nano_of_milli.to_be_bytes());
    }
    Ok(())
}

/// Turns down nanoseconds that the format cannot hold.
#[inline]
pub(crate) fn check_encode(nano_of_milli: u32, precision: u8) -> Result<(), EncodeError> {
    let largest = if precision > COMPACT { NANOS_PER_MILLI - 1 } else { 0 };
    if nano_of_milli <= largest {
        return Ok(());
    }
    Err(EncodeError::new(EncodeErrorKind::OutOfRange {
        expected: format!("at most {largest} nanoseconds of a millisecond"),
        found: nano_of_milli.to_string(),
    }))
}

/// Turns down nanoseconds that are a millisecond or more.
#[inline]
pub(crate) fn check_decode(nano_of_milli: u32, offset: usize) -> Result<u32, DecodeError> {
    if nano_of_milli < NANOS_PER_MILLI {
        return Ok(nano_of_milli);
    }
    Err(out_of_range(offset, "0 to 999999 nanoseconds of a millisecond", nano_of_milli))
}

/// Reads the milliseconds since 1970, and the nanoseconds of the millisecond.
pub(crate) fn decode(input: &mut Input<'_>, precision: u8) -> Result<(i64, u32), DecodeError> {
    let millis = i64::from_be_bytes(input.array()?);
    if precision <= COMPACT {
        return Ok((millis, 0));
    }
    let offset = input.offset();
    check_decode(u32::from_be_bytes(input.array()?), offset).map(|nanos| (millis, nanos))
}

/// Seconds and nanoseconds of the second.
#[inline]
pub(crate) fn to_seconds(millis: i64, nano_of_milli: u32) -> (i64, u32) {
    // Checked: the remainder is below 1,000.
    let milli_of_second = millis.rem_euclid(1_000) as u32;
    (millis.div_euclid(1_000), milli_of_second * NANOS_PER_MILLI + nano_of_milli)
}

/// Milliseconds and nanoseconds of the millisecond; `None` when there are more than an i64 holds.
#[inline]
pub(crate) fn from_seconds(seconds: i64, nanos: u32) -> Option<(i64, u32)> {
    let millis = i128::from(seconds) * 1_000 + i128::from(nanos / NANOS_PER_MILLI);
    Some((i64::try_from(millis).ok()?, nanos % NANOS_PER_MILLI))
}
