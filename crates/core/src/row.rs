//! Rows: Flink's `RowData`, in the layout of `BinaryRowData`, read in place.
//!
//! All numbers are little-endian. A row of `n` fields is
//!
//! ```text
//! | row kind, 1 byte | null bits | slot 0, 8 bytes | .. | slot n-1 | variable part |
//! |<-- ((n + 71) / 64) * 8 bytes ->|
//! ```
//!
//! A number lies in its slot. Text, bytes and nested rows lie in the slot when they have at most seven
//! bytes (the slot's last byte is then `0x80 | length`), else in the variable part, and the slot is
//! `offset << 32 | length`. All padding is zero: Flink compares and hashes rows by their bytes.
//!
//! The layout is that of `org.apache.flink.table.data.binary.BinaryRowData`.

mod coder;
mod field;
mod reader;
mod writer;

pub use coder::RowCoder;
pub use field::{Row, RowField};
pub use reader::BinaryRow;
pub use writer::BinaryRowWriter;

#[doc(hidden)]
pub use coder::{coder, decode, encode, read_nested, write_nested};

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
