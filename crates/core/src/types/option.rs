//! `Option<T>`: a value that may be null.

use std::fmt::{self, Write};

use crate::coder::{
    DecodeError, EncodeError, EncodeErrorKind, Encoding, Input, SerializerCoder, WithCoder, part,
};
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Key};

impl<T: Data> Data for Option<T> {
    type View<'a> = Option<T::View<'a>>;

    fn data_type() -> DataType {
        T::data_type().nullable()
    }

    fn encode(value: &Option<T::View<'_>>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        T::encode_nullable(value.as_ref(), out)
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Option<T::View<'a>>, DecodeError> {
        T::decode_nullable(input)
    }

    fn is_null(value: &Option<T::View<'_>>) -> bool {
        value.is_none()
    }

    fn encode_present(value: &Option<T::View<'_>>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match value {
            Some(value) => T::encode_present(value, out),
            None => Err(EncodeError::new(EncodeErrorKind::Null)),
        }
    }

    fn decode_present<'a>(input: &mut Input<'a>) -> Result<Option<T::View<'a>>, DecodeError> {
        T::decode_present(input).map(Some)
    }

    fn null<'a>(_: &Input<'a>) -> Result<Option<T::View<'a>>, DecodeError> {
        Ok(None)
    }

    fn encode_part(
        encoding: Encoding,
        value: &Option<T::View<'_>>,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        match value {
            Some(value) => T::encode_part(encoding, value, out),
            None => {
                part::encode_null(out);
                Ok(())
            }
        }
    }

    fn decode_part<'a>(
        encoding: Encoding,
        input: &mut Input<'a>,
    ) -> Result<Option<T::View<'a>>, DecodeError> {
        if part::take_null(input) { Ok(None) } else { T::decode_part(encoding, input).map(Some) }
    }

    /// Without the serializer's framing there is no place for null.
    fn with_coder<W: WithCoder<Self>>(encoding: Encoding, with: W) -> Option<W::Output> {
        match encoding {
            Encoding::Serializer => Some(with.with(SerializerCoder)),
            Encoding::Direct | Encoding::DirectUtf16 => None,
        }
    }

    #[inline]
    fn shorten<'short, 'long: 'short>(value: Option<T::View<'long>>) -> Option<T::View<'short>> {
        value.map(T::shorten)
    }

    fn describe(value: &Option<T::View<'_>>, f: &mut dyn Write) -> fmt::Result {
        match value {
            Some(value) => T::describe(value, f),
            None => f.write_str("null"),
        }
    }
}

impl<T: Key> Key for Option<T> {}

impl<T: RowField> RowField for Option<T> {
    fn column_type() -> DataType {
        T::column_type().nullable()
    }

    const ELEMENT_SIZE: usize = T::ELEMENT_SIZE;

    #[inline]
    fn read<'a, S: ReadSlots<'a>>(
        row: &S,
        index: usize,
    ) -> Result<Option<T::View<'a>>, DecodeError> {
        if row.is_null(index) { Ok(None) } else { T::read(row, index).map(Some) }
    }

    #[inline]
    fn write<S: WriteSlots>(
        value: &Option<T::View<'_>>,
        row: &mut S,
        index: usize,
    ) -> Result<(), EncodeError> {
        match value {
            Some(value) => T::write(value, row, index),
            None => {
                row.write_null(index);
                Ok(())
            }
        }
    }
}
