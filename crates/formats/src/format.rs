//! [`Format`]: what a record of a file is as a row, and back.

use std::fmt;

use brookite_core::proto::TextRecords;
use brookite_core::types::Field;
use brookite_core::value::Value;

use crate::fault::Fault;

/// A format of text files, with its settings.
pub trait Format: Clone + fmt::Debug + Send + Sync + 'static {
    /// What it is called in names of nodes.
    const NAME: &'static str;

    /// Where records end.
    fn records(&self) -> TextRecords;

    /// Whether malformed records go to a [side output](crate::MALFORMED). Otherwise they fail the job.
    fn has_side_output(&self) -> bool;

    /// What reads rows of these columns.
    fn reader(&self, columns: &[Field]) -> Box<dyn RecordReader>;

    /// What writes rows of these columns.
    fn writer(&self, columns: &[Field]) -> Box<dyn RecordWriter>;
}

/// Reads records.
pub trait RecordReader: Send {
    /// A record, without the end of its line, as a row; `None` for one that there is nothing in.
    ///
    /// # Errors
    /// Says what is wrong with it.
    fn read(&mut self, record: &[u8]) -> Result<Option<Value>, Fault>;
}

/// Writes records.
pub trait RecordWriter: Send {
    /// Appends a row and the end of its line.
    ///
    /// # Errors
    /// When there is no text for it.
    fn write(&mut self, row: &Value, out: &mut String) -> Result<(), Fault>;
}
