//! `kv`: a key, nested, then its value.

use std::sync::Arc;

use crate::beam::spec;
use crate::coder::value_coder::wrong_type;
use crate::coder::{Context, DecodeError, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:kv:v1`: a [`Value::List`] of a key and a value.
#[derive(Clone, Debug)]
pub struct KvCoder {
    key: Arc<dyn ValueCoder>,
    value: Arc<dyn ValueCoder>,
}

impl KvCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:kv:v1";

    /// The coder of pairs of such keys and values.
    pub fn new(key: Arc<dyn ValueCoder>, value: Arc<dyn ValueCoder>) -> Self {
        Self { key, value }
    }
}

impl ValueCoder for KvCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.key, &self.value])
    }

    fn is_deterministic(&self) -> bool {
        self.key.is_deterministic() && self.value.is_deterministic()
    }

    fn encode(
        &self,
        value: &Value,
        context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let Value::List(pair) = value else { return Err(wrong_type("a key and a value", value)) };
        let [key, value] = pair.as_slice() else {
            return Err(EncodeError::wrong_arity(2, pair.len()));
        };
        self.key.encode(key, Context::Nested, out).map_err(|error| error.inside("key"))?;
        self.value.encode(value, context, out).map_err(|error| error.inside("value"))
    }

    fn decode(&self, input: &mut Input<'_>, context: Context) -> Result<Value, DecodeError> {
        let key = self.key.decode(input, Context::Nested).map_err(|error| error.inside("key"))?;
        let value = self.value.decode(input, context).map_err(|error| error.inside("value"))?;
        Ok(Value::List(vec![key, value]))
    }
}
