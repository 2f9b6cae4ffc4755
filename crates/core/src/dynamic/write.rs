//! Values onto a stream.

use crate::coder::{EncodeError, EncodeErrorKind, flink_string};
use crate::dynamic::{binary, check_arity, number, out_of_range, stream, wrong_type};
use crate::format::{
    array, big_decimal, big_integer, decimal_data, flag, instant, local_date, local_date_time,
    local_time, millis, pojo, row_mask, sized, sql_timestamp, tag, timestamp_data,
};
use crate::types::{DataType, Field, Kind};
use crate::value::{RowKind, Value};

/// Appends null in the form that the type's own serializer has for it.
pub(super) fn null(kind: &Kind, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match kind {
        Kind::String => flink_string::encode_null(out),
        Kind::Void => tag::encode_void(out),
        Kind::BigInteger => big_integer::encode_null(out),
        Kind::BigDecimal => big_decimal::encode_null(out),
        Kind::Instant => instant::encode_null(out),
        Kind::LocalDate => local_date::encode_null(out),
        Kind::LocalTime => local_time::encode_null(out),
        Kind::LocalDateTime => local_date_time::encode_null(out),
        Kind::SqlDate | Kind::SqlTime | Kind::UtilDate => millis::encode_null(out),
        Kind::SqlTimestamp => sql_timestamp::encode_null(out),
        Kind::Pojo { .. } => pojo::encode_null(out),
        Kind::Nullable(_) => flag::encode(true, out),
        _ => return Err(EncodeError::new(EncodeErrorKind::Null)),
    }
    Ok(())
}

/// Appends a value that is not null.
pub(super) fn value(kind: &Kind, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match (kind, value) {
        (Kind::Boolean, Value::Boolean(value)) => flag::encode(*value, out),
        (Kind::TinyInt, Value::TinyInt(value)) => out.extend_from_slice(&value.to_be_bytes()),
        (Kind::SmallInt, Value::SmallInt(value)) => out.extend_from_slice(&value.to_be_bytes()),
        (Kind::Int | Kind::IntervalYearMonth, Value::Int(value)) => {
            out.extend_from_slice(&value.to_be_bytes());
        }
        (Kind::BigInt | Kind::IntervalDayTime, Value::BigInt(value)) => {
            out.extend_from_slice(&value.to_be_bytes());
        }
        // Java writes all NaNs as one.
        (Kind::Float, Value::Float(value)) => {
            let value = if value.is_nan() { f32::NAN } else { *value };
            out.extend_from_slice(&value.to_be_bytes());
        }
        (Kind::Double, Value::Double(value)) => {
            let value = if value.is_nan() { f64::NAN } else { *value };
            out.extend_from_slice(&value.to_be_bytes());
        }
        (Kind::Character, Value::Character(unit)) => out.extend_from_slice(&unit.to_be_bytes()),
        (Kind::String, Value::String(text)) => return flink_string::encode(text, out),
        (Kind::Char(_) | Kind::Varchar(_) | Kind::StringData, Value::String(text)) => {
            return sized::encode(text.as_bytes(), out);
        }
        (
            Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) | Kind::Raw { .. },
            Value::Bytes(bytes),
        ) => return sized::encode(bytes, out),
        (Kind::Enum { constants, .. }, Value::String(name)) => {
            let Some(ordinal) = constants.iter().position(|constant| constant == name) else {
                return Err(out_of_range(format!("a constant of {kind}"), value));
            };
            return tag::encode(ordinal, out);
        }
        (Kind::Decimal { precision, scale }, Value::Decimal { unscaled, scale: given }) => {
            let unscaled = number::decimal(unscaled, *given, *precision, *scale)?;
            return decimal_data::encode(unscaled, *precision, *scale, out);
        }
        (Kind::BigInteger, Value::Integer(value)) => return big_integer::encode(value, out),
        (Kind::BigDecimal, Value::Decimal { unscaled, scale }) => {
            return big_decimal::encode(unscaled, *scale, out);
        }
        (Kind::Nullable(data_type), value) => {
            flag::encode(false, out);
            return stream::encode(data_type, value, out);
        }
        _ if binary::is_binary(kind) => {
            return sized::encode_with(out, |out| binary::write(kind, value, out));
        }
        _ if is_time(kind) => return time(kind, value, out),
        _ => return composed(kind, value, out),
    }
    Ok(())
}

fn is_time(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Date
            | Kind::Time(_)
            | Kind::Timestamp(_)
            | Kind::TimestampLtz(_)
            | Kind::Instant
            | Kind::LocalDate
            | Kind::LocalTime
            | Kind::LocalDateTime
            | Kind::SqlDate
            | Kind::SqlTime
            | Kind::SqlTimestamp
            | Kind::UtilDate
    )
}

