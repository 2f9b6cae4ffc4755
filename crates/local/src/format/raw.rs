//! The format `raw`: each line is the one column of a row.

use std::io::{BufRead, Write};

use brookite_core::types::{Field, Kind};
use brookite_core::value::{RowKind, Value};

use crate::connector::Options;
use crate::error::JobError;
use crate::format::{Lines, ReadError, ReadRows, TextFormat, utf8};

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

impl TextFormat for Raw {
    fn read(&self, input: Box<dyn BufRead>) -> Box<dyn ReadRows> {
        Box::new(Reader { raw: *self, lines: Lines::new(input) })
    }

    fn write(&self, row: &Value, out: &mut dyn Write) -> Result<(), String> {
        let Value::Row(_, columns) = row else {
            return Err(format!("expected a row, found {row:?}"));
        };
        let bytes = match columns.as_slice() {
            [Value::String(text)] => text.as_bytes(),
            [Value::Bytes(bytes)] => bytes,
            _ => &[],
        };
        out.write_all(bytes).and_then(|()| out.write_all(b"\n")).map_err(|error| error.to_string())
    }
}

struct Reader {
    raw: Raw,
    lines: Lines,
}

impl ReadRows for Reader {
    fn next_row(&mut self) -> Result<Option<Value>, ReadError> {
        let Some((number, line)) = self.lines.next_line()? else { return Ok(None) };
        let value = if self.raw.is_text {
            Value::String(utf8(number, line)?.to_owned())
        } else {
            Value::Bytes(line.to_vec())
        };
        Ok(Some(Value::Row(RowKind::Insert, vec![value])))
    }
}
