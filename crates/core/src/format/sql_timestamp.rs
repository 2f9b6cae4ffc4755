//! `java.sql.Timestamp` as `SqlTimestampSerializer` writes it: i64 milliseconds since 1970, then i32
//! nanoseconds of the second, which tell the milliseconds once more. Null is the least i64, then 0.
//!
//! Flink's own reader leaves the four bytes after a null unread: alone on a stream that does no harm,
//! in a tuple or list it reads what follows from the wrong place. Here they are read.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input};
use crate::format::{millis, out_of_range, required};

const NANOS_PER_SECOND: u32 = 1_000_000_000;
const NANOS_PER_MILLI: u32 = 1_000_000;

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    millis::encode_null(out);
    out.extend_from_slice(&0i32.to_be_bytes());
}

/// Appends the point in time.
pub(crate) fn encode(seconds: i64, nanos: u32, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let all = i128::from(seconds) * 1_000 + i128::from(nanos / NANOS_PER_MILLI);
    let Some(since_1970) = i64::try_from(all).ok().filter(|_| nanos < NANOS_PER_SECOND) else {
        return Err(EncodeError::new(EncodeErrorKind::OutOfRange {
            expected: "a point in time that java.sql.Timestamp has".to_owned(),
            found: format!("{seconds} s and {nanos} ns since 1970"),
        }));
    };
    millis::check(since_1970)?;
    out.extend_from_slice(&since_1970.to_be_bytes());
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
    let millis = millis::decode_nullable(input)?;
    let offset = input.offset();
    let nanos = i32::from_be_bytes(input.array()?);
    let Some(millis) = millis else {
        return match nanos {
            0 => Ok(None),
            _ => Err(out_of_range(offset, "0 nanoseconds after null", nanos)),
        };
    };
    let nanos = match u32::try_from(nanos) {
        Ok(nanos) if nanos < NANOS_PER_SECOND => nanos,
        _ => return Err(out_of_range(offset, "0 to 999999999 nanoseconds", nanos)),
    };
    if i64::from(nanos / NANOS_PER_MILLI) != millis.rem_euclid(1_000) {
        let reason = "milliseconds and nanoseconds of a Timestamp tell the same time";
        return Err(DecodeError::new(offset, DecodeErrorKind::NotCanonical { reason }));
    }
    Ok(Some((millis.div_euclid(1_000), nanos)))
}
