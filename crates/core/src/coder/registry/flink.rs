//! Flink's types in the registry: one URN, the type as its payload.

use std::sync::Arc;

use prost::Message;

use crate::coder::registry::Built;
use crate::coder::{
    CoderParts, CoderSpecErrorKind, Context, DecodeError, EncodeError, Input, ValueCoder,
};
use crate::dynamic::FlinkCoder;
use crate::proto::{self, CoderSpec};
use crate::types::{DataType, Field, Kind, MalformedType};
use crate::value::Value;

/// `brookite:coder:flink:v1`: any type of Flink's, as its serializer writes it, in both contexts alike.
/// The payload is the type as a protobuf [`DataType`](proto::DataType).
#[derive(Clone, Debug)]
pub struct FlinkTypeCoder {
    payload: Vec<u8>,
    coder: FlinkCoder,
}

impl FlinkTypeCoder {
    /// The coder's URN.
    pub const URN: &'static str = "brookite:coder:flink:v1";

    /// The coder for a type.
    ///
    /// # Errors
    /// When [no such type](DataType::check) can be.
    pub fn new(data_type: DataType) -> Result<Self, MalformedType> {
        let payload = proto::DataType::from(&data_type).encode_to_vec();
        Ok(Self { payload, coder: FlinkCoder::new(data_type)? })
    }
}

pub(super) fn build(parts: CoderParts<'_>) -> Built {
    let payload = parts.payload();
    let [] = parts.components()?;
    let message = proto::DataType::decode(payload).map_err(CoderSpecErrorKind::payload)?;
    let data_type = DataType::try_from(&message).map_err(CoderSpecErrorKind::payload)?;
    let coder = FlinkCoder::new(data_type).map_err(CoderSpecErrorKind::payload)?;
    // The payload as it came: protobuf may spell one message in several ways.
    Ok(Arc::new(FlinkTypeCoder { payload: payload.to_vec(), coder }))
}

impl ValueCoder for FlinkTypeCoder {
    fn spec(&self) -> CoderSpec {
        let payload = self.payload.clone();
        CoderSpec { urn: Self::URN.to_owned(), payload, components: Vec::new() }
    }

    fn is_deterministic(&self) -> bool {
        is_deterministic(self.coder.data_type())
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.coder.encode(value, out)
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        self.coder.decode_next(input)
    }
}

/// Whether equal values have equal bytes: there are two zeros, and maps and sets have no order.
fn is_deterministic(data_type: &DataType) -> bool {
    let all = |fields: &[Field]| fields.iter().all(|field| is_deterministic(&field.data_type));
    match &data_type.kind {
        Kind::Float
        | Kind::Double
        | Kind::Map(..)
        | Kind::Multiset(_)
        | Kind::JavaMap(..)
        | Kind::Set(_) => false,
        Kind::Row(fields) | Kind::JavaRow(fields) | Kind::Pojo { fields, .. } => all(fields),
        Kind::Tuple(fields) => fields.iter().all(is_deterministic),
        Kind::Array(of)
        | Kind::List(of)
        | Kind::PrimitiveArray(of)
        | Kind::ObjectArray(of)
        | Kind::Nullable(of) => is_deterministic(of),
        Kind::Either(left, right) => is_deterministic(left) && is_deterministic(right),
        _ => true,
    }
}
