//! How null stands on a stream: a form of the type's own, a `NullableSerializer`, or a mark of what
//! surrounds the value.

use crate::coder::{DecodeError, EncodeError, EncodeErrorKind, Input};
use crate::dynamic::{null_at, read, write};
use crate::format::flag;
use crate::types::place::Place;
use crate::types::{DataType, Kind};
use crate::value::Value;

/// Appends a value that nothing marks as null.
pub(super) fn encode(
    data_type: &DataType,
    value: &Value,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let kind = &data_type.kind;
    let null = matches!(value, Value::Null);
    if Place::Bare.wraps(data_type) {
        flag::encode(null, out);
        return if null { Ok(()) } else { write::value(kind, value, out) };
    }
    match value {
        Value::Null if allows_null(data_type) => write::null(kind, out),
        Value::Null => Err(EncodeError::new(EncodeErrorKind::Null)),
        _ => write::value(kind, value, out),
    }
}

/// Reads what [`encode`] writes.
pub(super) fn decode(data_type: &DataType, input: &mut Input<'_>) -> Result<Value, DecodeError> {
    if Place::Bare.wraps(data_type) {
        return if flag::decode(input)? { Ok(Value::Null) } else { present(data_type, input) };
    }
    let offset = input.offset();
    match read::value(&data_type.kind, input)? {
        Value::Null if !allows_null(data_type) => Err(null_at(offset)),
        value => Ok(value),
    }
}

/// Reads a value that what surrounds it says is there.
pub(super) fn present(data_type: &DataType, input: &mut Input<'_>) -> Result<Value, DecodeError> {
    let offset = input.offset();
    match read::value(&data_type.kind, input)? {
        Value::Null => Err(null_at(offset)),
        value => Ok(value),
    }
}

/// Whether to mark the value as null: an error when its type has no null.
pub(super) fn is_null(data_type: &DataType, value: &Value) -> Result<bool, EncodeError> {
    match value {
        Value::Null if data_type.nullable => Ok(true),
        Value::Null => Err(EncodeError::new(EncodeErrorKind::Null)),
        _ => Ok(false),
    }
}

/// Reads a value after the mark that says whether it is null.
pub(super) fn marked(
    data_type: &DataType,
    null: bool,
    input: &mut Input<'_>,
) -> Result<Value, DecodeError> {
    match (null, data_type.nullable) {
        (true, true) => Ok(Value::Null),
        (true, false) => Err(null_at(input.offset())),
        (false, _) => present(data_type, input),
    }
}

/// `Void` is nothing but null, and `Nullable` brings null along.
fn allows_null(data_type: &DataType) -> bool {
    data_type.nullable || matches!(data_type.kind, Kind::Void | Kind::Nullable(_))
}
