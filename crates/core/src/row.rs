//! Rows: Flink's `RowData`, in the layout of `BinaryRowData`, read in place.
//!
//! All numbers are little-endian. A row of `n` fields is
//!
//! ```text
//! | row kind, 1 byte | null bits | slot 0, 8 bytes | .. | slot n-1 | variable part |
//! |<-- ((n + 71) / 64) * 8 bytes ->|
//! ```
//!
//! A number lies in its slot. Text and bytes lie in the slot when they have at most seven bytes (the
//! slot's last byte is then `0x80 | length`), else in the variable part, and the slot is
//! `offset << 32 | length`. Arrays, maps and nested rows always lie in the variable part, and so do
//! decimals of more than 18 digits (16 bytes set aside, the first `length` of them used) and timestamps
//! of more than 3 digits (8 bytes of milliseconds; nanoseconds of the millisecond in place of the
//! length). All padding is zero: Flink compares and hashes rows by their bytes.
//!
//! The layout is that of `org.apache.flink.table.data.binary.BinaryRowData`.

mod array;
mod change;
mod coder;
mod field;
mod map;
mod reader;
mod slots;
mod writer;

pub use array::{BinaryArray, BinaryArrayWriter, element_size};
pub use change::Change;
pub use coder::RowCoder;
pub use field::{Row, RowField};
pub use map::{BinaryMap, write as write_map};
pub use reader::BinaryRow;
pub use slots::{ReadSlots, WriteSlots};
pub use writer::BinaryRowWriter;

pub use crate::value::RowKind;

#[doc(hidden)]
pub use coder::{decode, encode, read_nested, with_coder, write_nested};

/// Bytes before the first slot: the row kind, and a null bit for each field.
const fn header_size(arity: usize) -> usize {
    (arity + 71) / 64 * 8
}

/// Where field `index` has its null bit: the byte, and the bit's mask.
const fn null_bit(index: usize) -> (usize, u8) {
    // The first eight bits are the row kind.
    let bit = index + 8;
    (bit / 8, 1 << (bit % 8))
}
