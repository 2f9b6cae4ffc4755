//! Rows, arrays and maps in Flink's binary layout: `BinaryRowData`, `BinaryArrayData`, `BinaryMapData`.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, utf8};
use crate::dynamic::slots::{Slots, SlotsWriter, truncated};
use crate::dynamic::{check_arity, null_at, number, values, wrong_type};
use crate::format::{decimal_data, timestamp_data};
use crate::types::{DataType, Field, Kind};
use crate::value::{RowKind, Value};

/// The counts of a `MULTISET`.
const COUNT: DataType = DataType { kind: Kind::Int, nullable: false };

/// Bytes set aside for a decimal that no i64 holds.
const WIDE_DECIMAL: usize = 16;

/// Whether a value of that kind is a row, an array or a map.
pub(super) fn is_binary(kind: &Kind) -> bool {
    matches!(kind, Kind::Row(_) | Kind::Array(_) | Kind::Map(..) | Kind::Multiset(_))
}

/// Appends a row, an array or a map.
pub(super) fn write(kind: &Kind, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match (kind, value) {
        (Kind::Row(fields), Value::Row(row_kind, columns)) => {
            write_row(fields, *row_kind, columns, out)
        }
        (Kind::Array(element), Value::List(elements)) => {
            write_array(element, elements.len(), elements.iter(), "[]", out)
        }
        (Kind::Map(key, value), Value::Map(pairs)) => {
            write_map((key, "{key}"), (value, "{value}"), pairs, out)
        }
        (Kind::Multiset(element), Value::Map(pairs)) => {
            write_map((element, "[]"), (&COUNT, "{value}"), pairs, out)
        }
        _ => Err(wrong_type(kind, value)),
    }
}

/// Reads a row, an array or a map from all of `bytes`, which start at `base` in the record.
pub(super) fn read(kind: &Kind, bytes: &[u8], base: usize) -> Result<Value, DecodeError> {
    match kind {
        Kind::Row(fields) => read_row(fields, bytes, base),
        Kind::Array(element) => read_array(element, bytes, base, "[]").map(Value::List),
        Kind::Map(key, value) => read_map((key, "{key}"), (value, "{value}"), bytes, base),
        Kind::Multiset(element) => read_map((element, "[]"), (&COUNT, "{value}"), bytes, base),
        _ => Err(no_column(kind, base)),
    }
}

fn write_row(
    fields: &[Field],
    kind: RowKind,
    columns: &[Value],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    check_arity(fields.len(), columns.len())?;
    let mut slots = SlotsWriter::row(out, kind as u8, fields.len());
    for (index, (Field { name, data_type }, column)) in fields.iter().zip(columns).enumerate() {
        write_column(data_type, column, &mut slots, index).map_err(|error| error.inside(name))?;
    }
    Ok(())
}

fn read_row(fields: &[Field], bytes: &[u8], base: usize) -> Result<Value, DecodeError> {
    let mut slots = Slots::row(bytes, base, fields.len())?;
    let Some(kind) = RowKind::from_byte(bytes[0]) else {
        let (expected, found) = ("a row kind, 0 to 3".to_owned(), bytes[0].into());
        return Err(DecodeError::new(base, DecodeErrorKind::UnknownTag { expected, found }));
    };
    let mut columns = values(fields.len());
    for (index, Field { name, data_type }) in fields.iter().enumerate() {
        let column = read_column(data_type, &mut slots, index);
        columns.push(column.map_err(|error| error.inside(name))?);
    }
    Ok(Value::Row(kind, columns))
}

fn write_array<'v>(
    element: &DataType,
    count: usize,
    elements: impl Iterator<Item = &'v Value>,
    path: &str,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let mut slots = SlotsWriter::array(out, count, width(&element.kind))?;
    for (index, value) in elements.enumerate() {
        write_column(element, value, &mut slots, index).map_err(|error| error.inside(path))?;
    }
    Ok(())
}

fn read_array(
    element: &DataType,
    bytes: &[u8],
    base: usize,
    path: &str,
) -> Result<Vec<Value>, DecodeError> {
    let mut slots = Slots::array(bytes, base, width(&element.kind))?;
    let mut elements = values(slots.count());
    for index in 0..slots.count() {
        let value = read_column(element, &mut slots, index);
        elements.push(value.map_err(|error| error.inside(path))?);
    }
    Ok(elements)
}

