//! How a field of a row is written and read.

use crate::beam::row::RowType;
use crate::beam::row::logical::Logical;
use crate::beam::{bytes, instant, scalar, varint};
use crate::coder::value_coder::wrong_type;
use crate::coder::{Context, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input};
use crate::value::Value;

/// Most elements for which memory is set aside before they are read.
const MAX_RESERVED: usize = 1024;

/// The type of a field, of an element, of a key or of a value.
#[derive(Clone, Debug)]
pub(super) struct FieldType {
    pub(super) nullable: bool,
    pub(super) format: Format,
}

/// How values that are not null look.
#[derive(Clone, Debug)]
pub(super) enum Format {
    Byte,
    Int16,
    Int32,
    Int64,
    Float,
    Double,
    String,
    Boolean,
    Bytes,
    List(Box<FieldType>),
    Map(Box<FieldType>, Box<FieldType>),
    Row(RowType),
    /// `millis_instant`, which does not look as its representation does.
    MillisInstant,
    /// `decimal`, likewise.
    Decimal,
    /// A logical type that looks as its representation does.
    Logical(Logical, Box<FieldType>),
}

impl FieldType {
    pub(super) fn is_deterministic(&self) -> bool {
        match &self.format {
            Format::Float | Format::Double | Format::Map(..) => false,
            Format::List(element) => element.is_deterministic(),
            Format::Row(row) => row.is_deterministic(),
            Format::Logical(_, representation) => representation.is_deterministic(),
            _ => true,
        }
    }

    /// Writes a value that is not null, or whose null the caller has written.
    pub(super) fn encode(&self, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match (&self.format, value) {
            (Format::Byte, Value::TinyInt(value)) => out.extend_from_slice(&value.to_be_bytes()),
            (Format::Int16, Value::SmallInt(value)) => out.extend_from_slice(&value.to_be_bytes()),
            (Format::Int32, Value::Int(value)) => varint::write_i32(*value, out),
            (Format::Int64, Value::BigInt(value)) => varint::write(*value, out),
            (Format::Float, Value::Float(value)) => {
                let value = if value.is_nan() { f32::NAN } else { *value };
                out.extend_from_slice(&value.to_be_bytes());
            }
            (Format::Double, Value::Double(value)) => scalar::write_double(*value, out),
            (Format::Boolean, Value::Boolean(value)) => scalar::write_bool(*value, out),
            (Format::String, Value::String(text)) => {
                bytes::write(text.as_bytes(), Context::Nested, out)?;
            }
            (Format::Bytes, Value::Bytes(value)) => bytes::write(value, Context::Nested, out)?,
            (Format::List(element), Value::List(values)) => {
                write_count(values.len(), out)?;
                for value in values {
                    element.encode_element(value, out).map_err(|error| error.inside("[]"))?;
                }
            }
            (Format::Map(key_type, value_type), Value::Map(entries)) => {
                write_count(entries.len(), out)?;
                for (key, value) in entries {
                    key_type.encode_element(key, out).map_err(|error| error.inside("{key}"))?;
                    let value = value_type.encode_element(value, out);
                    value.map_err(|error| error.inside("{value}"))?;
                }
            }
            (Format::Row(row), _) => row.encode(value, out)?,
            (Format::MillisInstant, Value::Timestamp { seconds, nanos }) => {
                instant::write(millis(*seconds, *nanos)?, out);
            }
            (Format::Decimal, Value::Decimal { unscaled, scale }) => {
                varint::write_i32(*scale, out);
                bytes::write(&unscaled.to_signed_bytes_be(), Context::Nested, out)?;
            }
            (Format::Logical(logical, representation), _) => {
                representation.encode(&logical.represent(value)?, out)?;
            }
            (format, value) => return Err(wrong_type(format.expected(), value)),
        }
        Ok(())
    }

