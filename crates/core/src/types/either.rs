//! `Either` of the `either` crate: Flink's `Either`, on a stream.

use std::fmt::{self, Write};

use either::Either;

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::flag;
use crate::types::{Data, DataType, Key, Kind};

impl<L: Data, R: Data> Data for Either<L, R> {
    type View<'a> = Either<L::View<'a>, R::View<'a>>;

    fn data_type() -> DataType {
        DataType::required(Kind::Either(Box::new(L::data_type()), Box::new(R::data_type())))
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        flag::encode(value.is_left(), out);
        match value {
            Either::Left(value) => L::encode(value, out).map_err(|error| error.inside("{left}")),
            Either::Right(value) => R::encode(value, out).map_err(|error| error.inside("{right}")),
        }
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        if flag::decode(input)? {
            L::decode(input).map(Either::Left).map_err(|error| error.inside("{left}"))
        } else {
            R::decode(input).map(Either::Right).map_err(|error| error.inside("{right}"))
        }
    }

    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        value.map_either(L::shorten, R::shorten)
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        match value {
            Either::Left(value) => {
                f.write_str("Left(")?;
                L::describe(value, f)?;
            }
            Either::Right(value) => {
                f.write_str("Right(")?;
                R::describe(value, f)?;
            }
        }
        f.write_str(")")
    }
}

impl<L: Key, R: Key> Key for Either<L, R> {}
