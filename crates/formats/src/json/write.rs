//! Writing records of JSON.

use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::Value;

use crate::fault::Fault;
use crate::format::RecordWriter;
use crate::json::Json;
use crate::write_scalar::{self, Written};

/// Writes records of some columns.
pub(super) struct Writer {
    pub(super) json: Json,
    pub(super) columns: Vec<Field>,
}

impl RecordWriter for Writer {
    fn write(&mut self, row: &Value, out: &mut String) -> Result<(), Fault> {
        let row_type = DataType::required(Kind::Row(self.columns.clone()));
        self.json.append(row, &row_type, out).map_err(Fault::record)?;
        out.push('\n');
        Ok(())
    }
}

impl Json {
    fn append(&self, value: &Value, data_type: &DataType, out: &mut String) -> Result<(), String> {
        match (value, &data_type.kind) {
            (Value::Row(_, columns), Kind::Row(fields)) => {
                out.push('{');
                let mut first = true;
                for (value, field) in columns.iter().zip(fields) {
                    if self.ignore_nulls && *value == Value::Null {
                        continue;
                    }
                    self.entry(&field.name, value, &field.data_type, &mut first, out)
                        .map_err(|error| format!("column '{}': {error}", field.name))?;
                }
                out.push('}');
            }
            (Value::List(values), Kind::Array(element)) => {
                out.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    self.append(value, element, out)?;
                }
                out.push(']');
            }
            (Value::Map(entries), Kind::Map(_, of)) => {
                out.push('{');
                let mut first = true;
                for (key, value) in entries {
                    let Value::String(key) = key else {
                        return Err(format!("a map in JSON has text as keys, found {key:?}"));
                    };
                    self.entry(key, value, of, &mut first, out)?;
                }
                out.push('}');
            }
            (value, kind) => {
                match write_scalar::write(value, kind, self.timestamps, self.plain_decimals)? {
                    Written::Null => out.push_str("null"),
                    Written::Bare(text) => out.push_str(&text),
                    Written::Text(text) => push_text(&text, out)?,
                }
            }
        }
        Ok(())
    }

    fn entry(
        &self,
        name: &str,
        value: &Value,
        data_type: &DataType,
        first: &mut bool,
        out: &mut String,
    ) -> Result<(), String> {
        if !std::mem::replace(first, false) {
            out.push(',');
        }
        push_text(name, out)?;
        out.push(':');
        self.append(value, data_type, out)
    }
}

pub(super) fn push_text(text: &str, out: &mut String) -> Result<(), String> {
    out.push_str(&serde_json::to_string(text).map_err(|error| error.to_string())?);
    Ok(())
}
