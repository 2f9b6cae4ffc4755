//! Whole rows: bare on an edge, and with their size inside other values.

use crate::coder::{
    Arena, Coder, DecodeError, DecodeErrorKind, DeterministicCoder, EncodeError, Encoding, Input,
    SERIALIZER_CODER,
};
use crate::row::{BinaryRow, BinaryRowWriter, Row};
use crate::types::{Key, View};

/// A row as bare `BinaryRowData`.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowCoder;

impl<T: Row> Coder<T> for RowCoder {
    #[inline]
    fn encode(&self, value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        T::write_row(value, &mut BinaryRowWriter::new(out, T::ARITY))
    }

    #[inline]
    fn decode<'a>(&self, bytes: &'a [u8], _: &'a Arena) -> Result<View<'a, T>, DecodeError> {
        T::read_row(&BinaryRow::new(bytes, T::ARITY)?)
    }
}

impl<T: Row + Key> DeterministicCoder<T> for RowCoder {}

/// The coder of a row type for an encoding; what `#[derive(Row)]` calls.
pub fn coder<T: Row>(encoding: Encoding) -> Option<&'static dyn Coder<T>> {
    match encoding {
        Encoding::Serializer => Some(&SERIALIZER_CODER),
        Encoding::Direct => Some(&RowCoder),
        Encoding::DirectUtf16 => None,
    }
}

/// Writes a row as Flink's `BinaryRowDataSerializer` does: its size, then its bytes.
pub fn encode<T: Row>(value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    T::write_row(value, &mut BinaryRowWriter::new(out, T::ARITY))?;
    let size = out.len() - start - 4;
    let size = i32::try_from(size).map_err(|_| EncodeError::too_long(size))?;
    out[start..start + 4].copy_from_slice(&size.to_be_bytes());
    Ok(())
}

/// Reads what [`encode`] writes.
pub fn decode<'a, T: Row>(input: &mut Input<'a>) -> Result<View<'a, T>, DecodeError> {
    let start = input.offset();
    let found = i32::from_be_bytes(input.array()?);
    let size = usize::try_from(found).map_err(|_| {
        DecodeError::new(start, DecodeErrorKind::InvalidLength { found: found.into() })
    })?;
    let base = input.offset();
    let bytes = input.take(size)?;
    BinaryRow::new(bytes, T::ARITY)
        .and_then(|row| T::read_row(&row))
        .map_err(|error| error.shifted(base))
}

/// Reads a row that is a field of another.
pub fn read_nested<'a, T: Row>(
    row: &BinaryRow<'a>,
    index: usize,
) -> Result<View<'a, T>, DecodeError> {
    let (bytes, offset) = row.read_bytes(index)?;
    BinaryRow::new(bytes, T::ARITY)
        .and_then(|nested| T::read_row(&nested))
        .map_err(|error| error.shifted(offset))
}

/// Writes a row as a field of another.
pub fn write_nested<T: Row>(
    value: &View<'_, T>,
    row: &mut BinaryRowWriter<'_>,
    index: usize,
) -> Result<(), EncodeError> {
    row.write_row(index, T::ARITY, |nested| T::write_row(value, nested))
}
