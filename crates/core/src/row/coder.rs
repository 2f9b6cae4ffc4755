//! Whole rows: bare on an edge, and with their size inside other values.

use crate::coder::{
    Arena, Coder, DecodeError, DeterministicCoder, EncodeError, Encoding, Input, SerializerCoder,
    WithCoder,
};
use crate::format::sized;
use crate::row::{BinaryRow, BinaryRowWriter, ReadSlots, Row, WriteSlots};
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

/// [`Data::with_coder`](crate::Data::with_coder) of a row type; what `#[derive(Row)]` calls.
pub fn with_coder<T: Row, W: WithCoder<T>>(encoding: Encoding, with: W) -> Option<W::Output> {
    match encoding {
        Encoding::Serializer => Some(with.with(SerializerCoder)),
        Encoding::Direct => Some(with.with(RowCoder)),
        Encoding::DirectUtf16 => None,
    }
}

/// Writes a row as Flink's `BinaryRowDataSerializer` does: its size, then its bytes.
pub fn encode<T: Row>(value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    sized::encode_with(out, |out| T::write_row(value, &mut BinaryRowWriter::new(out, T::ARITY)))
}

/// Reads what [`encode`] writes.
pub fn decode<'a, T: Row>(input: &mut Input<'a>) -> Result<View<'a, T>, DecodeError> {
    let bytes = sized::decode(input)?;
    BinaryRow::new(bytes, T::ARITY)
        .and_then(|row| T::read_row(&row))
        .map_err(|error| error.shifted(input.offset() - bytes.len()))
}

/// Reads a row that is a column of another, or an element of an array.
#[inline]
pub fn read_nested<'a, T: Row, S: ReadSlots<'a>>(
    slots: &S,
    index: usize,
) -> Result<View<'a, T>, DecodeError> {
    let (nested, offset) = slots.read_row(index, T::ARITY)?;
    T::read_row(&nested).map_err(|error| error.shifted(offset))
}

/// Writes a row as a column of another, or as an element of an array.
#[inline]
pub fn write_nested<T: Row, S: WriteSlots>(
    value: &View<'_, T>,
    slots: &mut S,
    index: usize,
) -> Result<(), EncodeError> {
    slots.write_row(index, T::ARITY, |nested| T::write_row(value, nested))
}
