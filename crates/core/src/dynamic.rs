//! [`FlinkCoder`]: bytes of a type that is known at run time only.
//!
//! It reads and writes [`Value`]s of any [`DataType`] as Flink's serializer for the type does. Functions
//! need none of it; tools, tests and coders that are built from a description do.
//!
//! What cannot be is a typed error, never a value cut to size: it names the offset in the record and the
//! path of the part, such as `order.items[].price`, `prices{key}` or `{left}`. A decoder sets no more
//! memory aside than the record's length accounts for.

mod binary;
mod number;
mod read;
mod slots;
mod stream;
mod write;

use std::fmt;

use crate::coder::{Arena, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input};
use crate::types::{DataType, Kind, MalformedType};
use crate::value::Value;

/// Writes and reads values of one type as Flink's serializer for it.
///
/// ```
/// use brookite_core::{DataType, Value};
/// use brookite_core::dynamic::FlinkCoder;
///
/// let coder = FlinkCoder::new("Tuple2<String, List<Long>>".parse()?)?;
/// let value = Value::List(vec![
///     Value::String("brook".into()),
///     Value::List(vec![Value::BigInt(7)]),
/// ]);
/// let mut bytes = Vec::new();
/// coder.encode(&value, &mut bytes)?;
/// assert_eq!(bytes, b"\x06brook\0\0\0\x01\0\0\0\0\0\0\0\x07");
/// assert_eq!(coder.decode(&bytes)?, value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Some things are as Flink has them, and may surprise:
/// * The digits of `TIMESTAMP(p)` beyond p, and the length of `CHAR(n)` and its kin, are not checked:
///   Flink's serializers carry what they are given. A fraction that milliseconds cannot hold is an error
///   in `TIMESTAMP(3)` and below, which have no room for it.
/// * A `DECIMAL(p, s)` is written with s digits after the point; a number that needs more digits than
///   there are is an error.
/// * `NaN` is written as Java's canonical NaN on a stream, and as it is in a column.
/// * Text is Unicode text: a lone surrogate in Java's UTF-16 is an error when read, and a Rust string
///   has none to write. `Character` is a UTF-16 unit and carries any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlinkCoder {
    data_type: DataType,
}

impl FlinkCoder {
    /// The coder for a type.
    ///
    /// # Errors
    /// When [no such type](DataType::check) can be.
    pub fn new(data_type: DataType) -> Result<Self, MalformedType> {
        data_type.check()?;
        Ok(Self { data_type })
    }

    /// The type.
    pub fn data_type(&self) -> &DataType {
        &self.data_type
    }

    /// Appends the value's bytes to `out`.
    ///
    /// # Errors
    /// When it is no value of the type. Names the part; `out` may then hold some of the value.
    pub fn encode(&self, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        stream::encode(&self.data_type, value, out)
    }

    /// Reads the value that `bytes` are, all of them.
    ///
    /// # Errors
    /// When the bytes are no such value, or more than one. Names the offset and the part.
    pub fn decode(&self, bytes: &[u8]) -> Result<Value, DecodeError> {
        let arena = Arena::default();
        let mut input = Input::new(bytes, &arena);
        let value = self.decode_next(&mut input)?;
        input.finish()?;
        Ok(value)
    }

    /// Reads the next value of a longer record.
    ///
    /// # Errors
    /// When the bytes are no such value. Names the offset and the part.
    pub fn decode_next(&self, input: &mut Input<'_>) -> Result<Value, DecodeError> {
        stream::decode(&self.data_type, input)
    }
}

/// The value is of another type.
#[cold]
fn wrong_type(kind: &Kind, value: &Value) -> EncodeError {
    let found = match value {
        Value::Null => return EncodeError::new(EncodeErrorKind::Null),
        value => shown(value),
    };
    EncodeError::new(EncodeErrorKind::WrongType { expected: kind.to_string(), found })
}

#[cold]
fn out_of_range(expected: impl Into<String>, value: &Value) -> EncodeError {
    let (expected, found) = (expected.into(), shown(value));
    EncodeError::new(EncodeErrorKind::OutOfRange { expected, found })
}

fn check_arity(expected: usize, found: usize) -> Result<(), EncodeError> {
    if expected == found {
        return Ok(());
    }
    Err(EncodeError::new(EncodeErrorKind::WrongArity { expected, found }))
}

#[cold]
fn null_at(offset: usize) -> DecodeError {
    DecodeError::new(offset, DecodeErrorKind::Null)
}

/// The start of a value's text, which may be long.
fn shown(value: &Value) -> String {
    /// Takes so many bytes and no more.
    struct Start(String);

    impl fmt::Write for Start {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            const SHOWN: usize = 60;
            let room = SHOWN.saturating_sub(self.0.len());
            if text.len() <= room {
                self.0.push_str(text);
                return Ok(());
            }
            self.0.extend(text.chars().take(room));
            self.0.push_str("..");
            Err(fmt::Error)
        }
    }

    let mut start = Start(String::new());
    // An error here only says that the text was cut.
    let _ = fmt::Write::write_fmt(&mut start, format_args!("{value:?}"));
    start.0
}

/// Room for `count` values: all of it, unless so many would be a lot for bytes that may be bad.
fn values<T>(count: usize) -> Vec<T> {
    const AT_ONCE: usize = 1024;
    Vec::with_capacity(count.min(AT_ONCE))
}
