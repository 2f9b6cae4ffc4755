//! [`Raw`]: values that only Java can read.

use std::fmt::{self, Write};
use std::marker::PhantomData;

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::sized;
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Kind};

/// Names a class of Java and the serializer of its values, for [`Raw`].
pub trait RawClass: 'static {
    /// The Java class.
    const CLASS: &'static str;
    /// The serializer's snapshot in Base64, as Flink SQL spells it in `RAW('class', 'snapshot')`.
    const SERIALIZER: &'static str;
}

/// `RAW('class', 'snapshot')`: a value that only Java can read. Rust sees its bytes, and hands them on.
pub struct Raw<'a, C> {
    bytes: &'a [u8],
    class: PhantomData<fn() -> C>,
}

impl<'a, C> Raw<'a, C> {
    /// The value with these bytes, which the class's serializer must have written.
    pub fn from_bytes(bytes: &'a [u8]) -> Self {
        Self { bytes, class: PhantomData }
    }

    /// The bytes that the class's serializer wrote.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl<C> Clone for Raw<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Raw<'_, C> {}

impl<C> fmt::Debug for Raw<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Raw").field(&self.bytes).finish()
    }
}

impl<C: RawClass> Data for Raw<'static, C> {
    type View<'a> = Raw<'a, C>;

    fn data_type() -> DataType {
        DataType::required(Kind::Raw {
            class: C::CLASS.to_owned(),
            serializer: C::SERIALIZER.to_owned(),
        })
    }

    fn encode(value: &Raw<'_, C>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        sized::encode(value.bytes, out)
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Raw<'a, C>, DecodeError> {
        sized::decode(input).map(Raw::from_bytes)
    }

    #[inline]
    fn shorten<'short, 'long: 'short>(value: Raw<'long, C>) -> Raw<'short, C> {
        value
    }

    fn describe(value: &Raw<'_, C>, f: &mut dyn Write) -> fmt::Result {
        write!(f, "{}, {} bytes", C::CLASS, value.bytes.len())
    }
}

impl<C: RawClass> RowField for Raw<'static, C> {
    fn read<'a, S: ReadSlots<'a>>(slots: &S, index: usize) -> Result<Raw<'a, C>, DecodeError> {
        slots.read_bytes(index).map(|(bytes, _)| Raw::from_bytes(bytes))
    }

    fn write<S: WriteSlots>(
        value: &Raw<'_, C>,
        slots: &mut S,
        index: usize,
    ) -> Result<(), EncodeError> {
        slots.write_bytes(index, value.bytes)
    }
}
