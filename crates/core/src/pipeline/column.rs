//! Columns of rows and fields of tuples, found by name.

use crate::pipeline::NodeProblem;
use crate::types::{DataType, Kind};

/// The type of that column of a row, or field of a tuple.
pub(crate) fn column_type(record: &DataType, name: &str) -> Option<DataType> {
    match &record.kind {
        Kind::Row(fields) => {
            let mut fields = fields.iter();
            fields.find(|field| field.name == name).map(|field| field.data_type.clone())
        }
        Kind::Tuple(fields) => {
            let index: usize = name.strip_prefix('f')?.parse().ok()?;
            // "f01" is no name of a field.
            if format!("f{index}") == name { fields.get(index).cloned() } else { None }
        }
        _ => None,
    }
}

/// The names of all columns or fields, for people.
pub(crate) fn column_names(record: &DataType) -> String {
    match &record.kind {
        Kind::Row(fields) => {
            let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
            format!("the row (columns: {})", names.join(", "))
        }
        Kind::Tuple(fields) => {
            let names: Vec<_> = (0..fields.len()).map(|index| format!("f{index}")).collect();
            format!("the tuple (fields: {})", names.join(", "))
        }
        _ => format!("{record}, which has none: it is no row and no tuple"),
    }
}

/// Whether there is such a column, of that type.
pub(crate) fn check_column(
    what: &'static str,
    column: &str,
    record: &DataType,
    expected: &DataType,
) -> Result<(), NodeProblem> {
    let found = find_column(what, column, record)?;
    match expected.difference(&found) {
        None => Ok(()),
        Some(difference) => {
            Err(NodeProblem::ColumnType { what, column: column.to_owned(), difference })
        }
    }
}

/// The type of a column that must be there.
pub(crate) fn find_column(
    what: &'static str,
    column: &str,
    record: &DataType,
) -> Result<DataType, NodeProblem> {
    column_type(record, column).ok_or_else(|| NodeProblem::NoColumn {
        what,
        column: column.to_owned(),
        found: column_names(record),
    })
}
