//! [`Json`]: an object in each line, as Flink's format `json` has them.

mod read;
mod write;

use brookite_core::proto::TextRecords;
use brookite_core::types::Field;

use crate::format::{Format, RecordReader, RecordWriter};
use crate::moment::TimestampFormat;

/// An object of JSON in each line. The settings are those of Flink's format `json`.
///
/// A column has the value of the field of its name; fields that are no columns are passed over, and a
/// column that has no field is null. Numbers and booleans may be text. An empty line is no record.
///
/// ```
/// use brookite_formats::{Json, TimestampFormat};
///
/// let format = Json::new().timestamp_format(TimestampFormat::Iso).malformed_to_side_output();
/// # let _ = format;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Json {
    timestamps: TimestampFormat,
    fail_on_missing: bool,
    ignore_errors: bool,
    plain_decimals: bool,
    ignore_nulls: bool,
    side_output: bool,
}

impl Json {
    /// With timestamps as in SQL.
    pub fn new() -> Self {
        Self::default()
    }

    /// How points in time look.
    #[must_use]
    pub fn timestamp_format(self, timestamps: TimestampFormat) -> Self {
        Self { timestamps, ..self }
    }

    /// Takes a record that lacks a field for malformed.
    #[must_use]
    pub fn fail_on_missing_field(self) -> Self {
        Self { fail_on_missing: true, ..self }
    }

    /// Takes null for a field that cannot be read, and leaves out records that cannot be read at all: what
    /// Flink's formats call `ignore-parse-errors`. Nobody is told.
    #[must_use]
    pub fn ignore_errors(self) -> Self {
        Self { ignore_errors: true, ..self }
    }

    /// Writes decimals without exponents.
    #[must_use]
    pub fn plain_decimals(self) -> Self {
        Self { plain_decimals: true, ..self }
    }

    /// Writes no fields that are null.
    #[must_use]
    pub fn ignore_null_fields(self) -> Self {
        Self { ignore_nulls: true, ..self }
    }

    /// Sends malformed records to [`MALFORMED`](crate::MALFORMED), in place of failing.
    #[must_use]
    pub fn malformed_to_side_output(self) -> Self {
        Self { side_output: true, ..self }
    }
}

impl Format for Json {
    const NAME: &'static str = "read json";

    fn records(&self) -> TextRecords {
        TextRecords::default()
    }

    fn has_side_output(&self) -> bool {
        self.side_output
    }

    fn reader(&self, columns: &[Field]) -> Box<dyn RecordReader> {
        Box::new(read::Reader { json: self.clone(), columns: columns.to_vec() })
    }

    fn writer(&self, columns: &[Field]) -> Box<dyn RecordWriter> {
        Box::new(write::Writer { json: self.clone(), columns: columns.to_vec() })
    }
}
