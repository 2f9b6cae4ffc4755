//! `LocalDateTime` as `LocalDateTimeSerializer` writes it: the `LocalDate`, then the `LocalTime`. Null
//! is both null.

use crate::calendar::NANOS_PER_DAY;
use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input};
use crate::format::{local_date, local_time, required};

const SECONDS_PER_DAY: i64 = 86_400;
const NANOS_PER_SECOND: i64 = NANOS_PER_DAY / SECONDS_PER_DAY;

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    local_date::encode_null(out);
    local_time::encode_null(out);
}

/// Appends the date and time of day that would be so many seconds and nanoseconds after 1970 in UTC.
pub(crate) fn encode(seconds: i64, nanos: u32, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if i64::from(nanos) >= NANOS_PER_SECOND {
        return Err(EncodeError::new(EncodeErrorKind::OutOfRange {
            expected: "0 to 999999999 nanoseconds".to_owned(),
            found: nanos.to_string(),
        }));
    }
    let second_of_day = seconds.rem_euclid(SECONDS_PER_DAY);
    local_date::encode(seconds.div_euclid(SECONDS_PER_DAY), out)?;
    local_time::encode(second_of_day * NANOS_PER_SECOND + i64::from(nanos), out)
}

/// Reads the seconds and nanoseconds since 1970, if the zone were UTC; null is an error.
pub(crate) fn decode(input: &mut Input<'_>) -> Result<(i64, u32), DecodeError> {
    let offset = input.offset();
    required(decode_nullable(input)?, offset)
}

/// Reads the seconds and nanoseconds since 1970, if the zone were UTC, or `None` for null.
pub(crate) fn decode_nullable(input: &mut Input<'_>) -> Result<Option<(i64, u32)>, DecodeError> {
    let date = local_date::decode_nullable(input)?;
    let offset = input.offset();
    let time = local_time::decode_nullable(input)?;
    match (date, time) {
        (None, None) => Ok(None),
        (Some(days), Some(nanos_of_day)) => {
            let seconds = days * SECONDS_PER_DAY + nanos_of_day / NANOS_PER_SECOND;
            // Checked: the remainder is below 10^9.
            Ok(Some((seconds, (nanos_of_day % NANOS_PER_SECOND) as u32)))
        }
        _ => {
            let reason = "a LocalDateTime is null in both its date and its time of day, or in none";
            Err(DecodeError::new(offset, DecodeErrorKind::NotCanonical { reason }))
        }
    }
}
