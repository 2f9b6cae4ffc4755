//! Logical types that look as their representation does and mean something else.

use crate::coder::value_coder::wrong_type;
use crate::coder::{DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::value::{RowKind, Value};

/// What a logical type makes of its representation.
#[derive(Clone, Debug)]
pub(super) enum Logical {
    /// `micros_instant` and `timestamp`: a row of seconds, and of so many digits of a second's fraction.
    Seconds { digits: u32, fraction: Fraction },
    /// `fixed_char` and `var_char`: at most so many characters.
    Text { length: usize },
    /// `fixed_bytes` and `var_bytes`: at most so many bytes.
    Bytes { length: usize },
}

/// How many bits the fraction of a second has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fraction {
    Int16,
    Int32,
    Int64,
}

const MAX_DIGITS: u32 = 9;

impl Logical {
    pub(super) fn represent(&self, value: &Value) -> Result<Value, EncodeError> {
        match (self, value) {
            (Self::Seconds { digits, fraction }, Value::Timestamp { seconds, nanos }) => {
                let unit = 10_u32.pow(MAX_DIGITS - digits);
                let parts = i64::from(nanos / unit);
                let parts = match fraction {
                    Fraction::Int16 => i16::try_from(parts).ok().map(Value::SmallInt),
                    Fraction::Int32 => i32::try_from(parts).ok().map(Value::Int),
                    Fraction::Int64 => Some(Value::BigInt(parts)),
                };
                let exact = nanos.is_multiple_of(unit) && *nanos < 1_000_000_000;
                let parts = parts.filter(|_| exact).ok_or_else(|| {
                    EncodeError::new(EncodeErrorKind::OutOfRange {
                        expected: format!("at most {digits} digits of a second's fraction"),
                        found: format!("{nanos} ns"),
                    })
                })?;
                Ok(Value::Row(RowKind::Insert, vec![Value::BigInt(*seconds), parts]))
            }
            (Self::Text { length }, Value::String(text)) => {
                check_length("characters", *length, text.chars().count())?;
                Ok(value.clone())
            }
            (Self::Bytes { length }, Value::Bytes(bytes)) => {
                check_length("bytes", *length, bytes.len())?;
                Ok(value.clone())
            }
            (Self::Seconds { .. }, _) => Err(wrong_type("a timestamp", value)),
            (Self::Text { .. }, _) => Err(wrong_type("text", value)),
            (Self::Bytes { .. }, _) => Err(wrong_type("bytes", value)),
        }
    }

    pub(super) fn interpret(&self, value: Value) -> Result<Value, DecodeErrorKind> {
        match (self, value) {
            (Self::Seconds { digits, .. }, Value::Row(_, values)) => timestamp(*digits, &values),
            (Self::Text { length }, Value::String(text)) if text.chars().count() > *length => {
                Err(DecodeErrorKind::OutOfRange {
                    expected: "text of at most as many characters as its type has",
                    found: format!("{}, of which {length} are allowed", text.chars().count()),
                })
            }
            (Self::Bytes { length }, Value::Bytes(bytes)) if bytes.len() > *length => {
                Err(DecodeErrorKind::OutOfRange {
                    expected: "at most as many bytes as the type has",
                    found: format!("{}, of which {length} are allowed", bytes.len()),
                })
            }
            // The schema was compiled with the representation that the logical type has.
            (_, value) => Ok(value),
        }
    }
}

fn timestamp(digits: u32, values: &[Value]) -> Result<Value, DecodeErrorKind> {
    let (seconds, parts) = match values {
        [Value::BigInt(seconds), Value::SmallInt(parts)] => (seconds, i64::from(*parts)),
        [Value::BigInt(seconds), Value::Int(parts)] => (seconds, i64::from(*parts)),
        [Value::BigInt(seconds), Value::BigInt(parts)] => (seconds, *parts),
        _ => {
            return Err(DecodeErrorKind::OutOfRange {
                expected: "a row of seconds and parts of a second",
                found: format!("{values:?}"),
            });
        }
    };
    let unit = 10_u32.pow(MAX_DIGITS - digits);
    let limit = 10_u32.pow(digits);
    let nanos = u32::try_from(parts).ok().filter(|parts| *parts < limit).map(|parts| parts * unit);
    let nanos = nanos.ok_or_else(|| DecodeErrorKind::OutOfRange {
        expected: "a fraction of a second of as many digits as the type",
        found: parts.to_string(),
    })?;
    Ok(Value::Timestamp { seconds: *seconds, nanos })
}

fn check_length(unit: &str, length: usize, found: usize) -> Result<(), EncodeError> {
    if found <= length {
        return Ok(());
    }
    Err(EncodeError::new(EncodeErrorKind::OutOfRange {
        expected: format!("at most {length} {unit}"),
        found: found.to_string(),
    }))
}
