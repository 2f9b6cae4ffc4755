//! `bool`, `i32`, `i64` and `f64`: big-endian, as Java's `DataOutput` writes them.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Encoding, Input, part};
use crate::row::{BinaryRow, BinaryRowWriter, RowField};
use crate::types::{Data, DataType, Key, Kind};

macro_rules! number {
    ($type:ty, $kind:ident, $read:ident, $write:ident) => {
        impl Data for $type {
            type View<'a> = $type;

            fn data_type() -> DataType {
                DataType::required(Kind::$kind)
            }

            #[inline]
            fn encode(value: &$type, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                out.extend_from_slice(&value.to_be_bytes());
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
                part::encode_array(value.to_be_bytes(), out);
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
            #[inline]
            fn read<'a>(row: &BinaryRow<'a>, index: usize) -> Result<$type, DecodeError> {
                row.$read(index)
            }

            #[inline]
            fn write(
                value: &$type,
                row: &mut BinaryRowWriter<'_>,
                index: usize,
            ) -> Result<(), EncodeError> {
                row.$write(index, *value);
                Ok(())
            }
        }
    };
}

number!(i32, Int, read_i32, write_i32);
number!(i64, BigInt, read_i64, write_i64);
number!(f64, Double, read_f64, write_f64);

impl Key for bool {}
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
    #[inline]
    fn read(row: &BinaryRow<'_>, index: usize) -> Result<bool, DecodeError> {
        row.read_bool(index)
    }

    #[inline]
    fn write(value: &bool, row: &mut BinaryRowWriter<'_>, index: usize) -> Result<(), EncodeError> {
        row.write_bool(index, *value);
        Ok(())
    }
}
