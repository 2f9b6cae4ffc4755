//! `length_prefix`: a value's length in bytes, then the value as it looks where nothing follows.

use std::sync::Arc;

use crate::beam::{bytes, spec, varint};
use crate::coder::{Context, DecodeError, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:length_prefix:v1`: the component's values, which can be skipped unread.
#[derive(Clone, Debug)]
pub struct LengthPrefixCoder {
    value: Arc<dyn ValueCoder>,
}

impl LengthPrefixCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:length_prefix:v1";

    /// The coder of such values, each after its length.
    pub fn new(value: Arc<dyn ValueCoder>) -> Self {
        Self { value }
    }
}

impl ValueCoder for LengthPrefixCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.value])
    }

    fn is_deterministic(&self) -> bool {
        self.value.is_deterministic()
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let mut encoded = Vec::new();
        self.value.encode(value, Context::Outer, &mut encoded)?;
        varint::write_length(encoded.len(), out)?;
        out.extend_from_slice(&encoded);
        Ok(())
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        let bytes = bytes::read(input, Context::Nested)?;
        let base = input.offset() - bytes.len();
        let mut inside = Input::new(bytes, input.arena());
        let value = self.value.decode(&mut inside, Context::Outer);
        value.and_then(|value| inside.finish().map(|()| value)).map_err(|error| error.shifted(base))
    }
}
