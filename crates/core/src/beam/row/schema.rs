//! From a schema in protobuf to how its rows are written.

use std::collections::HashSet;

use crate::beam::row::field::{FieldType, Format};
use crate::beam::row::logical::{Fraction, Logical};
use crate::beam::row::{Field, RowType};
use crate::proto::beam::atomic_type_value::Value as Argument;
use crate::proto::beam::field_type::TypeInfo;
use crate::proto::beam::field_value::FieldValue;
use crate::proto::beam::{self, AtomicType};
use crate::types::MalformedType;
use crate::types::data_type::join;
use crate::types::parse::MAX_DEPTH;

type Compiled<T> = Result<T, MalformedType>;

pub(super) fn compile(schema: &beam::Schema) -> Compiled<RowType> {
    row("", schema, 0)
}

fn row(path: &str, schema: &beam::Schema, depth: usize) -> Compiled<RowType> {
    let wrong = |reason: String| Err(MalformedType::new(path, reason));
    let mut names = HashSet::new();
    let mut fields = Vec::with_capacity(schema.fields.len());
    for field in &schema.fields {
        if !names.insert(&field.name) {
            return wrong(format!("two fields are called '{}'", field.name));
        }
        let field_type = part(&join(path, &field.name), field.r#type.as_ref(), depth)?;
        fields.push(Field { name: field.name.clone(), field_type });
    }
    let mut order: Vec<usize> = (0..fields.len()).collect();
    if schema.encoding_positions_set {
        let position = |index: &usize| schema.fields[*index].encoding_position;
        order.sort_by_key(position);
        // The positions are 0, 1, 2 and so on exactly when they are so in their order.
        if order.iter().enumerate().any(|(at, index)| usize::try_from(position(index)) != Ok(at)) {
            return wrong("the fields' encoding positions are not 0, 1, 2 and so on".to_owned());
        }
    }
    Ok(RowType { fields, order })
}

fn part(path: &str, field_type: Option<&beam::FieldType>, depth: usize) -> Compiled<FieldType> {
    let wrong = |reason: String| Err(MalformedType::new(path, reason));
    if depth > MAX_DEPTH {
        return wrong(format!("types are nested more than {MAX_DEPTH} deep"));
    }
    let Some(beam::FieldType { nullable, type_info: Some(type_info) }) = field_type else {
        return wrong("no type of this version; it may be of a newer one".to_owned());
    };
    let element =
        |element: Option<&beam::FieldType>| part(&format!("{path}[]"), element, depth + 1);
    let format = match type_info {
        TypeInfo::AtomicType(code) => match AtomicType::try_from(*code) {
            Ok(AtomicType::Byte) => Format::Byte,
            Ok(AtomicType::Int16) => Format::Int16,
            Ok(AtomicType::Int32) => Format::Int32,
            Ok(AtomicType::Int64) => Format::Int64,
            Ok(AtomicType::Float) => Format::Float,
            Ok(AtomicType::Double) => Format::Double,
            Ok(AtomicType::String) => Format::String,
            Ok(AtomicType::Boolean) => Format::Boolean,
            Ok(AtomicType::Bytes) => Format::Bytes,
            Ok(AtomicType::Unspecified) | Err(_) => {
                return wrong(format!("unknown atomic type {code}"));
            }
        },
        TypeInfo::ArrayType(array) => {
            Format::List(Box::new(element(array.element_type.as_deref())?))
        }
        TypeInfo::IterableType(iterable) => {
            Format::List(Box::new(element(iterable.element_type.as_deref())?))
        }
        TypeInfo::MapType(map) => {
            let key = part(&format!("{path}{{key}}"), map.key_type.as_deref(), depth + 1)?;
            let value = part(&format!("{path}{{value}}"), map.value_type.as_deref(), depth + 1)?;
            Format::Map(Box::new(key), Box::new(value))
        }
        TypeInfo::RowType(inner) => match &inner.schema {
            Some(schema) => Format::Row(row(path, schema, depth + 1)?),
            None => return wrong("expected a row's schema, found none".to_owned()),
        },
        TypeInfo::LogicalType(logical) => logical_type(path, logical, depth)?,
    };
    Ok(FieldType { nullable: *nullable, format })
}

fn logical_type(path: &str, logical: &beam::LogicalType, depth: usize) -> Compiled<Format> {
    let representation = part(path, logical.representation.as_deref(), depth + 1)?;
    let unlike = || {
        let reason = format!("'{}' does not have that representation", logical.urn);
        MalformedType::new(path, reason)
    };
    let name = logical.urn.strip_prefix("beam:logical_type:").unwrap_or_default();
    let logic = match (name, &representation.format) {
        ("millis_instant:v1", Format::Int64) => return Ok(Format::MillisInstant),
        ("decimal:v1", Format::Bytes) => return Ok(Format::Decimal),
        ("micros_instant:v1", Format::Row(row)) => {
            Logical::Seconds { digits: 6, fraction: fraction(row).ok_or_else(unlike)? }
        }
        // Without a precision it is another type of the same name, of old versions of Beam.
        ("timestamp:v1", Format::Row(row)) => match (argument(logical), fraction(row)) {
            (Some(digits @ 0..=9), Some(fraction)) => {
                Logical::Seconds { digits: u32::try_from(digits).map_err(|_| unlike())?, fraction }
            }
            _ => return Ok(representation.format),
        },
        ("fixed_char:v1" | "var_char:v1", Format::String) => {
            Logical::Text { length: length(path, logical)? }
        }
        ("fixed_bytes:v1" | "var_bytes:v1", Format::Bytes) => {
            Logical::Bytes { length: length(path, logical)? }
        }
        (
            "millis_instant:v1" | "decimal:v1" | "micros_instant:v1" | "fixed_char:v1"
            | "var_char:v1" | "fixed_bytes:v1" | "var_bytes:v1",
            _,
        ) => return Err(unlike()),
        _ => return Ok(representation.format),
    };
    Ok(Format::Logical(logic, Box::new(representation)))
}

/// The fraction of a row of seconds and of parts of a second.
fn fraction(row: &RowType) -> Option<Fraction> {
    let [seconds, parts] = row.fields.as_slice() else { return None };
    if seconds.field_type.nullable || parts.field_type.nullable {
        return None;
    }
    match (&seconds.field_type.format, &parts.field_type.format) {
        (Format::Int64, Format::Int16) => Some(Fraction::Int16),
        (Format::Int64, Format::Int32) => Some(Fraction::Int32),
        (Format::Int64, Format::Int64) => Some(Fraction::Int64),
        _ => None,
    }
}

fn argument(logical: &beam::LogicalType) -> Option<i64> {
    let FieldValue::AtomicValue(value) = logical.argument.as_ref()?.field_value.as_ref()?;
    match value.value.as_ref()? {
        Argument::Int16(number) | Argument::Int32(number) => Some((*number).into()),
        Argument::Int64(number) => Some(*number),
        Argument::String(_) => None,
    }
}

fn length(path: &str, logical: &beam::LogicalType) -> Compiled<usize> {
    argument(logical).and_then(|length| usize::try_from(length).ok()).ok_or_else(|| {
        MalformedType::new(path, format!("'{}' has no length for an argument", logical.urn))
    })
}
