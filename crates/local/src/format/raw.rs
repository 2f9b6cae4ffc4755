//! The format `raw`: each line is the one column of a row.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};

use brookite_core::proto::TextRecords;
use brookite_core::types::{Field, Kind};
use brookite_core::value::{RowKind, Value};
use brookite_formats::Records;

use crate::connector::Options;
use crate::error::JobError;
use crate::format::{Format, ReadError, ReadRows, WriteRows, Wrong};

/// Text or bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raw {
    is_text: bool,
}

impl Raw {
    pub(crate) fn of(options: &Options<'_>, fields: &[Field]) -> Result<Self, JobError> {
        let charset = options.text("raw.charset").unwrap_or("UTF-8");
        if !charset.eq_ignore_ascii_case("UTF-8") {
            return Err(
                options.wrong("raw.charset", format!("must be UTF-8 here, found '{charset}'"))
            );
        }
        let is_text = match fields {
            [Field { data_type, .. }] => match data_type.kind {
                Kind::String | Kind::Varchar(_) => Some(true),
                Kind::Bytes | Kind::Varbinary(_) => Some(false),
                _ => None,
            },
            _ => None,
        };
        let is_text = is_text.ok_or_else(|| {
            options
                .wrong("format", "can be 'raw' for rows of one column of type STRING or BYTES only")
        })?;
        Ok(Self { is_text })
    }
}

impl Format for Raw {
    fn reader(&self, file: File) -> Result<Box<dyn ReadRows>, String> {
        let input = BufReader::with_capacity(1 << 16, file);
        let records = Records::new(input, &TextRecords::default());
        Ok(Box::new(Reader { is_text: self.is_text, records }))
    }

    fn writer(&self, file: File) -> Result<Box<dyn WriteRows>, String> {
        Ok(Box::new(Writer(BufWriter::new(file))))
    }
}

struct Reader {
    is_text: bool,
    records: Records<BufReader<File>>,
}

impl ReadRows for Reader {
    fn next_row(&mut self) -> Result<Option<Value>, ReadError> {
        let Some((line, bytes)) = self.records.next_record()? else { return Ok(None) };
        let value = if self.is_text {
            let text = std::str::from_utf8(bytes).map_err(|error| {
                let reason = format!("expected text in UTF-8: {error}");
                ReadError::Malformed(Wrong { line, column: None, reason })
            })?;
            Value::String(text.to_owned())
        } else {
            Value::Bytes(bytes.to_vec())
        };
        Ok(Some(Value::Row(RowKind::Insert, vec![value])))
    }
}

struct Writer(BufWriter<File>);

impl WriteRows for Writer {
    fn write_row(&mut self, row: &Value) -> Result<(), String> {
        let Value::Row(_, columns) = row else {
            return Err(format!("expected a row, found {row:?}"));
        };
        let bytes = match columns.as_slice() {
            [Value::String(text)] => text.as_bytes(),
            [Value::Bytes(bytes)] => bytes,
            _ => &[],
        };
        let written = self.0.write_all(bytes).and_then(|()| self.0.write_all(b"\n"));
        written.map_err(|error| error.to_string())
    }

    fn finish(mut self: Box<Self>) -> Result<(), String> {
        let ended = self.0.flush().and_then(|()| self.0.get_ref().sync_all());
        ended.map_err(|error| error.to_string())
    }
}
