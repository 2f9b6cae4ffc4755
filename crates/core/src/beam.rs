//! Beam's standard coders, over [`Value`].
//!
//! The formats are those that Beam's model defines for the `beam:coder:` URNs, byte for byte, in both of
//! Beam's [contexts](crate::coder::Context); Beam's own reference file `standard_coders.yaml` is the
//! test (`cargo xtask conformance beam-coders`). All are in
//! [`CoderRegistry::default`](crate::coder::CoderRegistry::default).
//!
//! | coder | values |
//! |---|---|
//! | `bytes`, `string_utf8`, `bool`, `double` | `Bytes`, `String`, `Boolean`, `Double` |
//! | `varint` | `BigInt` |
//! | `kv` | `List` of key and value |
//! | `iterable` | `List` |
//! | `state_backed_iterable` | `List`, or [`BeamValue::Continued`] where the rest is in Beam's state |
//! | `nullable` | `Null`, or the component's values |
//! | `length_prefix` | the component's values |
//! | `row` | `Row`, see [`RowCoder`] |
//! | windows, `timer`, `windowed_value`, `param_windowed_value`, `sharded_key` | [`BeamValue`] |
//!
//! Where the model leaves a choice (a row's null mask, NaNs, negative 32-bit numbers), these coders write
//! what Beam's Java SDK writes, and read what any SDK writes. An iterable has at most 16 elements that
//! take no bytes, such as global windows: their count alone would let a few bytes claim any amount of
//! memory.

mod bytes;
mod instant;
mod iterable;
mod kv;
mod length_prefix;
mod nullable;
mod pane;
mod param_windowed;
mod row;
mod scalar;
mod sharded_key;
mod state_backed;
mod timer;
mod value;
mod varint;
mod window;
mod windowed;

use std::sync::Arc;

use crate::coder::{CoderRegistry, DuplicateUrn, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

pub use bytes::{BytesCoder, StringUtf8Coder};
pub use iterable::IterableCoder;
pub use kv::KvCoder;
pub use length_prefix::LengthPrefixCoder;
pub use nullable::NullableCoder;
pub use param_windowed::ParamWindowedValueCoder;
pub use row::RowCoder;
pub use scalar::{BoolCoder, DoubleCoder, VarIntCoder};
pub use sharded_key::ShardedKeyCoder;
pub use state_backed::StateBackedIterableCoder;
pub use timer::TimerCoder;
pub use value::{BeamValue, Firing, Pane, Timer, Timing, WindowedValue};
pub use window::{CustomWindowCoder, GlobalWindowCoder, IntervalWindowCoder};
pub use windowed::WindowedValueCoder;

/// Registers a coder without payload over components.
macro_rules! composite {
    ($registry:ident, $coder:ident, $($component:ident),*) => {
        $registry.register($coder::URN, |parts| {
            parts.no_payload()?;
            let [$($component),*] = parts.components()?;
            Ok(Arc::new($coder::new($($component),*)))
        })?;
    };
}

/// Registers all of them.
pub(crate) fn register(registry: &mut CoderRegistry) -> Result<(), DuplicateUrn> {
    composite!(registry, BytesCoder,);
    composite!(registry, StringUtf8Coder,);
    composite!(registry, BoolCoder,);
    composite!(registry, VarIntCoder,);
    composite!(registry, DoubleCoder,);
    composite!(registry, KvCoder, key, value);
    composite!(registry, IterableCoder, element);
    composite!(registry, StateBackedIterableCoder, element);
    composite!(registry, NullableCoder, value);
    composite!(registry, LengthPrefixCoder, value);
    composite!(registry, ShardedKeyCoder, key);
    composite!(registry, GlobalWindowCoder,);
    composite!(registry, IntervalWindowCoder,);
    composite!(registry, CustomWindowCoder, window);
    composite!(registry, TimerCoder, key, window);
    composite!(registry, WindowedValueCoder, value, window);
    registry.register(ParamWindowedValueCoder::URN, |parts| {
        let payload = parts.payload();
        let [value, window] = parts.components()?;
        Ok(Arc::new(ParamWindowedValueCoder::new(payload, value, window)?))
    })?;
    registry.register(RowCoder::URN, |parts| {
        let payload = parts.payload();
        let [] = parts.components()?;
        Ok(Arc::new(RowCoder::new(payload)?))
    })
}

/// The spec of a coder without payload.
fn spec(urn: &str, components: &[&Arc<dyn ValueCoder>]) -> CoderSpec {
    CoderSpec {
        urn: urn.to_owned(),
        payload: Vec::new(),
        components: components.iter().map(|component| component.spec()).collect(),
    }
}

fn beam(value: BeamValue) -> Value {
    Value::Beam(Box::new(value))
}
