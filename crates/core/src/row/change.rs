//! [`Change`]: a row of a changelog.

use std::fmt::{self, Write};

use crate::coder::{
    Arena, Coder, DecodeError, EncodeError, Encoding, Input, SerializerCoder, WithCoder,
};
use crate::format::sized;
use crate::row::{BinaryRow, BinaryRowWriter, Row};
use crate::types::{Data, DataType};
use crate::value::RowKind;

/// A row and what it says in a changelog: that it is new, gone, or was or is another.
///
/// A function over `T` itself turns down rows that are not insertions, since it would take a retraction
/// for a new row. A function over `Change<T>` sees and makes rows of all kinds; to Flink, both are
/// streams of the same rows.
///
/// ```
/// use brookite_core::row::{Change, RowKind};
///
/// struct Order {
///     price: i64,
/// }
///
/// /// By how much an order changes the sum of all.
/// fn difference(change: &Change<Order>) -> i64 {
///     match change.kind {
///         RowKind::Insert | RowKind::UpdateAfter => change.row.price,
///         RowKind::Delete | RowKind::UpdateBefore => -change.row.price,
///     }
/// }
/// assert_eq!(difference(&Change { kind: RowKind::Delete, row: Order { price: 3 } }), -3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Change<T> {
    /// What the row says.
    pub kind: RowKind,
    /// The row.
    pub row: T,
}

impl<T: Row> Data for Change<T> {
    type View<'a> = Change<T::View<'a>>;

    fn data_type() -> DataType {
        T::data_type()
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        sized::encode_with(out, |out| write::<T>(value, out))
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        let bytes = sized::decode(input)?;
        read::<T>(bytes).map_err(|error| error.shifted(input.offset() - bytes.len()))
    }

    fn with_coder<W: WithCoder<Self>>(encoding: Encoding, with: W) -> Option<W::Output> {
        match encoding {
            Encoding::Serializer => Some(with.with(SerializerCoder)),
            Encoding::Direct => Some(with.with(ChangeCoder)),
            Encoding::DirectUtf16 => None,
        }
    }

    #[inline]
    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        Change { kind: value.kind, row: T::shorten(value.row) }
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        write!(f, "{} ", value.kind.short_name())?;
        T::describe(&value.row, f)
    }
}

/// A row of any kind as bare `BinaryRowData`.
struct ChangeCoder;

impl<T: Row> Coder<Change<T>> for ChangeCoder {
    #[inline]
    fn encode(&self, value: &Change<T::View<'_>>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        write::<T>(value, out)
    }

    #[inline]
    fn decode<'a>(
        &self,
        bytes: &'a [u8],
        _: &'a Arena,
    ) -> Result<Change<T::View<'a>>, DecodeError> {
        read::<T>(bytes)
    }
}

fn write<T: Row>(value: &Change<T::View<'_>>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let mut writer = BinaryRowWriter::new(out, T::ARITY);
    writer.set_kind(value.kind);
    T::write_row(&value.row, &mut writer)
}

fn read<'a, T: Row>(bytes: &'a [u8]) -> Result<Change<T::View<'a>>, DecodeError> {
    let (kind, row) = BinaryRow::of_any_kind(bytes, T::ARITY)?;
    Ok(Change { kind, row: T::read_row(&row)? })
}
