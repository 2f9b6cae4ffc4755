//! Lines of a conformance file, from values.

use brookite_core::dynamic::FlinkCoder;
use brookite_core::{DataType, Value, proto};
use prost::Message;

use crate::json::value;
use crate::{base64, hex, random};

/// A case for the value, with the type's message as fourth column.
///
/// # Errors
/// Says why the value, or its JSON, cannot be written.
pub fn print(data_type: &DataType, value: &Value) -> Result<String, String> {
    let coder = FlinkCoder::new(data_type.clone()).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    coder.encode(value, &mut bytes).map_err(|error| error.to_string())?;
    let json = value::print(data_type, value)
        .ok_or_else(|| format!("no JSON for {value:?} as {data_type}"))?;
    let message = proto::DataType::from(data_type).encode_to_vec();
    let (bytes, message) = (hex::print(&bytes), base64::print(&message));
    Ok(format!("{data_type}\t{bytes}\t{json}\t{message}\n"))
}

/// A file of so many random cases, the same for the same seed.
///
/// # Errors
/// Says which value cannot be written; any can.
pub fn random_file(cases: u64, seed: u64) -> Result<String, String> {
    let mut text = format!("# {cases} random values, seed {seed}\n");
    for case in 0..cases {
        let mut choices = random::Choices::from_seed(seed.wrapping_add(case));
        let data_type = random::data_type(&mut choices);
        let value = random::value(&data_type, &mut choices);
        text.push_str(&print(&data_type, &value)?);
    }
    Ok(text)
}
