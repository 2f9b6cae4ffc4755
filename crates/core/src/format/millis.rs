//! `java.sql.Date`, `java.sql.Time` and `java.util.Date` as `SqlDateSerializer`, `SqlTimeSerializer` and
//! `DateSerializer` write them: i64 milliseconds since 1970. Null is the least i64.

use crate::coder::{DecodeError, EncodeError, EncodeErrorKind, Input};
use crate::format::required;

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.extend_from_slice(&i64::MIN.to_be_bytes());
}

/// Appends the point in time.
pub(crate) fn encode(millis: i64, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    check(millis)?;
    out.extend_from_slice(&millis.to_be_bytes());
    Ok(())
}

/// The least number of milliseconds would be read as null.
pub(crate) fn check(millis: i64) -> Result<(), EncodeError> {
    if millis != i64::MIN {
        return Ok(());
    }
    Err(EncodeError::new(EncodeErrorKind::OutOfRange {
        expected: "milliseconds since 1970 other than the least i64, which is null".to_owned(),
        found: millis.to_string(),
    }))
}

/// Reads the milliseconds of a point in time, which must not be null.
pub(crate) fn decode(input: &mut Input<'_>) -> Result<i64, DecodeError> {
    let offset = input.offset();
    required(decode_nullable(input)?, offset)
}

/// Reads the milliseconds of a point in time, or `None` for null.
pub(crate) fn decode_nullable(input: &mut Input<'_>) -> Result<Option<i64>, DecodeError> {
    let millis = i64::from_be_bytes(input.array()?);
    Ok((millis != i64::MIN).then_some(millis))
}
