//! Descriptions of types: their text and their message.

use brookite_core::{DataType, proto};
use prost::Message;

/// Any text.
pub(super) fn text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(data_type) = text.parse::<DataType>() {
        comes_back(&data_type);
    }
}

/// Any message.
pub(super) fn message(bytes: &[u8]) {
    let Ok(wire) = proto::DataType::decode(bytes) else { return };
    if let Ok(data_type) = DataType::try_from(&wire) {
        comes_back(&data_type);
    }
}

/// All spellings of a type are the same type.
fn comes_back(data_type: &DataType) {
    let wire = proto::DataType::from(data_type);
    assert_eq!(DataType::try_from(&wire).as_ref(), Ok(data_type));
    let text = data_type.to_string();
    assert_eq!(text.parse::<DataType>().as_ref(), Ok(data_type), "{text}");
    assert_eq!(data_type.difference(data_type), None);
}
