//! Reading records of JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use bigdecimal::BigDecimal;
use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::{RowKind, Value};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::fault::{Fault, utf8};
use crate::format::RecordReader;
use crate::json::Json;
use crate::json::write::push_text;
use crate::{numbers, scalar};

/// Reads records of some columns.
pub(super) struct Reader {
    pub(super) json: Json,
    pub(super) columns: Vec<Field>,
}

impl Reader {
    fn row(&self, record: &[u8]) -> Result<Value, Fault> {
        let text = utf8(record).map_err(Fault::record)?;
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| not_json(&error))?;
        self.json.object(raw, &self.columns, "")
    }
}

impl RecordReader for Reader {
    fn read(&mut self, record: &[u8]) -> Result<Option<Value>, Fault> {
        if record.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        match self.row(record) {
            Ok(row) => Ok(Some(row)),
            Err(_) if self.json.ignore_errors => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

/// The parser counts lines too, and is given one at a time.
fn not_json(error: &serde_json::Error) -> Fault {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let place = format!(" at line {line} column {column}");
    let reason = text.strip_suffix(&place).unwrap_or(&text);
    Fault::record(format!("expected a JSON object: {reason}, at character {column}"))
}

fn fault(path: &str, reason: String) -> Fault {
    Fault { column: Some(path.to_owned()).filter(|path| !path.is_empty()), reason }
}

impl Json {
    fn object(&self, raw: &RawValue, fields: &[Field], path: &str) -> Result<Value, Fault> {
        let object: BTreeMap<String, &RawValue> = parsed(raw, "an object", path)?;
        let mut columns = Vec::with_capacity(fields.len());
        for field in fields {
            let path =
                if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
            let value = match object.get(&field.name) {
                Some(raw) => self.value(raw, &field.data_type, &path),
                None if self.fail_on_missing => Err(Fault::column(&path, "the field is missing")),
                None => Ok(Value::Null),
            };
            let value = match value {
                Err(_) if self.ignore_errors => Value::Null,
                other => other?,
            };
            if value == Value::Null && !field.data_type.nullable {
                return Err(Fault::missing(path));
            }
            columns.push(value);
        }
        Ok(Value::Row(RowKind::Insert, columns))
    }

    fn value(&self, raw: &RawValue, data_type: &DataType, path: &str) -> Result<Value, Fault> {
        let text = raw.get();
        if text == "null" {
            return Ok(Value::Null);
        }
        match &data_type.kind {
            Kind::Row(fields) => self.object(raw, fields, path),
            Kind::Array(element) => {
                let elements: Vec<&RawValue> = parsed(raw, "an array", path)?;
                let path = format!("{path}[]");
                let values = elements.iter().map(|raw| self.value(raw, element, &path));
                Ok(Value::List(values.collect::<Result<_, _>>()?))
            }
            Kind::Map(key, value) => {
                let entries: BTreeMap<String, &RawValue> = parsed(raw, "an object", path)?;
                let entry = |(name, raw): (&String, &&RawValue)| {
                    let key = scalar::parse(name, &key.kind, self.timestamps);
                    let key =
                        key.map_err(|reason| Fault::column(format!("{path}{{key}}"), reason))?;
                    Ok::<_, Fault>((key, self.value(raw, value, &format!("{path}{{value}}"))?))
                };
                Ok(Value::Map(entries.iter().map(entry).collect::<Result<_, _>>()?))
            }
            kind => {
                let text = match text.as_bytes().first() {
                    Some(b'"') => parsed::<String>(raw, "text", path)?,
                    Some(b'{' | b'[') if matches!(kind, Kind::String) => compact(raw, path)?,
                    Some(b'{' | b'[') => {
                        let reason = format!("expected {data_type}, found {text}");
                        return Err(fault(path, reason));
                    }
                    _ => text.to_owned(),
                };
                scalar::parse(&text, kind, self.timestamps).map_err(|reason| fault(path, reason))
            }
        }
    }
}

fn parsed<'r, T: Deserialize<'r>>(raw: &'r RawValue, what: &str, path: &str) -> Result<T, Fault> {
    serde_json::from_str(raw.get())
        .map_err(|_| fault(path, format!("expected {what}, found {}", raw.get())))
}

/// JSON without blanks, as Jackson writes it.
fn compact(raw: &RawValue, path: &str) -> Result<String, Fault> {
    let mut out = String::new();
    push_compact(raw, path, &mut out)?;
    Ok(out)
}

fn push_compact(raw: &RawValue, path: &str, out: &mut String) -> Result<(), Fault> {
    let text = raw.get();
    let failed = |reason: String| fault(path, reason);
    match text.as_bytes().first() {
        Some(b'{') => {
            let Entries(entries) = parsed(raw, "an object", path)?;
            out.push('{');
            for (index, (name, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                push_text(name, out).map_err(failed)?;
                out.push(':');
                push_compact(value, path, out)?;
            }
            out.push('}');
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = parsed(raw, "an array", path)?;
            out.push('[');
            for (index, element) in elements.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                push_compact(element, path, out)?;
            }
            out.push(']');
        }
        Some(b'"') => push_text(&parsed::<String>(raw, "text", path)?, out).map_err(failed)?,
        // Numbers with a fraction lose their last zeros there.
        Some(b'-' | b'0'..=b'9') if text.contains(['.', 'e', 'E']) => {
            let number = BigDecimal::from_str(text).map_err(|error| failed(error.to_string()))?;
            let (unscaled, scale) = number.into_bigint_and_exponent();
            out.push_str(&numbers::big_decimal(&unscaled, scale));
        }
        _ => out.push_str(text),
    }
    Ok(())
}

/// What an object has, in its order.
struct Entries<'r>(Vec<(String, &'r RawValue)>);

impl<'r> Deserialize<'r> for Entries<'r> {
    fn deserialize<D: Deserializer<'r>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'r> Visitor<'r> for InOrder {
            type Value = Entries<'r>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'r>>(self, mut object: A) -> Result<Entries<'r>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = object.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
