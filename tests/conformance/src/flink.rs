//! Files of bytes that Flink's serializers wrote; `docs/conformance.md` describes them.

use brookite_core::DataType;
use brookite_core::dynamic::FlinkCoder;

use crate::hex;
use crate::json::{self, value};
use crate::report::Report;

/// Under this name lines are counted that are no cases.
const MALFORMED: &str = "(malformed line)";

/// Checks every case of the file whose text this is. Cases that fail, and lines that are none, are in
/// the report, each with its line number.
pub fn check(text: &str) -> Report {
    let mut report = Report::default();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let case = format!("line {number}");
        match Case::parse(line) {
            Ok(parsed) => report.add(parsed.name, &case, parsed.check()),
            Err(reason) => report.add(MALFORMED, &case, Err(reason)),
        }
    }
    report
}

/// One line: the type as it was written, the bytes, and the JSON.
struct Case<'l> {
    name: &'l str,
    data_type: DataType,
    bytes: Vec<u8>,
    json: &'l str,
}

impl<'l> Case<'l> {
    fn parse(line: &'l str) -> Result<Self, String> {
        let mut columns = line.split('\t');
        let (Some(name), Some(bytes), Some(json)) =
            (columns.next(), columns.next(), columns.next())
        else {
            return Err("expected a type, bytes and JSON, with tabs between".to_owned());
        };
        let name = name.trim();
        let data_type = name.parse::<DataType>().map_err(|error| error.to_string())?;
        let bytes = hex::parse(bytes.trim())
            .ok_or_else(|| format!("expected bytes in hexadecimal, found {bytes}"))?;
        Ok(Self { name, data_type, bytes, json })
    }

    /// The bytes decode to the value, and the value encodes to the bytes.
    fn check(&self) -> Result<(), String> {
        let expected = value::read(&self.data_type, &json::parse(self.json)?)?;
        let coder = FlinkCoder::new(self.data_type.clone()).map_err(|error| error.to_string())?;
        let decoded = coder.decode(&self.bytes).map_err(|error| format!("decoding: {error}"))?;
        if decoded != expected {
            let decoded = match value::print(&self.data_type, &decoded) {
                Some(json) => json.to_string(),
                None => format!("{decoded:?}"),
            };
            return Err(format!("expected {}, decoded {decoded}", self.json));
        }
        let mut encoded = Vec::new();
        coder.encode(&expected, &mut encoded).map_err(|error| format!("encoding: {error}"))?;
        if encoded == self.bytes {
            return Ok(());
        }
        let (expected, encoded) = (hex::print(&self.bytes), hex::print(&encoded));
        Err(format!("expected bytes {expected}, encoded {encoded}"))
    }
}
