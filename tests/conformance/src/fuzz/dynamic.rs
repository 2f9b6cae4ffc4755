//! Any bytes as a value of any type.

use brookite_core::DataType;
use brookite_core::dynamic::FlinkCoder;
use brookite_core::proto;
use prost::Message;

use crate::json::{self, value};
use crate::random::{self, Choices};

/// A type made by the first bytes, and the others as its value. The very first byte says how many make
/// the type; when it is odd they are the type's message, which can describe types of any depth.
pub(super) fn bytes(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Some((type_bytes, bytes)) = rest.split_at_checked(usize::from(first / 2)) else { return };
    let data_type = if first % 2 == 0 {
        random::data_type(&mut Choices::from_bytes(type_bytes))
    } else {
        match proto::DataType::decode(type_bytes).map(|wire| DataType::try_from(&wire)) {
            Ok(Ok(data_type)) => data_type,
            _ => return,
        }
    };
    check(data_type, bytes);
}

/// A value of a type, both made by the bytes, of which then some bytes are changed or cut off.
pub(super) fn changed(bytes: &[u8]) {
    let mut choices = Choices::from_bytes(bytes);
    let changes = choices.below(4);
    let data_type = random::data_type(&mut choices);
    let value = random::value(&data_type, &mut choices);
    let coder = FlinkCoder::new(data_type.clone()).expect("the generator makes types that can be");
    let mut bytes = Vec::new();
    coder.encode(&value, &mut bytes).expect("the generator makes values that can be written");
    for _ in 0..changes {
        // Checked: below the length.
        let at = |word: u64| (word % bytes.len().max(1) as u64) as usize;
        let place = at(choices.word());
        match choices.below(4) {
            0 => bytes.truncate(place),
            _ => {
                let by = choices.byte();
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = by;
                }
            }
        }
    }
    check(data_type, &bytes);
}

/// What is read can be written, and is read from that as the same; also by way of its JSON.
fn check(data_type: DataType, bytes: &[u8]) {
    let Ok(coder) = FlinkCoder::new(data_type) else { return };
    let data_type = coder.data_type();
    let value = match coder.decode(bytes) {
        Ok(value) => value,
        Err(error) => {
            assert!(error.offset() <= bytes.len(), "{error} beyond {} bytes", bytes.len());
            return;
        }
    };
    let mut again = Vec::new();
    let written = coder.encode(&value, &mut again);
    assert_eq!(written, Ok(()), "{data_type}: {value:?}");
    assert_eq!(coder.decode(&again).as_ref(), Ok(&value), "{data_type}");
    let Some(text) = value::print(data_type, &value) else { return };
    let parsed = json::parse(&text.to_string()).and_then(|json| value::read(data_type, &json));
    assert_eq!(parsed.as_ref(), Ok(&value), "{data_type}: {text}");
}
