//! Text: `&str`, borrowed from the record where its bytes allow it, `String`, and `Cow<str>` for a
//! result that may be either.

use std::borrow::Cow;
use std::convert::identity;
use std::fmt::{self, Write};

use crate::coder::{
    DecodeError, DirectCoder, EncodeError, Encoding, Input, OfText, SerializerCoder, Utf16Coder,
    WithCoder, flink_string, utf8,
};
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Key, Kind};

macro_rules! text {
    ($data:ty, $view:ty, $own:expr) => {
        impl Data for $data {
            type View<'a> = $view;

            fn data_type() -> DataType {
                DataType::required(Kind::String)
            }

            #[inline]
            fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                flink_string::encode(value, out)
            }

            #[inline]
            fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
                flink_string::decode(input).map($own)
            }

            fn encode_nullable(
                value: Option<&Self::View<'_>>,
                out: &mut Vec<u8>,
            ) -> Result<(), EncodeError> {
                match value {
                    Some(value) => Self::encode(value, out),
                    None => {
                        flink_string::encode_null(out);
                        Ok(())
                    }
                }
            }

            fn decode_nullable<'a>(
                input: &mut Input<'a>,
            ) -> Result<Option<Self::View<'a>>, DecodeError> {
                Ok(flink_string::decode_nullable(input)?.map($own))
            }

            fn with_coder<W: WithCoder<Self>>(encoding: Encoding, with: W) -> Option<W::Output> {
                Some(match encoding {
                    Encoding::Serializer => with.with(SerializerCoder),
                    Encoding::Direct => with.with(DirectCoder::<OfText>::default()),
                    Encoding::DirectUtf16 => with.with(Utf16Coder),
                })
            }

            #[inline]
            fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
                value
            }

            fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
                write!(f, "{value:?}")
            }
        }

        impl Key for $data {}

        impl Text for $data {
            #[inline]
            fn from_str<'a>(text: &'a str) -> Self::View<'a> {
                $own(text)
            }

            #[inline]
            fn as_str<'v>(value: &'v Self::View<'_>) -> &'v str {
                value
            }
        }

        impl RowField for $data {
            #[inline]
            fn read<'a, S: ReadSlots<'a>>(
                row: &S,
                index: usize,
            ) -> Result<Self::View<'a>, DecodeError> {
                let (bytes, offset) = row.read_bytes(index)?;
                utf8(bytes, offset).map($own)
            }

            #[inline]
            fn write<S: WriteSlots>(
                value: &Self::View<'_>,
                row: &mut S,
                index: usize,
            ) -> Result<(), EncodeError> {
                row.write_bytes(index, value.as_bytes())
            }
        }
    };
}

/// The types of text, for the coders that serve both.
pub trait Text: Data {
    /// The view of some text in a record.
    fn from_str(text: &str) -> Self::View<'_>;
    /// The text of a view.
    fn as_str<'v>(value: &'v Self::View<'_>) -> &'v str;
}

text!(&'static str, &'a str, identity);
text!(String, String, str::to_owned);
text!(Cow<'static, str>, Cow<'a, str>, Cow::Borrowed);
