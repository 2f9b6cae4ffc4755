//! [`Enum`]: enums without fields, as text, as numbers, or as Java's enums.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};
use crate::format::tag;
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Kind};

/// An enum without fields. Implemented by `#[derive(Enum)]`, which says how it looks.
pub trait Enum: Data + Sized {
    /// The names of the constants, in the order of declaration.
    const NAMES: &'static [&'static str];

    /// Whether it is an `INT`, the constant's number, and not a `STRING`, its name.
    const INT: bool;

    /// The enum's class in Java, if it has one on streams.
    const CLASS: Option<&'static str>;

    /// The constant's number, from 0 on.
    fn ordinal(&self) -> usize;

    /// The constant of that number.
    fn from_ordinal(ordinal: usize) -> Option<Self>;

    /// The constant's name.
    fn name(&self) -> &'static str {
        Self::NAMES[self.ordinal()]
    }

    /// The constant of that name.
    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|constant| *constant == name).and_then(Self::from_ordinal)
    }
}

/// The type on a stream.
#[doc(hidden)]
pub fn data_type<T: Enum>() -> DataType {
    match T::CLASS {
        None => column_type::<T>(),
        Some(class) => DataType::required(Kind::Enum {
            class: class.to_owned(),
            constants: T::NAMES.iter().map(|name| (*name).to_owned()).collect(),
        }),
    }
}

#[doc(hidden)]
pub fn column_type<T: Enum>() -> DataType {
    DataType::required(if T::INT { Kind::Int } else { Kind::String })
}

#[doc(hidden)]
pub const fn element_size<T: Enum>() -> usize {
    if T::INT { 4 } else { 8 }
}

#[doc(hidden)]
pub fn encode<T: Enum>(value: &T, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if T::CLASS.is_some() || T::INT {
        tag::encode(value.ordinal(), out)
    } else {
        <&str>::encode(&value.name(), out)
    }
}

#[doc(hidden)]
pub fn decode<T: Enum>(input: &mut Input<'_>) -> Result<T, DecodeError> {
    let offset = input.offset();
    if T::CLASS.is_some() || T::INT {
        by_ordinal(i32::decode(input)?, offset)
    } else {
        by_name(<&str>::decode(input)?, offset)
    }
}

#[doc(hidden)]
pub fn encode_nullable<T: Enum>(value: Option<&T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if T::CLASS.is_some() || T::INT {
        out.push(u8::from(value.is_none()));
        value.map_or(Ok(()), |value| encode(value, out))
    } else {
        <&str>::encode_nullable(value.map(Enum::name).as_ref(), out)
    }
}

#[doc(hidden)]
pub fn decode_nullable<T: Enum>(input: &mut Input<'_>) -> Result<Option<T>, DecodeError> {
    if T::CLASS.is_some() || T::INT {
        return if bool::decode(input)? { Ok(None) } else { decode(input).map(Some) };
    }
    let offset = input.offset();
    <&str>::decode_nullable(input)?.map(|name| by_name(name, offset)).transpose()
}

#[doc(hidden)]
pub fn read<'a, T: Enum, S: ReadSlots<'a>>(slots: &S, index: usize) -> Result<T, DecodeError> {
    let offset = slots.slot_offset(index);
    if T::INT {
        by_ordinal(slots.read_i32(index)?, offset)
    } else {
        by_name(<&str>::read(slots, index)?, offset)
    }
}

#[doc(hidden)]
pub fn write<T: Enum, S: WriteSlots>(
    value: &T,
    slots: &mut S,
    index: usize,
) -> Result<(), EncodeError> {
    if T::INT {
        let ordinal = value.ordinal();
        let number = i32::try_from(ordinal).map_err(|_| EncodeError::too_long(ordinal))?;
        slots.write_i32(index, number);
        return Ok(());
    }
    slots.write_bytes(index, value.name().as_bytes())
}

fn by_ordinal<T: Enum>(found: i32, offset: usize) -> Result<T, DecodeError> {
    usize::try_from(found).ok().and_then(T::from_ordinal).ok_or_else(|| {
        let expected = format!("the number of one of {}", T::NAMES.join(", "));
        DecodeError::new(offset, DecodeErrorKind::UnknownTag { expected, found: found.into() })
    })
}

fn by_name<T: Enum>(name: &str, offset: usize) -> Result<T, DecodeError> {
    T::from_name(name).ok_or_else(|| {
        let expected = format!("one of {}", T::NAMES.join(", "));
        let found = format!("{name:?}");
        DecodeError::new(offset, DecodeErrorKind::Incompatible { expected, found })
    })
}
