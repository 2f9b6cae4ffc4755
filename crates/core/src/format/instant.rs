//! `Instant` as `InstantSerializer` writes it: i64 seconds since 1970, then i32 nanoseconds of the
//! second. Null is the least number, twice.

use crate::calendar;
use crate::coder::{DecodeError, EncodeError, EncodeErrorKind, Input};
use crate::format::{out_of_range, required};

const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.extend_from_slice(&i64::MIN.to_be_bytes());
    out.extend_from_slice(&i32::MIN.to_be_bytes());
}

/// Appends the point in time.
pub(crate) fn encode(seconds: i64, nanos: u32, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if !calendar::INSTANT_SECONDS.contains(&seconds) || nanos >= NANOS_PER_SECOND {
        return Err(EncodeError::new(EncodeErrorKind::OutOfRange {
            expected: "a point in time that java.time.Instant has".to_owned(),
            found: format!("{seconds} s and {nanos} ns since 1970"),
        }));
    }
    out.extend_from_slice(&seconds.to_be_bytes());
    out.extend_from_slice(&nanos.to_be_bytes());
    Ok(())
}

/// Reads the seconds and nanoseconds of a point in time, which must not be null.
pub(crate) fn decode(input: &mut Input<'_>) -> Result<(i64, u32), DecodeError> {
    let offset = input.offset();
    required(decode_nullable(input)?, offset)
}

/// Reads the seconds and nanoseconds of a point in time, or `None` for null.
pub(crate) fn decode_nullable(input: &mut Input<'_>) -> Result<Option<(i64, u32)>, DecodeError> {
    let offset = input.offset();
    let seconds = i64::from_be_bytes(input.array()?);
    let nanos = i32::from_be_bytes(input.array()?);
    if (seconds, nanos) == (i64::MIN, i32::MIN) {
        return Ok(None);
    }
    if !calendar::INSTANT_SECONDS.contains(&seconds) {
        return Err(out_of_range(offset, "the seconds of an Instant", seconds));
    }
    match u32::try_from(nanos) {
        Ok(nanos) if nanos < NANOS_PER_SECOND => Ok(Some((seconds, nanos))),
        _ => Err(out_of_range(offset + 8, "0 to 999999999 nanoseconds", nanos)),
    }
}
