//! What becomes of a record that cannot be read.

use brookite_core::function::OutputTag;
use brookite_macros::Row;

use crate::fault::Fault;

/// A record that cannot be read: where it stands, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Row)]
pub struct Malformed<'r> {
    /// The file.
    pub file: &'r str,
    /// The line in which the record begins, from 1.
    pub line: i64,
    /// The column, as in `items[].price`, if it is one column's fault.
    pub column: Option<&'r str>,
    /// The record; bytes that are no UTF-8 are shown as `\u{fffd}`.
    pub text: &'r str,
    /// What was expected, and what was found.
    pub message: &'r str,
}

/// Where malformed records go, if the format is told to send them there.
pub const MALFORMED: OutputTag<Malformed<'static>> = OutputTag::new("malformed");

/// Why a job fails whose input has a malformed record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: line {line}{}: {}", fault.column.as_ref().map(|name| format!(", column '{name}'")).unwrap_or_default(), fault.reason)]
pub struct MalformedRecord {
    /// The file.
    pub file: String,
    /// The line in which the record begins, from 1.
    pub line: i64,
    /// What is wrong with it.
    pub fault: Fault,
}
