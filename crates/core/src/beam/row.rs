//! `row`: rows of Beam's schemas.
//!
//! A row is the number of its fields as a varint; a mask of its null fields, as bytes after their
//! length, the lowest bit of the first byte for the schema's first field, without trailing zeros; then
//! the fields that are not null, nested, in the order of their encoding positions.
//!
//! | schema type | looks | [`Value`] |
//! |---|---|---|
//! | `BYTE`, `INT16` | 1 and 2 bytes, big-endian | `TinyInt`, `SmallInt` |
//! | `INT32`, `INT64` | varint; a negative `INT32` in 5 bytes | `Int`, `BigInt` |
//! | `FLOAT`, `DOUBLE` | 4 and 8 bytes, big-endian | `Float`, `Double` |
//! | `STRING`, `BYTES`, `BOOLEAN` | as their coders | `String`, `Bytes`, `Boolean` |
//! | array, iterable | i32 count, then elements; each after 0 (null) or 1 when nullable | `List` |
//! | map | i32 count, then keys and values, likewise | `Map`, in the order found |
//! | row | as this coder | `Row` |
//! | `millis_instant` | 8 bytes, as the model's timestamps | `Timestamp` |
//! | `micros_instant`, `timestamp` | a row of seconds and parts of a second | `Timestamp` |
//! | `decimal` | scale as `INT32`, then the digits as bytes in two's complement, big-endian | `Decimal` |
//! | `fixed_char`, `var_char` | as their representation | `String` |
//! | `fixed_bytes`, `var_bytes` | as their representation | `Bytes` |
//! | other logical types | as their representation | their representation's |
//!
//! A value longer than its type allows is an error. One of a `fixed_` type may be shorter: Beam's Java SDK
//! pads it before it is written, the Python SDK after it is read.
//!
//! A row with fewer fields, of an older schema, is read with null for those it lacks. One with more
//! fields is an error: their types, and with them their ends, are unknown.

mod field;
mod logical;
mod schema;

use prost::Message;

use crate::beam::{bytes, spec, varint};
use crate::coder::value_coder::wrong_type;
use crate::coder::{
    CoderSpecErrorKind, Context, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input,
    ValueCoder,
};
use crate::proto::{CoderSpec, beam};
use crate::value::{RowKind, Value};
use field::FieldType;

/// `beam:coder:row:v1`: a [`Value::Row`] of kind `+I`; the payload is Beam's schema in protobuf.
#[derive(Clone, Debug)]
pub struct RowCoder {
    payload: Vec<u8>,
    row: RowType,
}

#[derive(Clone, Debug)]
struct RowType {
    fields: Vec<Field>,
    /// The indices of the fields in the order in which they are encoded.
    order: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    field_type: FieldType,
}

impl RowCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:row:v1";

    /// The coder of rows of the schema that `payload` is.
    ///
    /// # Errors
    /// When it is no schema, and when it has a type that no row can have. Names the field.
    pub fn new(payload: &[u8]) -> Result<Self, CoderSpecErrorKind> {
        let schema = beam::Schema::decode(payload).map_err(CoderSpecErrorKind::payload)?;
        let row = schema::compile(&schema).map_err(CoderSpecErrorKind::payload)?;
        Ok(Self { payload: payload.to_vec(), row })
    }
}

impl ValueCoder for RowCoder {
    fn spec(&self) -> CoderSpec {
        CoderSpec { payload: self.payload.clone(), ..spec(Self::URN, &[]) }
    }

    fn is_deterministic(&self) -> bool {
        self.row.is_deterministic()
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.row.encode(value, out)
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        self.row.decode(input)
    }
}

impl RowType {
    fn is_deterministic(&self) -> bool {
        self.fields.iter().all(|field| field.field_type.is_deterministic())
    }

    fn encode(&self, value: &Value, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let Value::Row(RowKind::Insert, values) = value else {
            return Err(wrong_type("a row of kind +I", value));
        };
        if values.len() != self.fields.len() {
            return Err(EncodeError::wrong_arity(self.fields.len(), values.len()));
        }
        varint::write_length(values.len(), out)?;
        let mut mask = Vec::new();
        for (index, (value, field)) in values.iter().zip(&self.fields).enumerate() {
            if *value == Value::Null {
                if !field.field_type.nullable {
                    return Err(EncodeError::new(EncodeErrorKind::Null).inside(&field.name));
                }
                mask.resize(index / 8 + 1, 0);
                mask[index / 8] |= 1 << (index % 8);
            }
        }
        bytes::write(&mask, Context::Nested, out)?;
        for &index in &self.order {
            let Field { name, field_type } = &self.fields[index];
            if values[index] != Value::Null {
                field_type.encode(&values[index], out).map_err(|error| error.inside(name))?;
            }
        }
        Ok(())
    }

    fn decode(&self, input: &mut Input<'_>) -> Result<Value, DecodeError> {
        let start = input.offset();
        let found = varint::read_length(input)?;
        let incompatible = |expected: String| {
            let kind = DecodeErrorKind::Incompatible { expected, found: format!("{found} fields") };
            DecodeError::new(start, kind)
        };
        if found > self.fields.len() {
            return Err(incompatible(format!("at most {} fields", self.fields.len())));
        }
        let offset = input.offset();
        let mask = bytes::read(input, Context::Nested)?;
        let is_null =
            |index: usize| mask.get(index / 8).is_some_and(|byte| byte & (1 << (index % 8)) != 0);
        if (self.fields.len()..mask.len() * 8).any(is_null) {
            let reason = "a row's null mask has bits for its fields only";
            return Err(DecodeError::new(offset, DecodeErrorKind::NotCanonical { reason }));
        }
        let mut values = vec![Value::Null; self.fields.len()];
        for (position, &index) in self.order.iter().enumerate() {
            let Field { name, field_type } = &self.fields[index];
            let missing = position >= found;
            if missing && !field_type.nullable {
                let expected = format!("a row with the field '{name}', which has no null");
                return Err(incompatible(expected));
            }
            if missing || is_null(index) {
                if !field_type.nullable {
                    return Err(DecodeError::new(offset, DecodeErrorKind::Null).inside(name));
                }
                continue;
            }
            values[index] = field_type.decode(input).map_err(|error| error.inside(name))?;
        }
        Ok(Value::Row(RowKind::Insert, values))
    }
}
