//! `LocalTime` as `LocalTimeSerializer` writes it: i8 hour, i8 minute, i8 second, i32 nanoseconds. Null
//! is the least i8, i16 and i32.

use crate::calendar::NANOS_PER_DAY;
use crate::coder::{DecodeError, EncodeError, EncodeErrorKind, Input};
use crate::format::{out_of_range, required};

const NANOS_PER_SECOND: i64 = 1_000_000_000;

const NULL: [u8; 7] = [0x80, 0x80, 0, 0x80, 0, 0, 0];

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.extend_from_slice(&NULL);
}

/// Appends the time of day that is so many nanoseconds after midnight.
pub(crate) fn encode(nanos_of_day: i64, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if !(0..NANOS_PER_DAY).contains(&nanos_of_day) {
        return Err(EncodeError::new(EncodeErrorKind::OutOfRange {
            expected: "a time of day".to_owned(),
            found: format!("{nanos_of_day} ns since midnight"),
        }));
    }
    let (seconds, nanos) = (nanos_of_day / NANOS_PER_SECOND, nanos_of_day % NANOS_PER_SECOND);
    // Checked: hours are below 24, the others below 60 and 10^9.
    out.extend_from_slice(&[
        (seconds / 3_600) as u8,
        (seconds / 60 % 60) as u8,
        (seconds % 60) as u8,
    ]);
    out.extend_from_slice(&(nanos as i32).to_be_bytes());
    Ok(())
}

/// Reads the nanoseconds from midnight to a time of day, which must not be null.
pub(crate) fn decode(input: &mut Input<'_>) -> Result<i64, DecodeError> {
    let offset = input.offset();
    required(decode_nullable(input)?, offset)
}

/// Reads the nanoseconds from midnight to a time of day, or `None` for null.
pub(crate) fn decode_nullable(input: &mut Input<'_>) -> Result<Option<i64>, DecodeError> {
    let offset = input.offset();
    let bytes: [u8; 7] = input.array()?;
    if bytes == NULL {
        return Ok(None);
    }
    let [hour, minute, second, nanos @ ..] = bytes;
    let nanos = i64::from(i32::from_be_bytes(nanos));
    if hour < 24 && minute < 60 && second < 60 && (0..NANOS_PER_SECOND).contains(&nanos) {
        let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
        return Ok(Some(seconds * NANOS_PER_SECOND + nanos));
    }
    let found = format!("hour {hour}, minute {minute}, second {second}, {nanos} ns");
    Err(out_of_range(offset, "a time of day", found))
}
