//! What a row's struct and its fields implement.

use crate::coder::{DecodeError, EncodeError};
use crate::row::{BinaryRow, BinaryRowWriter};
use crate::types::{Data, Field, View};

/// A struct that is a row: one field a column, in the order of declaration.
///
/// Implemented by `#[derive(Row)]`, for structs that own their fields and for structs with one lifetime
/// that borrow text and bytes from the record.
pub trait Row: Data {
    /// The columns.
    fn fields() -> Vec<Field>;

    /// How many columns there are.
    const ARITY: usize;

    /// Reads all columns.
    ///
    /// # Errors
    /// Names the column that cannot be read.
    fn read_row<'a>(row: &BinaryRow<'a>) -> Result<View<'a, Self>, DecodeError>;

    /// Writes all columns, in order.
    ///
    /// # Errors
    /// Names the column that cannot be written.
    fn write_row(value: &View<'_, Self>, row: &mut BinaryRowWriter<'_>) -> Result<(), EncodeError>;
}

/// A type that a column can have.
pub trait RowField: Data {
    /// Reads column `index`.
    ///
    /// # Errors
    /// When the column is null and the type has no null, and when its bytes are no such value.
    fn read<'a>(row: &BinaryRow<'a>, index: usize) -> Result<View<'a, Self>, DecodeError>;

    /// Writes column `index`.
    ///
    /// # Errors
    /// When the value has no representation.
    fn write(
        value: &View<'_, Self>,
        row: &mut BinaryRowWriter<'_>,
        index: usize,
    ) -> Result<(), EncodeError>;
}