    /// Reads a value that is not null.
    pub(super) fn decode(&self, input: &mut Input<'_>) -> Result<Value, DecodeError> {
        Ok(match &self.format {
            Format::Byte => Value::TinyInt(i8::from_be_bytes(input.array()?)),
            Format::Int16 => Value::SmallInt(i16::from_be_bytes(input.array()?)),
            Format::Int32 => Value::Int(varint::read_i32(input)?),
            Format::Int64 => Value::BigInt(varint::read(input)?),
            Format::Float => Value::Float(f32::from_be_bytes(input.array()?)),
            Format::Double => Value::Double(scalar::read_double(input)?),
            Format::Boolean => Value::Boolean(scalar::read_bool(input)?),
            Format::String => Value::String(bytes::read_text(input, Context::Nested)?.to_owned()),
            Format::Bytes => Value::Bytes(bytes::read(input, Context::Nested)?.to_vec()),
            // Each element takes a byte at least, so that no count claims memory.
            Format::List(element) => {
                let count = read_count(input)?;
                let mut values = Vec::with_capacity(count.min(MAX_RESERVED));
                for _ in 0..count {
                    let value = element.decode_element(input);
                    values.push(value.map_err(|error| error.inside("[]"))?);
                }
                Value::List(values)
            }
            Format::Map(key_type, value_type) => {
                let count = read_count(input)?;
                let mut entries = Vec::with_capacity(count.min(MAX_RESERVED));
                for _ in 0..count {
                    let key = key_type.decode_element(input);
                    let key = key.map_err(|error| error.inside("{key}"))?;
                    let value = value_type.decode_element(input);
                    entries.push((key, value.map_err(|error| error.inside("{value}"))?));
                }
                Value::Map(entries)
            }
            Format::Row(row) => row.decode(input)?,
            Format::MillisInstant => {
                let millis = instant::read(input)?;
                Value::Timestamp {
                    seconds: millis.div_euclid(1_000),
                    nanos: millis.rem_euclid(1_000) as u32 * 1_000_000,
                }
            }
            Format::Decimal => {
                let scale = varint::read_i32(input)?;
                let offset = input.offset();
                let digits = bytes::read(input, Context::Nested)?;
                if digits.is_empty() {
                    let kind = DecodeErrorKind::InvalidLength { found: 0 };
                    return Err(DecodeError::new(offset, kind));
                }
                Value::Decimal { unscaled: num_bigint::BigInt::from_signed_bytes_be(digits), scale }
            }
            Format::Logical(logical, representation) => {
                let offset = input.offset();
                let value = representation.decode(input)?;
                logical.interpret(value).map_err(|kind| DecodeError::new(offset, kind))?
            }
        })
    }

    /// Writes a value in a list or map, where null stands beside the value.
    fn encode_element(&self, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if *value == Value::Null && !self.nullable {
            return Err(EncodeError::new(EncodeErrorKind::Null));
        }
        if self.nullable {
            scalar::write_bool(*value != Value::Null, out);
        }
        if *value == Value::Null { Ok(()) } else { self.encode(value, out) }
    }

    fn decode_element(&self, input: &mut Input<'_>) -> Result<Value, DecodeError> {
        if self.nullable && !scalar::read_bool(input)? {
            return Ok(Value::Null);
        }
        self.decode(input)
    }
}

impl Format {
    /// The values that are written so, for people.
    fn expected(&self) -> &'static str {
        match self {
            Self::Byte => "a TINYINT",
            Self::Int16 => "a SMALLINT",
            Self::Int32 => "an INT",
            Self::Int64 => "a BIGINT",
            Self::Float => "a FLOAT",
            Self::Double => "a DOUBLE",
            Self::String => "text",
            Self::Boolean => "a boolean",
            Self::Bytes => "bytes",
            Self::List(_) => "a list",
            Self::Map(..) => "a map",
            Self::Row(_) => "a row",
            Self::MillisInstant => "a timestamp",
            Self::Decimal => "a decimal",
            Self::Logical(..) => "a value of a logical type",
        }
    }
}

fn write_count(count: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let count = i32::try_from(count).map_err(|_| EncodeError::too_long(count))?;
    out.extend_from_slice(&count.to_be_bytes());
    Ok(())
}

fn read_count(input: &mut Input<'_>) -> Result<usize, DecodeError> {
    let offset = input.offset();
    let found = i32::from_be_bytes(input.array()?);
    usize::try_from(found).map_err(|_| {
        DecodeError::new(offset, DecodeErrorKind::InvalidLength { found: found.into() })
    })
}

/// The point in time in milliseconds, if it is one that they can tell.
fn millis(seconds: i64, nanos: u32) -> Result<i64, EncodeError> {
    let millis = i128::from(seconds) * 1_000 + i128::from(nanos / 1_000_000);
    let whole = nanos.is_multiple_of(1_000_000) && nanos < 1_000_000_000;
    i64::try_from(millis).ok().filter(|_| whole).ok_or_else(|| {
        EncodeError::new(EncodeErrorKind::OutOfRange {
            expected: "whole milliseconds in 64 bits".to_owned(),
            found: format!("{seconds} s and {nanos} ns"),
        })
    })
}