/// The size of the array of keys as an i32, that array, then the array of values.
fn write_map(
    (key, key_path): (&DataType, &str),
    (value, value_path): (&DataType, &str),
    pairs: &[(Value, Value)],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    write_array(key, pairs.len(), pairs.iter().map(|(key, _)| key), key_path, out)?;
    let size = out.len() - start - 4;
    let number = i32::try_from(size).map_err(|_| EncodeError::too_long(size))?;
    out[start..start + 4].copy_from_slice(&number.to_le_bytes());
    write_array(value, pairs.len(), pairs.iter().map(|(_, value)| value), value_path, out)
}

fn read_map(
    (key, key_path): (&DataType, &str),
    (value, value_path): (&DataType, &str),
    bytes: &[u8],
    base: usize,
) -> Result<Value, DecodeError> {
    let Some((size, arrays)) = bytes.split_first_chunk() else {
        return Err(truncated(base, 4, bytes.len()));
    };
    let found = i32::from_le_bytes(*size);
    let size = usize::try_from(found).map_err(|_| {
        DecodeError::new(base, DecodeErrorKind::InvalidLength { found: found.into() })
    })?;
    let Some((keys, values)) = arrays.split_at_checked(size) else {
        return Err(truncated(base + 4, size, arrays.len()));
    };
    let keys = read_array(key, keys, base + 4, key_path)?;
    let count = keys.len();
    let values = read_array(value, values, base + 4 + size, value_path)?;
    if values.len() != count {
        let found = values.len().try_into().unwrap_or(i64::MAX);
        let kind = DecodeErrorKind::InvalidLength { found };
        return Err(DecodeError::new(base + 4 + size, kind).inside(value_path));
    }
    Ok(Value::Map(keys.into_iter().zip(values).collect()))
}

/// Bytes of an element's slot in an array.
fn width(kind: &Kind) -> usize {
    match kind {
        Kind::Boolean | Kind::TinyInt => 1,
        Kind::SmallInt => 2,
        Kind::Int | Kind::Float | Kind::Date | Kind::Time(_) | Kind::IntervalYearMonth => 4,
        _ => 8,
    }
}

fn write_column(
    data_type: &DataType,
    value: &Value,
    slots: &mut SlotsWriter<'_>,
    index: usize,
) -> Result<(), EncodeError> {
    let kind = &data_type.kind;
    match (kind, value) {
        (_, Value::Null) if data_type.nullable => slots.null(index),
        (_, Value::Null) => return Err(EncodeError::new(EncodeErrorKind::Null)),
        (Kind::Boolean, Value::Boolean(value)) => slots.fixed(index, [u8::from(*value)]),
        (Kind::TinyInt, Value::TinyInt(value)) => slots.fixed(index, value.to_le_bytes()),
        (Kind::SmallInt, Value::SmallInt(value)) => slots.fixed(index, value.to_le_bytes()),
        (Kind::Int | Kind::IntervalYearMonth, Value::Int(value)) => {
            slots.fixed(index, value.to_le_bytes());
        }
        (Kind::BigInt | Kind::IntervalDayTime, Value::BigInt(value)) => {
            slots.fixed(index, value.to_le_bytes());
        }
        (Kind::Float, Value::Float(value)) => slots.fixed(index, value.to_le_bytes()),
        (Kind::Double, Value::Double(value)) => slots.fixed(index, value.to_le_bytes()),
        (Kind::Date, Value::Date(days)) => {
            slots.fixed(index, number::date(*days, value)?.to_le_bytes());
        }
        (Kind::Time(_), Value::Time(nanos)) => {
            slots.fixed(index, number::time_to_millis(*nanos, value)?.to_le_bytes());
        }
        (Kind::Timestamp(precision) | Kind::TimestampLtz(precision), value) => {
            let (millis, nanos) = number::timestamp_to_millis(kind, value)?;
            timestamp_data::check_encode(nanos, *precision)?;
            if *precision > timestamp_data::COMPACT {
                return slots.pointed(index, nanos, millis.to_le_bytes());
            }
            slots.fixed(index, millis.to_le_bytes());
        }
        (Kind::Decimal { precision, scale }, Value::Decimal { unscaled, scale: given }) => {
            let unscaled = number::decimal(unscaled, *given, *precision, *scale)?;
            if *precision <= decimal_data::COMPACT {
                // Checked: 18 digits are less than an i64 holds.
                slots.fixed(index, (unscaled as i64).to_le_bytes());
                return Ok(());
            }
            let (bytes, start) = decimal_data::to_bytes(unscaled);
            let mut shifted = [0; WIDE_DECIMAL];
            shifted[..WIDE_DECIMAL - start].copy_from_slice(&bytes[start..]);
            return slots.pointed(index, (WIDE_DECIMAL - start) as u32, shifted);
        }
        (Kind::String | Kind::Char(_) | Kind::Varchar(_), Value::String(text)) => {
            return slots.bytes(index, text.as_bytes());
        }
        (Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_), Value::Bytes(bytes)) => {
            return slots.bytes(index, bytes);
        }
        // Unlike other bytes, never in the slot itself.
        (Kind::Raw { .. }, Value::Bytes(bytes)) => {
            return slots.variable(index, |out| {
                out.extend_from_slice(bytes);
                Ok(())
            });
        }
        _ if is_binary(kind) => return slots.variable(index, |out| write(kind, value, out)),
        _ => return Err(wrong_type(kind, value)),
    }
    Ok(())
}

