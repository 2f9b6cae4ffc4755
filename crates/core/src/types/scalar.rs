//! `bool`, the integers and the floating-point numbers: big-endian, as Java's `DataOutput` writes them.
//!
//! `DataOutput` writes every NaN as the same one, and so do `f32` and `f64` here.

use std::convert::identity;
use std::fmt::{self, Write};

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Encoding, Input, part};
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Key, Kind};

macro_rules! number {
    ($type:ty, $kind:ident, $read:ident, $write:ident, $java:expr) => {
        impl Data for $type {
            type View<'a> = $type;

            fn data_type() -> DataType {
                DataType::required(Kind::$kind)
            }

            #[inline]
            fn encode(value: &$type, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                let java: fn($type) -> $type = $java;
                out.extend_from_slice(&java(*value).to_be_bytes());
                Ok(())
            }

            #[inline]
            fn decode<'a>(input: &mut Input<'a>) -> Result<$type, DecodeError> {
                Ok(<$type>::from_be_bytes(input.array()?))
            }

            #[inline]
            fn encode_part(
                _: Encoding,
                value: &$type,
                out: &mut Vec<u8>,
            ) -> Result<(), EncodeError> {
                let java: fn($type) -> $type = $java;
                part::encode_array(java(*value).to_be_bytes(), out);
                Ok(())
            }

            #[inline]
            fn decode_part<'a>(
                encoding: Encoding,
                input: &mut Input<'a>,
            ) -> Result<$type, DecodeError> {
                match part::take_array(input) {
                    Some(bytes) => Ok(<$type>::from_be_bytes(bytes)),
                    None => part::decode::<$type>(encoding, input),
                }
            }

            #[inline]
            fn shorten<'short, 'long: 'short>(value: $type) -> $type {
                value
            }

            fn describe(value: &$type, f: &mut dyn Write) -> fmt::Result {
                write!(f, "{value:?}")
            }
        }

        impl RowField for $type {
            const ELEMENT_SIZE: usize = size_of::<$type>();

            #[inline]
            fn read<'a, S: ReadSlots<'a>>(row: &S, index: usize) -> Result<$type, DecodeError> {
                row.$read(index)
            }

            #[inline]
            fn write<S: WriteSlots>(
                value: &$type,
                row: &mut S,
                index: usize,
            ) -> Result<(), EncodeError> {
                row.$write(index, *value);
                Ok(())
            }
        }
    };
}

number!(i8, TinyInt, read_i8, write_i8, identity);
number!(i16, SmallInt, read_i16, write_i16, identity);
number!(i32, Int, read_i32, write_i32, identity);
number!(i64, BigInt, read_i64, write_i64, identity);
number!(f32, Float, read_f32, write_f32, |value| if value.is_nan() { f32::NAN } else { value });
number!(f64, Double, read_f64, write_f64, |value| if value.is_nan() { f64::NAN } else { value });

impl Key for bool {}
impl Key for i8 {}
impl Key for i16 {}
impl Key for i32 {}
impl Key for i64 {}

impl Data for bool {
    type View<'a> = bool;

    fn data_type() -> DataType {
        DataType::required(Kind::Boolean)
    }

    #[inline]
    fn encode(value: &bool, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.push(u8::from(*value));
        Ok(())
    }

    #[inline]
    fn decode(input: &mut Input<'_>) -> Result<bool, DecodeError> {
        let offset = input.offset();
        match input.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            found => Err(DecodeError::new(offset, DecodeErrorKind::InvalidBoolean { found })),
        }
    }

    #[inline]
    fn shorten<'short, 'long: 'short>(value: bool) -> bool {
        value
    }

    fn describe(value: &bool, f: &mut dyn Write) -> fmt::Result {
        write!(f, "{value}")
    }
}

impl RowField for bool {
    const ELEMENT_SIZE: usize = 1;

    #[inline]
    fn read<'a, S: ReadSlots<'a>>(row: &S, index: usize) -> Result<bool, DecodeError> {
        row.read_bool(index)
    }

    #[inline]
    fn write<S: WriteSlots>(value: &bool, row: &mut S, index: usize) -> Result<(), EncodeError> {
        row.write_bool(index, *value);
        Ok(())
    }
}
