//! Values from a stream.

use crate::coder::{DecodeError, Input, flink_string, utf8};
use crate::dynamic::{binary, number, stream, values};
use crate::format::{
    array, big_decimal, big_integer, decimal_data, flag, instant, local_date, local_date_time,
    local_time, millis, pojo, row_mask, sized, sql_timestamp, tag, timestamp_data,
};
use crate::types::{DataType, Field, Kind};
use crate::value::{RowKind, Value};

/// Reads a value as the serializer of the kind writes it; `Null` when that has a form for null, and the
/// bytes are it.
pub(super) fn value(kind: &Kind, input: &mut Input<'_>) -> Result<Value, DecodeError> {
    let offset = input.offset();
    Ok(match kind {
        Kind::Boolean => Value::Boolean(flag::decode(input)?),
        Kind::TinyInt => Value::TinyInt(i8::from_be_bytes(input.array()?)),
        Kind::SmallInt => Value::SmallInt(i16::from_be_bytes(input.array()?)),
        Kind::Int | Kind::IntervalYearMonth => Value::Int(i32::from_be_bytes(input.array()?)),
        Kind::BigInt | Kind::IntervalDayTime => Value::BigInt(i64::from_be_bytes(input.array()?)),
        Kind::Float => Value::Float(f32::from_be_bytes(input.array()?)),
        Kind::Double => Value::Double(f64::from_be_bytes(input.array()?)),
        Kind::Character => Value::Character(u16::from_be_bytes(input.array()?)),
        Kind::String => string(input)?,
        Kind::Char(_) | Kind::Varchar(_) | Kind::StringData => {
            let bytes = sized::decode(input)?;
            Value::String(utf8(bytes, input.offset() - bytes.len())?.to_owned())
        }
        Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) | Kind::Raw { .. } => {
            Value::Bytes(sized::decode(input)?.to_vec())
        }
        Kind::Decimal { precision, scale } => {
            let unscaled = decimal_data::decode(input, *precision, *scale)?;
            Value::Decimal { unscaled: unscaled.into(), scale: (*scale).into() }
        }
        Kind::Date => Value::Date(i32::from_be_bytes(input.array()?).into()),
        Kind::Time(_) => {
            return number::time_from_millis(i32::from_be_bytes(input.array()?), offset);
        }
        Kind::Timestamp(precision) | Kind::TimestampLtz(precision) => {
            let (millis, nanos) = timestamp_data::decode(input, *precision)?;
            number::timestamp_from_millis(millis, nanos)
        }
        Kind::Array(_) | Kind::Multiset(_) | Kind::Map(..) | Kind::Row(_) => {
            let bytes = sized::decode(input)?;
            return binary::read(kind, bytes, input.offset() - bytes.len());
        }
        Kind::Void => {
            tag::decode_void(input)?;
            Value::Null
        }
        Kind::BigInteger => or_null(big_integer::decode_nullable(input)?, Value::Integer),
        Kind::BigDecimal => or_null(big_decimal::decode_nullable(input)?, |(unscaled, scale)| {
            Value::Decimal { unscaled, scale }
        }),
        Kind::Instant => or_null(instant::decode_nullable(input)?, number::timestamp),
        Kind::LocalDate => or_null(local_date::decode_nullable(input)?, Value::Date),
        Kind::LocalTime => or_null(local_time::decode_nullable(input)?, Value::Time),
        Kind::LocalDateTime => or_null(local_date_time::decode_nullable(input)?, number::timestamp),
        Kind::SqlDate | Kind::SqlTime | Kind::UtilDate => {
            or_null(millis::decode_nullable(input)?, |millis| {
                number::timestamp_from_millis(millis, 0)
            })
        }
        Kind::SqlTimestamp => or_null(sql_timestamp::decode_nullable(input)?, number::timestamp),
        Kind::Enum { constants, .. } => {
            Value::String(constants[tag::decode(input, constants.len())?].clone())
        }
        Kind::Nullable(data_type) => {
            if flag::decode(input)? {
                return Ok(Value::Null);
            }
            let offset = input.offset();
            return match stream::decode(data_type, input)? {
                Value::Null => Err(crate::dynamic::null_at(offset)),
                value => Ok(value),
            };
        }
        Kind::Tuple(types) => {
            let mut fields = values(types.len());
            for (index, data_type) in types.iter().enumerate() {
                let field = stream::decode(data_type, input);
                fields.push(field.map_err(|error| error.inside(&format!("f{index}")))?);
            }
            Value::List(fields)
        }
        Kind::PrimitiveArray(element) => {
            elements(width(&element.kind), input, |input| value(&element.kind, input))?
        }
        Kind::ObjectArray(element) => elements(1, input, |input| {
            let null = !flag::decode(input)?;
            stream::marked(element, null, input)
        })?,
        Kind::Set(element) => elements(1, input, |input| marked(element, input))?,
        Kind::StringArray => elements(1, input, string)?,
        Kind::List(element) => elements(1, input, |input| stream::decode(element, input))?,
        Kind::JavaMap(key_type, value_type) => {
            // A key takes at least a byte, and the mark of the value another.
            let count = array::decode_count(input, 2)?;
            let mut pairs = values(count);
            for _ in 0..count {
                let key = stream::decode(key_type, input).map_err(|error| error.inside("{key}"))?;
                let value = marked(value_type, input).map_err(|error| error.inside("{value}"))?;
                pairs.push((key, value));
            }
            Value::Map(pairs)
        }
        Kind::JavaRow(fields) => {
            let mask = row_mask::decode(input, fields.len())?;
            let mut columns = values(fields.len());
            for (index, Field { name, data_type }) in fields.iter().enumerate() {
                let column = stream::marked(data_type, mask.is_null(index), input);
                columns.push(column.map_err(|error| error.inside(name))?);
            }
            Value::Row(mask.kind(), columns)
        }
        Kind::Pojo { fields, .. } => {
            if !pojo::decode_start(input)? {
                return Ok(Value::Null);
            }
            let mut columns = values(fields.len());
            for Field { name, data_type } in fields {
                let column = marked(data_type, input);
                columns.push(column.map_err(|error| error.inside(name))?);
            }
            Value::Row(RowKind::Insert, columns)
        }
        Kind::Either(left, right) => {
            if flag::decode(input)? {
                let value = stream::decode(left, input).map_err(|error| error.inside("{left}"))?;
                Value::Left(Box::new(value))
            } else {
                let value =
                    stream::decode(right, input).map_err(|error| error.inside("{right}"))?;
                Value::Right(Box::new(value))
            }
        }
    })
}

