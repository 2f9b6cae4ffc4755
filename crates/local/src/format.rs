//! Formats of files, as Flink SQL has them: rows to bytes and back.

pub(crate) mod parquet;
pub(crate) mod raw;
pub(crate) mod text;

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};

use brookite_core::types::Field;
use brookite_core::value::Value;
use brookite_formats::{Fault, Format as TextFormat, RecordReader, RecordWriter, Records};

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

/// Files of text in a format.
#[derive(Clone, Debug)]
pub(crate) struct Text<F> {
    format: F,
    columns: Vec<Field>,
}

impl<F: TextFormat> Text<F> {
    pub(crate) fn new(format: F, columns: &[Field]) -> Self {
        Self { format, columns: columns.to_vec() }
    }
}

impl<F: TextFormat> Format for Text<F> {
    fn reader(&self, file: File) -> Result<Box<dyn ReadRows>, String> {
        let input = BufReader::with_capacity(1 << 16, file);
        Ok(Box::new(TextReader {
            records: Records::new(input, &self.format.records()),
            reader: self.format.reader(&self.columns),
        }))
    }

    fn writer(&self, file: File) -> Result<Box<dyn WriteRows>, String> {
        Ok(Box::new(TextWriter {
            writer: self.format.writer(&self.columns),
            line: String::new(),
            out: BufWriter::new(file),
        }))
    }
}

struct TextReader {
    records: Records<BufReader<File>>,
    reader: Box<dyn RecordReader>,
}

impl ReadRows for TextReader {
    fn next_row(&mut self) -> Result<Option<Value>, ReadError> {
        while let Some((line, record)) = self.records.next_record()? {
            match self.reader.read(record) {
                Ok(None) => {}
                Ok(row) => return Ok(row),
                Err(Fault { column, reason }) => {
                    return Err(ReadError::Malformed(Wrong { line, column, reason }));
                }
            }
        }
        Ok(None)
    }
}

struct TextWriter {
    writer: Box<dyn RecordWriter>,
    line: String,
    out: BufWriter<File>,
}

impl WriteRows for TextWriter {
    fn write_row(&mut self, row: &Value) -> Result<(), String> {
        self.line.clear();
        self.writer.write(row, &mut self.line).map_err(|fault| fault.to_string())?;
        self.out.write_all(self.line.as_bytes()).map_err(|error| error.to_string())
    }

    fn finish(mut self: Box<Self>) -> Result<(), String> {
        let ended = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        ended.map_err(|error| error.to_string())
    }
}
