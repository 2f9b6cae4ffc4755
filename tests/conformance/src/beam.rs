//! Beam's reference file `standard_coders.yaml` against the coders of `brookite_core::beam`.
//!
//! The file is a sequence of YAML documents. Each names a coder, says in which
//! [context](brookite_core::coder::Context) it is used (in both when it does not say), and has examples:
//! from bytes, each written as a character of Latin-1, to the value they stand for. A case is an
//! example in a context. It passes when the bytes decode to the value, all of them and no byte more;
//! and when the value encodes to the bytes or, where the file calls the coder non-deterministic, to
//! bytes that decode to the value again.

mod file;
mod row;
pub mod triggers;
mod value;

use brookite_core::Value;
use brookite_core::beam::{BeamValue, StateBackedIterableCoder};
use brookite_core::coder::{Arena, CoderRegistry, Context, Input, ValueCoder};

use crate::report::Report;
use file::Section;

pub use file::MalformedFile;

/// What follows a nested value in the cases here; no coder may read it.
const AFTER: [u8; 2] = [0x5a, 0xa5];

/// Checks every case of the file whose text this is.
///
/// # Errors
/// When the text is no such file. Cases that fail are in the report.
pub fn check(text: &str) -> Result<Report, MalformedFile> {
    let registry = CoderRegistry::default();
    let mut report = Report::default();
    for section in file::read(text)? {
        let urn = &section.spec.urn;
        let coder = registry.build(&section.spec).map_err(|error| error.to_string());
        for (number, (bytes, value)) in section.examples.iter().enumerate() {
            for context in &section.contexts {
                let case = format!("line {}, example {number}, {context:?}", section.line);
                let outcome = coder.clone().and_then(|coder| {
                    let expected = value::expected(&section.spec, value)?;
                    Case { coder: &*coder, section: &section, context: *context }
                        .check(bytes, &expected)
                });
                report.add(urn, &case, outcome);
            }
        }
    }
    Ok(report)
}

struct Case<'a> {
    coder: &'a dyn ValueCoder,
    section: &'a Section,
    context: Context,
}

impl Case<'_> {
    fn check(&self, bytes: &[u8], expected: &Value) -> Result<(), String> {
        let decoded = self.decode(bytes)?;
        if decoded != *expected {
            return Err(format!("expected {expected:?}, decoded {decoded:?}"));
        }
        let encoded = self.encode(expected)?;
        if self.section.non_deterministic {
            let again = self.decode(&encoded)?;
            if again != *expected {
                return Err(format!("expected {expected:?}, decoded {again:?} from own bytes"));
            }
        } else if encoded != bytes {
            return Err(format!("expected bytes {bytes:02x?}, encoded {encoded:02x?}"));
        }
        Ok(())
    }

    fn encode(&self, value: &Value) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        self.coder.encode(value, self.context, &mut out).map_err(|error| error.to_string())?;
        Ok(out)
    }

    fn decode(&self, bytes: &[u8]) -> Result<Value, String> {
        let mut record = bytes.to_vec();
        if self.context == Context::Nested {
            record.extend(AFTER);
        }
        let arena = Arena::default();
        let mut input = Input::new(&record, &arena);
        let value =
            self.coder.decode(&mut input, self.context).map_err(|error| error.to_string())?;
        if input.offset() != bytes.len() {
            return Err(format!("{} of {} bytes were read", input.offset(), bytes.len()));
        }
        self.with_rest(value)
    }

    /// The iterable with the elements that the section's state has for it.
    fn with_rest(&self, value: Value) -> Result<Value, String> {
        let Value::Beam(beam) = &value else { return Ok(value) };
        let BeamValue::Continued { elements, token } = &**beam else { return Ok(value) };
        let rest = self.section.state.get(token).ok_or("the state has no such token")?;
        let [element] = self.section.spec.components.as_slice() else {
            return Err("expected one component".to_owned());
        };
        let element = CoderRegistry::default().build(element).map_err(|error| error.to_string())?;
        let rest = StateBackedIterableCoder::new(element)
            .read_rest(rest)
            .map_err(|error| error.to_string())?;
        Ok(Value::List(elements.iter().cloned().chain(rest).collect()))
    }
}
