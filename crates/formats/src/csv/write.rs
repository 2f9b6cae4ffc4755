//! Writing records of CSV.

use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::Value;

use crate::csv::Csv;
use crate::fault::Fault;
use crate::format::RecordWriter;
use crate::moment::TimestampFormat;
use crate::write_scalar::{self, Written};

/// Texts of more characters are written with quotes, whatever they contain: so does Jackson, which
/// Flink writes CSV with.
const UNQUOTED: usize = 24;

/// Writes records of some columns.
pub(super) struct Writer {
    csv: Csv,
    columns: Vec<Field>,
}

impl Writer {
    pub(super) fn new(csv: &Csv, columns: &[Field]) -> Self {
        Self { csv: csv.clone(), columns: columns.to_vec() }
    }
}

impl RecordWriter for Writer {
    fn write(&mut self, row: &Value, out: &mut String) -> Result<(), Fault> {
        let Value::Row(_, values) = row else {
            return Err(Fault::record(format!("expected a row, found {row:?}")));
        };
        for (index, (value, column)) in values.iter().zip(&self.columns).enumerate() {
            if index > 0 {
                out.push(char::from(self.csv.delimiter));
            }
            let appended = self.csv.append(value, &column.data_type, out);
            appended.map_err(|reason| Fault::column(&column.name, reason))?;
        }
        out.push('\n');
        Ok(())
    }
}

impl Csv {
    /// Appends a column's text.
    fn append(&self, value: &Value, data_type: &DataType, out: &mut String) -> Result<(), String> {
        let join =
            |texts: Result<Vec<String>, String>| texts.map(|texts| texts.join(&self.elements));
        let element = |value: &Value, data_type: &DataType| -> Result<String, String> {
            let written = write_scalar::write(
                value,
                &data_type.kind,
                TimestampFormat::Sql,
                self.plain_decimals,
            )?;
            Ok(match written {
                Written::Null => self.null.clone().unwrap_or_default(),
                Written::Bare(text) | Written::Text(text) => text,
            })
        };
        let text = match (value, &data_type.kind) {
            (Value::List(values), Kind::Array(of)) => {
                join(values.iter().map(|value| element(value, of)).collect())?
            }
            (Value::Row(_, values), Kind::Row(fields)) => {
                let parts =
                    values.iter().zip(fields).map(|(v, field)| element(v, &field.data_type));
                join(parts.collect())?
            }
            (value, kind) => {
                match write_scalar::write(value, kind, TimestampFormat::Sql, self.plain_decimals)? {
                    Written::Null => {
                        out.push_str(self.null.as_deref().unwrap_or_default());
                        return Ok(());
                    }
                    Written::Bare(text) => {
                        out.push_str(&text);
                        return Ok(());
                    }
                    Written::Text(text) => text,
                }
            }
        };
        self.quoted(&text, out);
        Ok(())
    }

    /// Appends text, with quotes where Jackson sets them: around what is long, and around what has a
    /// character up to the last one of those that mean something.
    fn quoted(&self, text: &str, out: &mut String) {
        let Some(quote) = self.quote else {
            out.push_str(text);
            return;
        };
        let highest = [self.delimiter, quote, b'\r'].into_iter().chain(self.escape).max();
        let highest = char::from(highest.unwrap_or(quote));
        if text.chars().count() <= UNQUOTED && text.chars().all(|char| char > highest) {
            out.push_str(text);
            return;
        }
        let quote = char::from(quote);
        out.push(quote);
        for char in text.chars() {
            if char == quote || self.escape.is_some_and(|escape| char == char::from(escape)) {
                out.push(self.escape.map_or(quote, char::from));
            }
            out.push(char);
        }
        out.push(quote);
    }
}
