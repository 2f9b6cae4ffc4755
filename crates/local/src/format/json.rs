//! The format `json`, as Flink's: an object in each line.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, Write};
use std::str::FromStr;

use bigdecimal::BigDecimal;
use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::{RowKind, Value};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::connector::Options;
use crate::error::JobError;
use crate::format::moment::Standard;
use crate::format::write_scalar::{self, Written};
use crate::format::{Lines, ReadError, ReadRows, TextFormat, Wrong, scalar, utf8};
use crate::text;

/// How objects look.
#[derive(Clone, Debug)]
pub(crate) struct Json {
    fields: Vec<Field>,
    standard: Standard,
    fail_on_missing: bool,
    ignore_errors: bool,
    plain_decimals: bool,
    ignore_nulls: bool,
}

/// What is wrong, and the path of the column.
type Fault = (String, String);

impl Json {
    pub(crate) fn of(options: &Options<'_>, fields: &[Field]) -> Result<Self, JobError> {
        let standards = [("SQL", Standard::Sql), ("ISO-8601", Standard::Iso)];
        let fail_on_missing = options.flag("json.fail-on-missing-field")?;
        let ignore_errors = options.flag("json.ignore-parse-errors")?;
        if fail_on_missing && ignore_errors {
            let reason = "cannot be true together with json.ignore-parse-errors";
            return Err(options.wrong("json.fail-on-missing-field", reason));
        }
        Ok(Self {
            fields: fields.to_vec(),
            standard: options.choice("json.timestamp-format.standard", &standards)?,
            fail_on_missing,
            ignore_errors,
            plain_decimals: options.flag("json.encode.decimal-as-plain-number")?,
            ignore_nulls: options.flag("json.encode.ignore-null-fields")?,
        })
    }

    fn object(&self, raw: &RawValue, fields: &[Field], path: &str) -> Result<Value, Fault> {
        let object: BTreeMap<String, &RawValue> = parsed(raw, "an object", path)?;
        let mut columns = Vec::with_capacity(fields.len());
        for field in fields {
            let path =
                if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
            let value = match object.get(&field.name) {
                Some(raw) => self.value(raw, &field.data_type, &path),
                None if self.fail_on_missing => {
                    Err((path.clone(), "the field is missing".to_owned()))
                }
                None => Ok(Value::Null),
            };
            let value = match value {
                Err(_) if self.ignore_errors => Value::Null,
                other => other?,
            };
            if value == Value::Null && !field.data_type.nullable {
                return Err((
                    path,
                    "expected a value, since the column is NOT NULL, found none".to_owned(),
                ));
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
                    let key = scalar::parse(name, &key.kind, self.standard);
                    let key = key.map_err(|reason| (format!("{path}{{key}}"), reason))?;
                    Ok::<_, Fault>((key, self.value(raw, value, &format!("{path}{{value}}"))?))
                };
                Ok(Value::Map(entries.iter().map(entry).collect::<Result<_, _>>()?))
            }
            kind => {
                let text = match text.as_bytes().first() {
                    Some(b'"') => parsed::<String>(raw, "text", path)?,
                    Some(b'{' | b'[') if matches!(kind, Kind::String) => compact(raw, path)?,
                    Some(b'{' | b'[') => {
                        return Err((
                            path.to_owned(),
                            format!("expected {data_type}, found {text}"),
                        ));
                    }
                    _ => text.to_owned(),
                };
                scalar::parse(&text, kind, self.standard)
                    .map_err(|reason| (path.to_owned(), reason))
            }
        }
    }

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
                match write_scalar::write(value, kind, self.standard, self.plain_decimals)? {
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

fn push_text(text: &str, out: &mut String) -> Result<(), String> {
    out.push_str(&serde_json::to_string(text).map_err(|error| error.to_string())?);
    Ok(())
}

fn parsed<'r, T: Deserialize<'r>>(raw: &'r RawValue, what: &str, path: &str) -> Result<T, Fault> {
    serde_json::from_str(raw.get())
        .map_err(|_| (path.to_owned(), format!("expected {what}, found {}", raw.get())))
}

/// JSON without blanks, as Jackson writes it.
fn compact(raw: &RawValue, path: &str) -> Result<String, Fault> {
    let mut out = String::new();
    push_compact(raw, path, &mut out)?;
    Ok(out)
}

fn push_compact(raw: &RawValue, path: &str, out: &mut String) -> Result<(), Fault> {
    let text = raw.get();
    let failed = |reason: String| (path.to_owned(), reason);
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
            out.push_str(&text::big_decimal(&unscaled, scale));
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

impl TextFormat for Json {
    fn read(&self, input: Box<dyn BufRead>) -> Box<dyn ReadRows> {
        Box::new(Reader { json: self.clone(), lines: Lines::new(input) })
    }

    fn write(&self, row: &Value, out: &mut dyn Write) -> Result<(), String> {
        let mut line = String::new();
        let row_type = DataType::required(Kind::Row(self.fields.clone()));
        self.append(row, &row_type, &mut line)?;
        line.push('\n');
        out.write_all(line.as_bytes()).map_err(|error| error.to_string())
    }
}

struct Reader {
    json: Json,
    lines: Lines,
}

impl ReadRows for Reader {
    fn next_row(&mut self) -> Result<Option<Value>, ReadError> {
        while let Some((line, bytes)) = self.lines.next_line()? {
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let row = utf8(line, bytes).and_then(|text| {
                let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
                    let reason = format!("expected a JSON object: {error}");
                    ReadError::Malformed(Wrong { line, column: None, reason })
                })?;
                self.json.object(raw, &self.json.fields, "").map_err(|(column, reason)| {
                    let column = Some(column).filter(|column| !column.is_empty());
                    ReadError::Malformed(Wrong { line, column, reason })
                })
            });
            match row {
                Ok(row) => return Ok(Some(row)),
                Err(ReadError::Malformed(_)) if self.json.ignore_errors => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}