fn or_null<T>(value: Option<T>, wrap: impl FnOnce(T) -> Value) -> Value {
    value.map_or(Value::Null, wrap)
}

fn string(input: &mut Input<'_>) -> Result<Value, DecodeError> {
    Ok(or_null(flink_string::decode_nullable(input)?, |text| Value::String(text.to_owned())))
}

/// Reads a count, then as many values, each of at least `smallest` bytes.
fn elements(
    smallest: usize,
    input: &mut Input<'_>,
    mut element: impl FnMut(&mut Input<'_>) -> Result<Value, DecodeError>,
) -> Result<Value, DecodeError> {
    let count = array::decode_count(input, smallest)?;
    let mut elements = values(count);
    for _ in 0..count {
        elements.push(element(input).map_err(|error| error.inside("[]"))?);
    }
    Ok(Value::List(elements))
}

/// Reads a byte that says whether the value is null, then the value.
fn marked(data_type: &DataType, input: &mut Input<'_>) -> Result<Value, DecodeError> {
    let null = flag::decode(input)?;
    stream::marked(data_type, null, input)
}

/// Bytes of an element of a primitive array.
fn width(kind: &Kind) -> usize {
    match kind {
        Kind::SmallInt | Kind::Character => 2,
        Kind::Int | Kind::Float => 4,
        Kind::BigInt | Kind::Double => 8,
        _ => 1,
    }
}
