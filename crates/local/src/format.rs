//! Formats of files, as Flink SQL has them: rows to text and back.

pub(crate) mod csv;
pub(crate) mod json;
mod moment;
pub(crate) mod raw;
mod scalar;
mod write_scalar;

use std::io::{BufRead, Write};

use brookite_core::value::Value;

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// In which line it begins, from 1.
    pub(crate) line: u64,
    /// In which column, if it is one column's fault.
    pub(crate) column: Option<String>,
    pub(crate) reason: String,
}

/// Why there is no next record.
#[derive(Debug)]
pub(crate) enum ReadError {
    Malformed(Wrong),
    Io(std::io::Error),
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads the rows of a file.
pub(crate) trait ReadRows {
    /// The next row; `None` at the end.
    fn next_row(&mut self) -> Result<Option<Value>, ReadError>;
}

/// Opens files for reading, and writes rows.
pub(crate) trait Format: Send + Sync {
    /// Reads rows from `input`.
    fn read(&self, input: Box<dyn BufRead>) -> Box<dyn ReadRows>;

    /// Writes a row.
    ///
    /// # Errors
    /// Says what is wrong with the row, or what the system says.
    fn write(&self, row: &Value, out: &mut dyn Write) -> Result<(), String>;
}

/// Reads the lines of a file, which end with `\n` or `\r\n`.
pub(crate) struct Lines {
    input: Box<dyn BufRead>,
    line: Vec<u8>,
    /// The number of the line that was read last.
    number: u64,
}

impl Lines {
    pub(crate) fn new(input: Box<dyn BufRead>) -> Self {
        Self { input, line: Vec::new(), number: 0 }
    }

    /// The next line without its end, and its number.
    pub(crate) fn next_line(&mut self) -> Result<Option<(u64, &[u8])>, ReadError> {
        self.line.clear();
        if self.input.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Ok(Some((self.number, line)))
    }
}

/// The bytes as text.
pub(crate) fn utf8(line: u64, bytes: &[u8]) -> Result<&str, ReadError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let reason = format!("expected text in UTF-8: {error}");
        ReadError::Malformed(Wrong { line, column: None, reason })
    })
}
