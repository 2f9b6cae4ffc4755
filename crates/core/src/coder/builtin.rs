//! The coders of this crate, as objects.

use std::marker::PhantomData;

use crate::coder::{
    Arena, Coder, DecodeError, DeterministicCoder, EncodeError, Encoding, Input, utf8, utf16,
};
use crate::types::bytes::Bytes;
use crate::types::text::Text;
use crate::types::tuple::Tuple;
use crate::types::{Data, Key, View};

/// Any value, as Flink's `TypeSerializer` for its type writes it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SerializerCoder;

/// Text as bare UTF-8, and bytes as themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectCoder<Of>(PhantomData<Of>);

/// Text as bare UTF-16 in little-endian order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Utf16Coder;

/// A tuple's fields as parts, with text in UTF-16 or in UTF-8.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartsCoder<const UTF16: bool>;

impl<const UTF16: bool> PartsCoder<UTF16> {
    const ENCODING: Encoding = if UTF16 { Encoding::DirectUtf16 } else { Encoding::Direct };
}

/// Marks [`DirectCoder`] as the one for text.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfText;

/// Marks [`DirectCoder`] as the one for bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfBytes;

impl<T: Data> Coder<T> for SerializerCoder {
    #[inline]
    fn encode(&self, value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        T::encode(value, out)
    }

    #[inline]
    fn decode<'a>(&self, bytes: &'a [u8], arena: &'a Arena) -> Result<View<'a, T>, DecodeError> {
        let mut input = Input::new(bytes, arena);
        let value = T::decode(&mut input)?;
        input.finish()?;
        Ok(value)
    }
}

impl<T: Text> Coder<T> for DirectCoder<OfText> {
    #[inline]
    fn encode(&self, value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.extend_from_slice(T::as_str(value).as_bytes());
        Ok(())
    }

    #[inline]
    fn decode<'a>(&self, bytes: &'a [u8], _: &'a Arena) -> Result<View<'a, T>, DecodeError> {
        utf8(bytes, 0).map(T::from_str)
    }
}

impl<T: Bytes> Coder<T> for DirectCoder<OfBytes> {
    #[inline]
    fn encode(&self, value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.extend_from_slice(T::as_bytes(value));
        Ok(())
    }

    #[inline]
    fn decode<'a>(&self, bytes: &'a [u8], _: &'a Arena) -> Result<View<'a, T>, DecodeError> {
        Ok(T::from_bytes(bytes))
    }
}

impl<T: Text> Coder<T> for Utf16Coder {
    #[inline]
    fn encode(&self, value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.extend(T::as_str(value).encode_utf16().flat_map(u16::to_le_bytes));
        Ok(())
    }

    #[inline]
    fn decode<'a>(&self, bytes: &'a [u8], arena: &'a Arena) -> Result<View<'a, T>, DecodeError> {
        utf16::decode(bytes, arena).map(T::from_str)
    }
}

impl<T: Tuple, const UTF16: bool> Coder<T> for PartsCoder<UTF16> {
    #[inline]
    fn encode(&self, value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        T::encode_parts(Self::ENCODING, value, out)
    }

    #[inline]
    fn decode<'a>(&self, bytes: &'a [u8], arena: &'a Arena) -> Result<View<'a, T>, DecodeError> {
        let mut input = Input::new(bytes, arena);
        let value = T::decode_parts(Self::ENCODING, &mut input)?;
        input.finish()?;
        Ok(value)
    }
}

impl<T: Key> DeterministicCoder<T> for SerializerCoder {}
impl<T: Key + Tuple, const UTF16: bool> DeterministicCoder<T> for PartsCoder<UTF16> {}
impl<T: Key + Text> DeterministicCoder<T> for DirectCoder<OfText> {}
impl<T: Key + Bytes> DeterministicCoder<T> for DirectCoder<OfBytes> {}
impl<T: Key + Text> DeterministicCoder<T> for Utf16Coder {}
