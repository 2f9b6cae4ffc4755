//! Formats of files, as Flink SQL has them: rows to text and back.

pub(crate) mod csv;
pub(crate) mod json;
mod moment;
pub(crate) mod parquet;
pub(crate) mod raw;
mod scalar;
mod write_scalar;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

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

/// Writes the rows of a file.
pub(crate) trait WriteRows {
    /// Writes a row.
    ///
    /// # Errors
    /// Says what is wrong with the row, or what the system says.
    fn write_row(&mut self, row: &Value) -> Result<(), String>;

    /// Ends the file, and sees to it that it is on the disk.
    ///
    /// # Errors
    /// What the system says.
    fn finish(self: Box<Self>) -> Result<(), String>;
}

/// Reads and writes files.
pub(crate) trait Format: Send + Sync {
    /// Reads the rows of a file.
    ///
    /// # Errors
    /// When it is no such file.
    fn reader(&self, file: File) -> Result<Box<dyn ReadRows>, String>;

    /// Writes rows into a file.
    ///
    /// # Errors
    /// When it cannot be written.
    fn writer(&self, file: File) -> Result<Box<dyn WriteRows>, String>;
}

/// A format of text.
pub(crate) trait TextFormat: Clone + Send + Sync + 'static {
    /// Reads rows from `input`.
    fn read(&self, input: Box<dyn BufRead>) -> Box<dyn ReadRows>;

    /// Writes a row.
    ///
    /// # Errors
    /// Says what is wrong with the row, or what the system says.
    fn write(&self, row: &Value, out: &mut dyn Write) -> Result<(), String>;
}

/// Files of text in a format.
#[derive(Clone, Debug)]
pub(crate) struct Text<F>(pub(crate) F);

impl<F: TextFormat> Format for Text<F> {
    fn reader(&self, file: File) -> Result<Box<dyn ReadRows>, String> {
        Ok(self.0.read(Box::new(BufReader::with_capacity(1 << 16, file))))
    }

    fn writer(&self, file: File) -> Result<Box<dyn WriteRows>, String> {
        Ok(Box::new(TextWriter { format: self.0.clone(), out: BufWriter::new(file) }))
    }
}

struct TextWriter<F> {
    format: F,
    out: BufWriter<File>,
}

impl<F: TextFormat> WriteRows for TextWriter<F> {
    fn write_row(&mut self, row: &Value) -> Result<(), String> {
        self.format.write(row, &mut self.out)
    }

    fn finish(mut self: Box<Self>) -> Result<(), String> {
        let ended = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        ended.map_err(|error| error.to_string())
    }
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
