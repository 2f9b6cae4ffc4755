//! The format `csv`, as Flink's: no header, and columns in the order of the row's.

use std::io::{BufRead, Write};

use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::{RowKind, Value};
use csv::{ByteRecord, ReaderBuilder};

use crate::connector::Options;
use crate::error::JobError;
use crate::format::moment::Standard;
use crate::format::write_scalar::{self, Written};
use crate::format::{ReadError, ReadRows, TextFormat, Wrong, scalar};

/// Texts of more characters are written with quotes, whatever they contain: so does Jackson, which
/// Flink writes CSV with.
const UNQUOTED: usize = 24;

/// How rows look.
#[derive(Clone, Debug)]
pub(crate) struct Csv {
    fields: Vec<Field>,
    delimiter: u8,
    quote: Option<u8>,
    escape: Option<u8>,
    comments: bool,
    ignore_errors: bool,
    elements: String,
    null: Option<String>,
    plain_decimals: bool,
}

impl Csv {
    pub(crate) fn of(options: &Options<'_>, fields: &[Field]) -> Result<Self, JobError> {
        let byte = |key: &str| -> Result<Option<u8>, JobError> {
            let Some(text) = options.text(key) else { return Ok(None) };
            match unescaped(text).as_bytes() {
                [byte] => Ok(Some(*byte)),
                _ => {
                    Err(options.wrong(key, format!("must be one ASCII character, found '{text}'")))
                }
            }
        };
        let quote = byte("csv.quote-character")?;
        let disable = options.flag("csv.disable-quote-character")?;
        if disable && quote.is_some() {
            let reason = "cannot be given together with csv.disable-quote-character";
            return Err(options.wrong("csv.quote-character", reason));
        }
        let scientific =
            options.value("csv.write-bigdecimal-in-scientific-notation", "true or false")?;
        Ok(Self {
            fields: fields.to_vec(),
            delimiter: byte("csv.field-delimiter")?.unwrap_or(b','),
            quote: if disable { None } else { Some(quote.unwrap_or(b'"')) },
            escape: byte("csv.escape-character")?,
            comments: options.flag("csv.allow-comments")?,
            ignore_errors: options.flag("csv.ignore-parse-errors")?,
            elements: options.text("csv.array-element-delimiter").unwrap_or(";").to_owned(),
            null: options.text("csv.null-literal").map(str::to_owned),
            plain_decimals: !scientific.unwrap_or(true),
        })
    }

    fn value(&self, text: &str, data_type: &DataType) -> Result<Value, String> {
        if self.null.as_deref() == Some(text) {
            return Ok(Value::Null);
        }
        let elements = || text.split(self.elements.as_str());
        match &data_type.kind {
            Kind::Array(_) if text.is_empty() => Ok(Value::List(Vec::new())),
            Kind::Array(element) => {
                let values = elements().map(|text| self.value(text, element));
                Ok(Value::List(values.collect::<Result<_, _>>()?))
            }
            Kind::Row(fields) => {
                let values = elements().zip(fields).map(|(text, f)| self.value(text, &f.data_type));
                let values: Vec<_> = values.collect::<Result<_, _>>()?;
                if values.len() < fields.len() {
                    return Err(format!("expected {} parts, found {}", fields.len(), values.len()));
                }
                Ok(Value::Row(RowKind::Insert, values))
            }
            kind => scalar::parse(text, kind, Standard::Sql),
        }
    }

    /// A record as a row.
    fn row(&self, record: &ByteRecord, line: u64) -> Result<Value, Wrong> {
        if record.len() > self.fields.len() {
            let reason = format!("expected {} columns, found {}", self.fields.len(), record.len());
            return Err(Wrong { line, column: None, reason });
        }
        let mut columns = Vec::with_capacity(self.fields.len());
        for (index, field) in self.fields.iter().enumerate() {
            let value = match record.get(index) {
                Some(bytes) => std::str::from_utf8(bytes)
                    .map_err(|error| format!("expected text in UTF-8: {error}"))
                    .and_then(|text| self.value(text, &field.data_type)),
                None => Ok(Value::Null),
            };
            let value = match value {
                Err(_) if self.ignore_errors => Value::Null,
                Err(reason) => {
                    return Err(Wrong { line, column: Some(field.name.clone()), reason });
                }
                Ok(value) => value,
            };
            if value == Value::Null && !field.data_type.nullable {
                let reason =
                    "expected a value, since the column is NOT NULL, found none".to_owned();
                return Err(Wrong { line, column: Some(field.name.clone()), reason });
            }
            columns.push(value);
        }
        Ok(Value::Row(RowKind::Insert, columns))
    }

    /// Appends a column's text.
    fn append(&self, value: &Value, data_type: &DataType, out: &mut String) -> Result<(), String> {
        let join =
            |texts: Result<Vec<String>, String>| texts.map(|texts| texts.join(&self.elements));
        let element = |value: &Value, data_type: &DataType| -> Result<String, String> {
            let written =
                write_scalar::write(value, &data_type.kind, Standard::Sql, self.plain_decimals)?;
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
                match write_scalar::write(value, kind, Standard::Sql, self.plain_decimals)? {
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

/// Backslash sequences in an option.
fn unescaped(text: &str) -> String {
    text.replace("\\t", "\t").replace("\\n", "\n").replace("\\\\", "\\")
}

impl TextFormat for Csv {
    fn read(&self, input: Box<dyn BufRead>) -> Box<dyn ReadRows> {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.delimiter);
        builder.quoting(self.quote.is_some()).quote(self.quote.unwrap_or(b'"')).escape(self.escape);
        builder.comment(self.comments.then_some(b'#'));
        let reader = builder.from_reader(input);
        Box::new(Reader { csv: self.clone(), reader, record: ByteRecord::new() })
    }

    fn write(&self, row: &Value, out: &mut dyn Write) -> Result<(), String> {
        let Value::Row(_, columns) = row else {
            return Err(format!("expected a row, found {row:?}"));
        };
        let mut line = String::new();
        for (index, (value, field)) in columns.iter().zip(&self.fields).enumerate() {
            if index > 0 {
                line.push(char::from(self.delimiter));
            }
            let appended = self.append(value, &field.data_type, &mut line);
            appended.map_err(|error| format!("column '{}': {error}", field.name))?;
        }
        line.push('\n');
        out.write_all(line.as_bytes()).map_err(|error| error.to_string())
    }
}

struct Reader {
    csv: Csv,
    reader: csv::Reader<Box<dyn BufRead>>,
    record: ByteRecord,
}

impl ReadRows for Reader {
    fn next_row(&mut self) -> Result<Option<Value>, ReadError> {
        loop {
            let more = self
                .reader
                .read_byte_record(&mut self.record)
                .map_err(|error| ReadError::Io(std::io::Error::other(error)))?;
            if !more {
                return Ok(None);
            }
            let line = self.record.position().map_or(0, csv::Position::line);
            match self.csv.row(&self.record, line) {
                Ok(row) => return Ok(Some(row)),
                Err(_) if self.csv.ignore_errors => {}
                Err(wrong) => return Err(ReadError::Malformed(wrong)),
            }
        }
    }
}
