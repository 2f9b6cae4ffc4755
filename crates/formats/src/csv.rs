//! [`Csv`]: comma-separated values, as Flink's format `csv` has them.

mod read;
mod write;

use brookite_core::proto::TextRecords;
use brookite_core::types::Field;

use crate::format::{Format, RecordReader, RecordWriter};

/// Comma-separated values: no header, and columns in the order of the row's. The settings are those of
/// Flink's format `csv`.
///
/// A field in quotes may contain the delimiter, ends of lines, and quotes that stand there twice. A record
/// may have fewer columns than the row: the rest is null. An empty line is no record.
///
/// ```
/// use brookite_formats::Csv;
///
/// let format = Csv::new().delimiter(b';').null_literal("n/a").malformed_to_side_output();
/// # let _ = format;
/// ```
#[derive(Clone, Debug)]
pub struct Csv {
    delimiter: u8,
    quote: Option<u8>,
    escape: Option<u8>,
    comments: bool,
    ignore_errors: bool,
    elements: String,
    null: Option<String>,
    plain_decimals: bool,
    side_output: bool,
}

impl Csv {
    /// With commas, double quotes, and nothing that stands for null.
    pub fn new() -> Self {
        Self {
            delimiter: b',',
            quote: Some(b'"'),
            escape: None,
            comments: false,
            ignore_errors: false,
            elements: ";".to_owned(),
            null: None,
            plain_decimals: false,
            side_output: false,
        }
    }

    /// What stands between columns.
    #[must_use]
    pub fn delimiter(self, delimiter: u8) -> Self {
        Self { delimiter, ..self }
    }

    /// What stands around fields; `None` if quotes mean nothing.
    #[must_use]
    pub fn quote(self, quote: Option<u8>) -> Self {
        Self { quote, ..self }
    }

    /// What makes the character behind it mean nothing, within quotes.
    #[must_use]
    pub fn escape(self, escape: u8) -> Self {
        Self { escape: Some(escape), ..self }
    }

    /// Passes over lines that begin with `#`.
    #[must_use]
    pub fn allow_comments(self) -> Self {
        Self { comments: true, ..self }
    }

    /// What stands between the elements of an array, or the columns of a row, in one field.
    #[must_use]
    pub fn array_element_delimiter(self, delimiter: impl Into<String>) -> Self {
        Self { elements: delimiter.into(), ..self }
    }

    /// The text that stands for null.
    #[must_use]
    pub fn null_literal(self, null: impl Into<String>) -> Self {
        Self { null: Some(null.into()), ..self }
    }

    /// Writes decimals without exponents.
    #[must_use]
    pub fn plain_decimals(self) -> Self {
        Self { plain_decimals: true, ..self }
    }

    /// Takes null for a column that cannot be read, and leaves out records that cannot be read at all: what
    /// Flink's formats call `ignore-parse-errors`. Nobody is told.
    #[must_use]
    pub fn ignore_errors(self) -> Self {
        Self { ignore_errors: true, ..self }
    }

    /// Sends malformed records to [`MALFORMED`](crate::MALFORMED), in place of failing.
    #[must_use]
    pub fn malformed_to_side_output(self) -> Self {
        Self { side_output: true, ..self }
    }
}

impl Default for Csv {
    fn default() -> Self {
        Self::new()
    }
}

impl Format for Csv {
    const NAME: &'static str = "read csv";

    fn records(&self) -> TextRecords {
        TextRecords {
            delimiter: Some(self.delimiter.into()),
            quote: self.quote.map(u32::from),
            escape: self.escape.map(u32::from),
            comment: self.comments.then_some(u32::from(read::COMMENT)),
        }
    }

    fn has_side_output(&self) -> bool {
        self.side_output
    }

    fn reader(&self, columns: &[Field]) -> Box<dyn RecordReader> {
        Box::new(read::Reader::new(self, columns))
    }

    fn writer(&self, columns: &[Field]) -> Box<dyn RecordWriter> {
        Box::new(write::Writer::new(self, columns))
    }
}
