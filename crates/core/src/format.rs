//! Stream formats: how the serializers of Flink write Java's and SQL's values, one file each.
//!
//! All numbers are big-endian. Each file has `encode` and `decode`; where the serializer has a form for
//! null of its own, also `encode_null` and `decode_nullable`. The functions know no Rust type but plain
//! numbers, so that the typed and the dynamic side share them. What Flink never writes is an error that
//! names the offset: dates that do not exist, times of day beyond the day, booleans other than 0 and 1.

pub(crate) mod array;
pub(crate) mod big_decimal;
pub(crate) mod big_integer;
pub(crate) mod decimal_data;
pub(crate) mod flag;
pub(crate) mod instant;
pub(crate) mod local_date;
pub(crate) mod local_date_time;
pub(crate) mod local_time;
pub(crate) mod millis;
pub(crate) mod pojo;
pub(crate) mod row_mask;
pub(crate) mod sized;
pub(crate) mod sql_timestamp;
pub(crate) mod tag;
pub(crate) mod timestamp_data;

#[cfg(test)]
mod tests;

use crate::coder::{DecodeError, DecodeErrorKind};

/// The value, or the error for null at `offset`.
#[inline]
pub(crate) fn required<T>(value: Option<T>, offset: usize) -> Result<T, DecodeError> {
    value.ok_or_else(|| DecodeError::new(offset, DecodeErrorKind::Null))
}

/// The error for a value that no value of the type is.
#[cold]
pub(crate) fn out_of_range(
    offset: usize,
    expected: &'static str,
    found: impl ToString,
) -> DecodeError {
    DecodeError::new(offset, DecodeErrorKind::OutOfRange { expected, found: found.to_string() })
}
