//! Any bytes as values of any tree of Beam's coders, and any spec of a coder.

use brookite_core::coder::{Arena, CoderRegistry, Context, Input};
use brookite_core::proto::CoderSpec;
use prost::Message;

use crate::random::Choices;

/// How deep trees of coders are.
const DEPTH: usize = 4;

/// Any message that is a coder's spec: what is built of it has that spec.
pub(super) fn spec(bytes: &[u8]) {
    let Ok(spec) = CoderSpec::decode(bytes) else { return };
    if let Ok(coder) = CoderRegistry::default().build(&spec) {
        assert_eq!(coder.spec(), spec);
    }
}

/// A tree of coders made by the first bytes, and the others as its value.
pub(super) fn bytes(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Some((tree_bytes, bytes)) = rest.split_at_checked(usize::from(first / 2)) else { return };
    let context = if first % 2 == 0 { Context::Nested } else { Context::Outer };
    let spec = tree(&mut Choices::from_bytes(tree_bytes), DEPTH);
    let Ok(coder) = CoderRegistry::default().build(&spec) else { return };
    assert_eq!(coder.spec(), spec);
    let arena = Arena::default();
    let mut input = Input::new(bytes, &arena);
    let value = match coder.decode(&mut input, context) {
        Ok(value) => value,
        Err(error) => {
            assert!(error.offset() <= bytes.len(), "{error} beyond {} bytes", bytes.len());
            return;
        }
    };
    let mut written = Vec::new();
    let encoded = coder.encode(&value, context, &mut written);
    assert_eq!(encoded, Ok(()), "{spec:?}: {value:?}");
    let mut input = Input::new(&written, &arena);
    assert_eq!(coder.decode(&mut input, context).as_ref(), Ok(&value), "{spec:?}");
    assert_eq!(input.rest(), [0u8; 0], "{spec:?}: {value:?}");
}

fn tree(choices: &mut Choices<'_>, depth: usize) -> CoderSpec {
    let coder = |name: &'static str, components| CoderSpec {
        urn: format!("beam:coder:{name}:v1"),
        payload: Vec::new(),
        components,
    };
    let leaves =
        ["bytes", "string_utf8", "bool", "varint", "double", "global_window", "interval_window"];
    if depth == 0 {
        return coder(choices.one::<&str>(&leaves), Vec::new());
    }
    match choices.below(16) {
        0..=5 => coder(choices.one::<&str>(&leaves), Vec::new()),
        6 => {
            let length = choices.below(96);
            let payload = (0..length).map(|_| choices.byte()).collect();
            CoderSpec { payload, ..coder("row", Vec::new()) }
        }
        7 => coder("custom_window", vec![window(choices)]),
        8..=11 => {
            let names =
                ["iterable", "state_backed_iterable", "nullable", "length_prefix", "sharded_key"];
            let name = *choices.one(&names);
            coder(name, vec![tree(choices, depth - 1)])
        }
        12 => coder("kv", vec![tree(choices, depth - 1), tree(choices, depth - 1)]),
        13 => coder("timer", vec![tree(choices, depth - 1), window(choices)]),
        14 => coder("windowed_value", vec![tree(choices, depth - 1), window(choices)]),
        _ => CoderSpec {
            // 1970-01-01, no windows, no firing, no bytes.
            payload: b"\x80\0\0\0\0\0\0\0\0\0\0\0\x0f\0".to_vec(),
            ..coder("param_windowed_value", vec![tree(choices, depth - 1), window(choices)])
        },
    }
}

fn window(choices: &mut Choices<'_>) -> CoderSpec {
    let name = choices.one(&["beam:coder:global_window:v1", "beam:coder:interval_window:v1"]);
    CoderSpec { urn: (*name).to_owned(), payload: Vec::new(), components: Vec::new() }
}
