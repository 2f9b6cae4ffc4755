//! Boxed slices of numbers: Java's `long[]` and its like on a stream, `ARRAY` in a column.
//!
//! `Box<[u16]>` is Java's `char[]`, which may hold halves of surrogate pairs. `byte[]` is
//! [bytes](crate::types::Kind::Bytes).

use std::fmt::{self, Write};

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::array;
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Key, Kind, elements};

macro_rules! array {
    ($element:ty, $kind:ident, $encode:expr, $decode:expr) => {
        impl Data for Box<[$element]> {
            type View<'a> = Box<[$element]>;

            fn data_type() -> DataType {
                DataType::required(Kind::PrimitiveArray(Box::new(DataType::required(Kind::$kind))))
            }

            fn encode(value: &Box<[$element]>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                array::encode(value.iter().copied().map($encode), out)
            }

            fn decode<'a>(input: &mut Input<'a>) -> Result<Box<[$element]>, DecodeError> {
                $decode(input)
            }

            #[inline]
            fn shorten<'short, 'long: 'short>(value: Box<[$element]>) -> Box<[$element]> {
                value
            }

            fn describe(value: &Box<[$element]>, f: &mut dyn Write) -> fmt::Result {
                write!(f, "{value:?}")
            }
        }
    };
}

macro_rules! column {
    ($element:ty) => {
        impl RowField for Box<[$element]> {
            fn column_type() -> DataType {
                Vec::<$element>::column_type()
            }

            fn read<'a, S: ReadSlots<'a>>(
                slots: &S,
                index: usize,
            ) -> Result<Box<[$element]>, DecodeError> {
                Vec::<$element>::read(slots, index).map(Vec::into_boxed_slice)
            }

            fn write<S: WriteSlots>(
                value: &Box<[$element]>,
                slots: &mut S,
                index: usize,
            ) -> Result<(), EncodeError> {
                slots.write_array(index, value.len(), <$element>::ELEMENT_SIZE, |array| {
                    elements::write::<$element>(value.iter(), "[]", array)
                })
            }
        }
    };
}

macro_rules! numbers {
    ($($element:ty, $kind:ident;)+) => {$(
        array!(
            $element,
            $kind,
            <$element>::to_be_bytes,
            |input| Ok(array::decode(input)?.iter().copied().map(<$element>::from_be_bytes).collect())
        );
    )+};
}

numbers! {
    i16, SmallInt;
    i32, Int;
    i64, BigInt;
    u16, Character;
}
array!(
    f32,
    Float,
    |value| if value.is_nan() { f32::NAN.to_be_bytes() } else { value.to_be_bytes() },
    |input| Ok(array::decode(input)?.iter().copied().map(f32::from_be_bytes).collect())
);
array!(
    f64,
    Double,
    |value| if value.is_nan() { f64::NAN.to_be_bytes() } else { value.to_be_bytes() },
    |input| Ok(array::decode(input)?.iter().copied().map(f64::from_be_bytes).collect())
);
array!(bool, Boolean, |value| [u8::from(value)], |input| {
    Ok(array::decode_booleans(input)?.iter().map(|byte| *byte == 1).collect())
});

column!(bool);
column!(i16);
column!(i32);
column!(i64);
column!(f32);
column!(f64);

impl Key for Box<[bool]> {}
impl Key for Box<[i16]> {}
impl Key for Box<[i32]> {}
impl Key for Box<[i64]> {}
impl Key for Box<[u16]> {}