fn time(kind: &Kind, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match (kind, value) {
        (Kind::Date, Value::Date(days)) => {
            out.extend_from_slice(&number::date(*days, value)?.to_be_bytes());
            Ok(())
        }
        (Kind::Time(_), Value::Time(nanos)) => {
            out.extend_from_slice(&number::time_to_millis(*nanos, value)?.to_be_bytes());
            Ok(())
        }
        (Kind::Timestamp(precision) | Kind::TimestampLtz(precision), value) => {
            let (millis, nanos) = number::timestamp_to_millis(kind, value)?;
            timestamp_data::encode(millis, nanos, *precision, out)
        }
        (Kind::Instant, Value::Timestamp { seconds, nanos }) => {
            instant::encode(*seconds, *nanos, out)
        }
        (Kind::LocalDate, Value::Date(days)) => local_date::encode(*days, out),
        (Kind::LocalTime, Value::Time(nanos)) => local_time::encode(*nanos, out),
        (Kind::LocalDateTime, Value::Timestamp { seconds, nanos }) => {
            local_date_time::encode(*seconds, *nanos, out)
        }
        (Kind::SqlDate | Kind::SqlTime | Kind::UtilDate, value) => {
            millis::encode(number::whole_millis(kind, value)?, out)
        }
        (Kind::SqlTimestamp, Value::Timestamp { seconds, nanos }) => {
            sql_timestamp::encode(*seconds, *nanos, out)
        }
        _ => Err(wrong_type(kind, value)),
    }
}

/// Values that consist of others.
fn composed(kind: &Kind, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match (kind, value) {
        (Kind::Tuple(types), Value::List(fields)) => {
            check_arity(types.len(), fields.len())?;
            types.iter().zip(fields).enumerate().try_for_each(|(index, (data_type, field))| {
                stream::encode(data_type, field, out)
                    .map_err(|error| error.inside(&format!("f{index}")))
            })
        }
        (Kind::PrimitiveArray(element), Value::List(elements)) => {
            array::encode_count(elements.len(), out)?;
            elements.iter().try_for_each(|value| {
                self::value(&element.kind, value, out).map_err(|error| error.inside("[]"))
            })
        }
        (Kind::ObjectArray(element), Value::List(elements)) => {
            marked_elements(element, elements, true, out)
        }
        (Kind::Set(element), Value::List(elements)) => {
            marked_elements(element, elements, false, out)
        }
        (Kind::StringArray, Value::List(elements)) => {
            array::encode_count(elements.len(), out)?;
            elements.iter().try_for_each(|value| {
                match value {
                    Value::Null => {
                        flink_string::encode_null(out);
                        Ok(())
                    }
                    Value::String(text) => flink_string::encode(text, out),
                    _ => Err(wrong_type(&Kind::String, value)),
                }
                .map_err(|error| error.inside("[]"))
            })
        }
        (Kind::List(element), Value::List(elements)) => {
            array::encode_count(elements.len(), out)?;
            elements.iter().try_for_each(|value| {
                stream::encode(element, value, out).map_err(|error| error.inside("[]"))
            })
        }
        (Kind::JavaMap(key_type, value_type), Value::Map(pairs)) => {
            array::encode_count(pairs.len(), out)?;
            pairs.iter().try_for_each(|(key, value)| {
                stream::encode(key_type, key, out).map_err(|error| error.inside("{key}"))?;
                marked(value_type, value, false, out).map_err(|error| error.inside("{value}"))
            })
        }
        (Kind::JavaRow(fields), Value::Row(kind, values)) => java_row(fields, *kind, values, out),
        (Kind::Pojo { fields, .. }, Value::Row(RowKind::Insert, values)) => {
            check_arity(fields.len(), values.len())?;
            pojo::encode_start(out);
            fields.iter().zip(values).try_for_each(|(Field { name, data_type }, value)| {
                marked(data_type, value, false, out).map_err(|error| error.inside(name))
            })
        }
        (Kind::Either(left, _), Value::Left(value)) => {
            flag::encode(true, out);
            stream::encode(left, value, out).map_err(|error| error.inside("{left}"))
        }
        (Kind::Either(_, right), Value::Right(value)) => {
            flag::encode(false, out);
            stream::encode(right, value, out).map_err(|error| error.inside("{right}"))
        }
        _ => Err(wrong_type(kind, value)),
    }
}

/// Appends a value after a mark: the byte that says whether it is null is then `present` negated.
fn marked(
    data_type: &DataType,
    value: &Value,
    present: bool,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let null = stream::is_null(data_type, value)?;
    flag::encode(null != present, out);
    if null { Ok(()) } else { self::value(&data_type.kind, value, out) }
}

fn marked_elements(
    element: &DataType,
    elements: &[Value],
    present: bool,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    array::encode_count(elements.len(), out)?;
    elements.iter().try_for_each(|value| {
        marked(element, value, present, out).map_err(|error| error.inside("[]"))
    })
}

fn java_row(
    fields: &[Field],
    kind: RowKind,
    values: &[Value],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    check_arity(fields.len(), values.len())?;
    row_mask::encode(kind, values.iter().map(|value| matches!(value, Value::Null)), out);
    fields.iter().zip(values).try_for_each(|(Field { name, data_type }, field)| {
        match stream::is_null(data_type, field) {
            Ok(true) => Ok(()),
            Ok(false) => value(&data_type.kind, field, out),
            Err(error) => Err(error),
        }
        .map_err(|error| error.inside(name))
    })
}
