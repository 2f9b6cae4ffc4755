//! Decoders on any bytes: what fuzzing runs, and what its corpus replays.
//!
//! Each function takes bytes that anybody may have written, and panics when a decoder does, or when what
//! it read does not come back from what it writes.

use brookite_core::coder::serde::{Serde, Versioned};
use brookite_core::coder::{Arena, CoderRegistry, Context, Input, ValueCoder};
use brookite_core::proto::CoderSpec;
use prost::Message;
use serde::{Deserialize, Serialize};

use crate::random::{Choices, coder_spec};

/// The first bytes choose a coder, the others are a value of it, or not.
pub fn any_coder(bytes: &[u8]) {
    let mut choices = Choices::from_bytes(bytes);
    let spec = coder_spec(&mut choices);
    let coder = CoderRegistry::default().build(&spec).expect("the choices make coders");
    read(&*coder, choices.rest());
}

/// A coder's spec in protobuf, and after its length a value.
pub fn any_spec(bytes: &[u8]) {
    let Some((length, bytes)) = bytes.split_first_chunk() else { return };
    let length = usize::from(u16::from_le_bytes(*length)).min(bytes.len());
    let (spec, value) = bytes.split_at(length);
    let Ok(spec) = CoderSpec::decode(spec) else { return };
    let Ok(coder) = CoderRegistry::default().build(&spec) else { return };
    assert_eq!(coder.spec(), spec);
    read(&*coder, value);
}

fn read(coder: &dyn ValueCoder, bytes: &[u8]) {
    let arena = Arena::default();
    for context in [Context::Outer, Context::Nested] {
        let mut input = Input::new(bytes, &arena);
        let Ok(value) = coder.decode(&mut input, context) else { continue };
        assert!(input.offset() <= bytes.len());
        let mut out = Vec::new();
        coder.encode(&value, context, &mut out).expect("what was read can be written");
        let again = coder.decode(&mut Input::new(&out, &arena), context);
        assert_eq!(again.as_ref(), Ok(&value), "{:?}", coder.spec());
    }
}

/// A type with everything that serde knows.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    #[serde(default)]
    number: i64,
    text: Option<String>,
    list: Vec<Everything>,
    map: std::collections::BTreeMap<String, (u8, char)>,
    choice: Choice,
    nothing: (),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Choice {
    None,
    One(i128),
    Two(bool, f32),
    Named { next: Option<Box<Everything>> },
}

impl Versioned for Everything {}

/// A stored value of a Rust type.
pub fn stored(bytes: &[u8]) {
    let Ok(value) = Serde::<Everything>::from_bytes(bytes) else { return };
    let mut out = Vec::new();
    value.write_bytes(&mut out).expect("what was read can be written");
    let mut again = Vec::new();
    let read = Serde::<Everything>::from_bytes(&out).expect("what was written can be read");
    read.write_bytes(&mut again).expect("what was read can be written");
    // By its bytes, since it may hold NaN.
    assert_eq!(again, out);
}
