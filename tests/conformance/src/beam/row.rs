//! Values of Beam's rows, by their schema.

use brookite_core::Value;
use brookite_core::proto::beam::field_type::TypeInfo;
use brookite_core::proto::beam::field_value::FieldValue;
use brookite_core::proto::beam::{AtomicType, FieldType, LogicalType, Schema, atomic_type_value};
use brookite_core::value::RowKind;
use num_bigint::BigInt;
use prost::Message;

use super::file::{
    MalformedFile, Node, boolean, entries, integer, is_null, items, required, text, unexpected,
};
use super::value::double;

/// The sign bit, which is turned over in the bytes of a point in time.
const SIGN: i64 = i64::MIN;

/// The row of the schema that `payload` is.
pub(super) fn expected(payload: &[u8], node: &Node<'_>) -> Result<Value, MalformedFile> {
    let schema = Schema::decode(payload).map_err(|_| unexpected(node, "a schema in protobuf"))?;
    row(&schema, node)
}

fn row(schema: &Schema, node: &Node<'_>) -> Result<Value, MalformedFile> {
    let field = |field: &brookite_core::proto::beam::Field| {
        value(field.r#type.as_ref(), required(node, &field.name)?)
    };
    let values = schema.fields.iter().map(field).collect::<Result<_, _>>()?;
    Ok(Value::Row(RowKind::Insert, values))
}

fn value(field_type: Option<&FieldType>, node: &Node<'_>) -> Result<Value, MalformedFile> {
    if is_null(node) {
        return Ok(Value::Null);
    }
    let type_info = field_type.and_then(|field_type| field_type.type_info.as_ref());
    match type_info.ok_or_else(|| unexpected(node, "a field with a type"))? {
        TypeInfo::AtomicType(code) => atomic(*code, node),
        TypeInfo::ArrayType(array) => list(array.element_type.as_deref(), node),
        TypeInfo::IterableType(iterable) => list(iterable.element_type.as_deref(), node),
        TypeInfo::MapType(map) => {
            let entry = |(key, entry): (&Node<'_>, &Node<'_>)| {
                Ok((value(map.key_type.as_deref(), key)?, value(map.value_type.as_deref(), entry)?))
            };
            entries(node)?.into_iter().map(entry).collect::<Result<_, _>>().map(Value::Map)
        }
        TypeInfo::RowType(inner) => row(inner.schema.as_ref().unwrap_or(&Schema::default()), node),
        TypeInfo::LogicalType(logical) => logical_value(logical, node),
    }
}

fn list(element: Option<&FieldType>, node: &Node<'_>) -> Result<Value, MalformedFile> {
    let values = items(node)?.iter().map(|item| value(element, item));
    values.collect::<Result<_, _>>().map(Value::List)
}

fn atomic(code: i32, node: &Node<'_>) -> Result<Value, MalformedFile> {
    let narrow = |_| unexpected(node, "a smaller number");
    match AtomicType::try_from(code) {
        Ok(AtomicType::Byte) => Ok(Value::TinyInt(integer(node)?.try_into().map_err(narrow)?)),
        Ok(AtomicType::Int16) => Ok(Value::SmallInt(integer(node)?.try_into().map_err(narrow)?)),
        Ok(AtomicType::Int32) => Ok(Value::Int(integer(node)?.try_into().map_err(narrow)?)),
        Ok(AtomicType::Int64) => integer(node).map(Value::BigInt),
        Ok(AtomicType::Float) => {
            let number = text(node)?.parse().map_err(|_| unexpected(node, "a number"))?;
            Ok(Value::Float(number))
        }
        Ok(AtomicType::Double) => double(node).map(Value::Double),
        Ok(AtomicType::String) => Ok(Value::String(text(node)?.to_owned())),
        Ok(AtomicType::Boolean) => boolean(node).map(Value::Boolean),
        Ok(AtomicType::Bytes) => Ok(Value::Bytes(text(node)?.as_bytes().to_vec())),
        Ok(AtomicType::Unspecified) | Err(_) => Err(unexpected(node, "a known type")),
    }
}

fn logical_value(logical: &LogicalType, node: &Node<'_>) -> Result<Value, MalformedFile> {
    match logical.urn.strip_prefix("beam:logical_type:").unwrap_or_default() {
        "micros_instant:v1" => timestamp(node, "micros", 6),
        "timestamp:v1" => timestamp(node, "subseconds", digits(logical)),
        "millis_instant:v1" => {
            // The file has the bytes of the point in time as a number.
            let millis = integer(node)? ^ SIGN;
            let nanos = millis.rem_euclid(1_000) * 1_000_000;
            Ok(Value::Timestamp { seconds: millis.div_euclid(1_000), nanos: nanos as u32 })
        }
        "decimal:v1" => decimal(node),
        _ => value(logical.representation.as_deref(), node),
    }
}

/// Seconds, and so many digits of a second's fraction under the name.
fn timestamp(node: &Node<'_>, name: &str, digits: u32) -> Result<Value, MalformedFile> {
    let unit = 10_i64.pow(9_u32.saturating_sub(digits));
    let nanos = integer(required(node, name)?)? * unit;
    let nanos = nanos.try_into().map_err(|_| unexpected(node, "a fraction of a second"))?;
    Ok(Value::Timestamp { seconds: integer(required(node, "seconds")?)?, nanos })
}

fn digits(logical: &LogicalType) -> u32 {
    let argument = logical.argument.as_ref().and_then(|value| value.field_value.as_ref());
    match argument {
        Some(FieldValue::AtomicValue(value)) => match value.value {
            Some(atomic_type_value::Value::Int32(digits)) => digits.unsigned_abs(),
            _ => 0,
        },
        None => 0,
    }
}

fn decimal(node: &Node<'_>) -> Result<Value, MalformedFile> {
    let text = text(node)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let unscaled: BigInt =
        format!("{whole}{fraction}").parse().map_err(|_| unexpected(node, "a decimal"))?;
    let scale = i32::try_from(fraction.len()).map_err(|_| unexpected(node, "a shorter decimal"))?;
    Ok(Value::Decimal { unscaled, scale })
}