fn read_column(
    data_type: &DataType,
    slots: &mut Slots<'_>,
    index: usize,
) -> Result<Value, DecodeError> {
    let kind = &data_type.kind;
    let offset = slots.offset(index);
    if slots.is_null(index) {
        return if data_type.nullable { Ok(Value::Null) } else { Err(null_at(offset)) };
    }
    Ok(match kind {
        Kind::Boolean => match slots.fixed(index)? {
            [0] => Value::Boolean(false),
            [1] => Value::Boolean(true),
            [found] => {
                return Err(DecodeError::new(offset, DecodeErrorKind::InvalidBoolean { found }));
            }
        },
        Kind::TinyInt => Value::TinyInt(i8::from_le_bytes(slots.fixed(index)?)),
        Kind::SmallInt => Value::SmallInt(i16::from_le_bytes(slots.fixed(index)?)),
        Kind::Int | Kind::IntervalYearMonth => Value::Int(i32::from_le_bytes(slots.fixed(index)?)),
        Kind::BigInt | Kind::IntervalDayTime => {
            Value::BigInt(i64::from_le_bytes(slots.fixed(index)?))
        }
        Kind::Float => Value::Float(f32::from_le_bytes(slots.fixed(index)?)),
        Kind::Double => Value::Double(f64::from_le_bytes(slots.fixed(index)?)),
        Kind::Date => Value::Date(i32::from_le_bytes(slots.fixed(index)?).into()),
        Kind::Time(_) => {
            return number::time_from_millis(i32::from_le_bytes(slots.fixed(index)?), offset);
        }
        Kind::Timestamp(precision) | Kind::TimestampLtz(precision) => {
            if *precision <= timestamp_data::COMPACT {
                let millis = i64::from_le_bytes(slots.fixed(index)?);
                return Ok(number::timestamp_from_millis(millis, 0));
            }
            let (nanos, millis) = slots.pointed(index)?;
            let nanos = timestamp_data::check_decode(nanos, offset)?;
            number::timestamp_from_millis(i64::from_le_bytes(millis), nanos)
        }
        Kind::Decimal { precision, scale } => {
            let unscaled = if *precision <= decimal_data::COMPACT {
                i64::from_le_bytes(slots.fixed(index)?).into()
            } else {
                let (bytes, offset) = slots.variable(index)?;
                decimal_data::from_bytes(bytes, offset)?
            };
            let unscaled = decimal_data::check_decode(unscaled, *precision, *scale, offset)?;
            Value::Decimal { unscaled: unscaled.into(), scale: (*scale).into() }
        }
        Kind::String | Kind::Char(_) | Kind::Varchar(_) => {
            let (bytes, offset) = slots.variable(index)?;
            Value::String(utf8(bytes, offset)?.to_owned())
        }
        Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) | Kind::Raw { .. } => {
            Value::Bytes(slots.variable(index)?.0.to_vec())
        }
        _ => {
            let (bytes, offset) = slots.variable(index)?;
            return read(kind, bytes, offset);
        }
    })
}

/// Only for a type that was not checked.
#[cold]
fn no_column(kind: &Kind, offset: usize) -> DecodeError {
    let expected = "a type of SQL".to_owned();
    DecodeError::new(offset, DecodeErrorKind::Incompatible { expected, found: kind.to_string() })
}
