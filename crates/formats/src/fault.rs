//! [`Fault`]: what is wrong with a record.

use brookite_core::types::Field;

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", column.as_ref().map(|name| format!("column '{name}': ")).unwrap_or_default())]
pub struct Fault {
    /// The column, as in `items[].price`, if it is one column's fault.
    pub column: Option<String>,
    /// What was expected, and what was found.
    pub reason: String,
}

impl Fault {
    pub(crate) fn record(reason: impl Into<String>) -> Self {
        Self { column: None, reason: reason.into() }
    }

    pub(crate) fn column(column: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { column: Some(column.into()), reason: reason.into() }
    }

    /// A column, which may have no value, has none.
    pub(crate) fn missing(column: impl Into<String>) -> Self {
        Self::column(column, "expected a value, since the column is NOT NULL, found none")
    }

    /// A fault of the column with that number, which there need not be.
    pub(crate) fn at(fields: &[Field], index: usize, reason: impl Into<String>) -> Self {
        let column = fields.get(index).map(|field| field.name.clone());
        Self { column, reason: reason.into() }
    }
}

/// The bytes as text.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| format!("expected text in UTF-8: {error}"))
}
