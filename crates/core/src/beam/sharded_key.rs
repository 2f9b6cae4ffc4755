//! `sharded_key`: a shard's id as bytes, then the key, both nested.

use std::sync::Arc;

use crate::beam::{BeamValue, beam, bytes, spec};
use crate::coder::value_coder::wrong_type;
use crate::coder::{Context, DecodeError, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:sharded_key:v1`: a [`BeamValue::ShardedKey`].
#[derive(Clone, Debug)]
pub struct ShardedKeyCoder {
    key: Arc<dyn ValueCoder>,
}

impl ShardedKeyCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:sharded_key:v1";

    /// The coder of such keys with their shards.
    pub fn new(key: Arc<dyn ValueCoder>) -> Self {
        Self { key }
    }
}

impl ValueCoder for ShardedKeyCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.key])
    }

    fn is_deterministic(&self) -> bool {
        self.key.is_deterministic()
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let wrong = || wrong_type("a sharded key", value);
        let Value::Beam(sharded) = value else { return Err(wrong()) };
        let BeamValue::ShardedKey { shard, key } = &**sharded else { return Err(wrong()) };
        bytes::write(shard, Context::Nested, out)?;
        self.key.encode(key, Context::Nested, out).map_err(|error| error.inside("key"))
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        let shard = bytes::read(input, Context::Nested).map_err(|error| error.inside("shard"))?;
        let key = self.key.decode(input, Context::Nested).map_err(|error| error.inside("key"))?;
        Ok(beam(BeamValue::ShardedKey { shard: shard.to_vec(), key }))
    }
}
