//! `nullable`: 0 for null, or 1 and the value.

use std::sync::Arc;

use crate::beam::{scalar, spec};
use crate::coder::{Context, DecodeError, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:nullable:v1`: [`Value::Null`] or the component's values.
#[derive(Clone, Debug)]
pub struct NullableCoder {
    value: Arc<dyn ValueCoder>,
}

impl NullableCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:nullable:v1";

    /// The coder of such values, with null.
    pub fn new(value: Arc<dyn ValueCoder>) -> Self {
        Self { value }
    }
}

impl ValueCoder for NullableCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.value])
    }

    fn is_deterministic(&self) -> bool {
        self.value.is_deterministic()
    }

    fn encode(
        &self,
        value: &Value,
        context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        scalar::write_bool(*value != Value::Null, out);
        if *value == Value::Null { Ok(()) } else { self.value.encode(value, context, out) }
    }

    fn decode(&self, input: &mut Input<'_>, context: Context) -> Result<Value, DecodeError> {
        if scalar::read_bool(input)? { self.value.decode(input, context) } else { Ok(Value::Null) }
    }
}
