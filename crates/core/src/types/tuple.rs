//! Rust tuples: Flink's `Tuple1` to `Tuple25`, the fields one after the other.
//!
//! Flink's serializer writes the fields as their own serializers do. On a direct edge each field is a
//! [part](crate::coder::part).

use std::fmt::{self, Write};

use crate::coder::{
    DecodeError, EncodeError, Encoding, Input, PartsCoder, SerializerCoder, WithCoder,
};
use crate::types::{Data, DataType, Key, Kind};

/// The types of tuples, for the coder that serves all.
pub trait Tuple: Data {
    /// Appends the fields as parts.
    fn encode_parts(
        encoding: Encoding,
        value: &Self::View<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError>;

    /// Reads the fields as parts.
    fn decode_parts<'a>(
        encoding: Encoding,
        input: &mut Input<'a>,
    ) -> Result<Self::View<'a>, DecodeError>;
}

macro_rules! tuple {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Data),+> Data for ($($name,)+) {
            type View<'a> = ($($name::View<'a>,)+);

            fn data_type() -> DataType {
                DataType::required(Kind::Tuple(vec![$($name::data_type()),+]))
            }

            fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                $($name::encode(&value.$index, out)
                    .map_err(|error| error.inside(concat!("f", $index)))?;)+
                Ok(())
            }

            fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
                Ok(($($name::decode(input)
                    .map_err(|error| error.inside(concat!("f", $index)))?,)+))
            }

            fn with_coder<With: WithCoder<Self>>(encoding: Encoding, with: With) -> Option<With::Output> {
                Some(match encoding {
                    Encoding::Serializer => with.with(SerializerCoder),
                    Encoding::Direct => with.with(PartsCoder::<false>),
                    Encoding::DirectUtf16 => with.with(PartsCoder::<true>),
                })
            }

            #[inline]
            fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
                ($($name::shorten(value.$index),)+)
            }

            fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
                f.write_str("(")?;
                $(
                    if $index > 0 {
                        f.write_str(", ")?;
                    }
                    $name::describe(&value.$index, f)?;
                )+
                f.write_str(")")
            }
        }

        impl<$($name: Key),+> Key for ($($name,)+) {}

        impl<$($name: Data),+> Tuple for ($($name,)+) {
            #[inline]
            fn encode_parts(
                encoding: Encoding,
                value: &Self::View<'_>,
                out: &mut Vec<u8>,
            ) -> Result<(), EncodeError> {
                $($name::encode_part(encoding, &value.$index, out)
                    .map_err(|error| error.inside(concat!("f", $index)))?;)+
                Ok(())
            }

            #[inline]
            fn decode_parts<'a>(
                encoding: Encoding,
                input: &mut Input<'a>,
            ) -> Result<Self::View<'a>, DecodeError> {
                Ok(($($name::decode_part(encoding, input)
                    .map_err(|error| error.inside(concat!("f", $index)))?,)+))
            }
        }
    };
}

// One line per arity, up to Flink's Tuple25.
macro_rules! tuples {
    ($($done:ident $index:tt),+;) => { tuple!($($done $index),+); };
    ($($done:ident $index:tt),+; $next:ident $at:tt $(, $rest:ident $later:tt)*) => {
        tuple!($($done $index),+);
        tuples!($($done $index),+, $next $at; $($rest $later),*);
    };
}

tuples!(
    A 0; B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15, Q 16,
    R 17, S 18, T 19, U 20, V 21, W 22, X 23, Y 24
);
