//! What a row's struct and its fields implement.

use crate::coder::{DecodeError, EncodeError};
use crate::row::{BinaryRow, BinaryRowWriter, ReadSlots, WriteSlots};
use crate::types::{Data, DataType, Field, View};

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

/// A type that a column can have, and with it the elements of an array in a column.
///
/// [`Data`] says how a type stands on a stream, this how it stands in Flink's binary layout. Some Rust
/// types are of one Flink type here and of another there: a `Vec<T>` is a `List` on a stream and an
/// `ARRAY` in a column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a column",
    note = "columns are of SQL's types: numbers, `Decimal`, text, bytes, dates and times, `Vec`, maps, \
            structs with `#[derive(Row)]`, enums with `#[derive(Enum)]`, and `Option` of these"
)]
pub trait RowField: Data {
    /// The description of this type in a column.
    fn column_type() -> DataType {
        Self::data_type()
    }

    /// How many bytes an element of this type takes in an array: 1, 2, 4 or 8.
    const ELEMENT_SIZE: usize = 8;

    /// Reads column or element `index`.
    ///
    /// # Errors
    /// When it is null and the type has no null, and when its bytes are no such value.
    fn read<'a, S: ReadSlots<'a>>(slots: &S, index: usize) -> Result<View<'a, Self>, DecodeError>;

    /// Writes column or element `index`.
    ///
    /// # Errors
    /// When the value has no representation.
    fn write<S: WriteSlots>(
        value: &View<'_, Self>,
        slots: &mut S,
        index: usize,
    ) -> Result<(), EncodeError>;
}
