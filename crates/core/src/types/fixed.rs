//! Text and bytes with a length in their type, `CHAR(n)`, `VARCHAR(n)`, `BINARY(n)` and `VARBINARY(n)`;
//! and Flink's `StringData`.
//!
//! A value that is longer than its type says is an error when it is written. What Flink hands over is
//! not measured, as Flink does not measure it either.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, EncodeError, EncodeErrorKind, Input, utf8};
use crate::format::sized;
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::bytes::Bytes;
use crate::types::text::Text;
use crate::types::{Data, DataType, Key, Kind};

macro_rules! sized {
    (
        $name:ident<$($n:ident)?>: $of:ident = $owned:ty, $kind:expr, column $column:expr,
        bytes: |$value:ident| $bytes:expr,
        view: |$read:ident, $offset:ident| $view:expr,
        $doc:literal
    ) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name<$(const $n: u32,)? T = $owned>(pub T);

        impl<$(const $n: u32,)? T: $of> $name<$($n,)? T> {
            fn bytes<'v>($value: &'v T::View<'_>) -> Result<&'v [u8], EncodeError> {
                $bytes
            }

            fn view<'a>($read: &'a [u8], $offset: usize) -> Result<T::View<'a>, DecodeError> {
                $view
            }
        }

        impl<$(const $n: u32,)? T: $of> Data for $name<$($n,)? T> {
            type View<'a> = $name<$($n,)? T::View<'a>>;

            fn data_type() -> DataType {
                DataType::required($kind)
            }

            fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                sized::encode(Self::bytes(&value.0)?, out)
            }

            fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
                let bytes = sized::decode(input)?;
                Self::view(bytes, input.offset() - bytes.len()).map($name)
            }

            #[inline]
            fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
                $name(T::shorten(value.0))
            }

            fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
                T::describe(&value.0, f)
            }
        }

        impl<$(const $n: u32,)? T: $of + Key> Key for $name<$($n,)? T> {}

        impl<$(const $n: u32,)? T: $of> RowField for $name<$($n,)? T> {
            fn column_type() -> DataType {
                DataType::required($column)
            }

            #[inline]
            fn read<'a, S: ReadSlots<'a>>(
                slots: &S,
                index: usize,
            ) -> Result<Self::View<'a>, DecodeError> {
                let (bytes, offset) = slots.read_bytes(index)?;
                Self::view(bytes, offset).map($name)
            }

            #[inline]
            fn write<S: WriteSlots>(
                value: &Self::View<'_>,
                slots: &mut S,
                index: usize,
            ) -> Result<(), EncodeError> {
                slots.write_bytes(index, Self::bytes(&value.0)?)
            }
        }
    };
}

/// Text as its UTF-8, if it has at most `most` characters, which Flink counts as code points.
fn text(text: &str, most: u32) -> Result<&[u8], EncodeError> {
    let most = most as usize;
    // Characters are counted only where there could be too many.
    if text.len() <= most || text.chars().count() <= most {
        return Ok(text.as_bytes());
    }
    Err(too_long(most, text.chars().count(), "characters"))
}

/// At most `most` bytes.
fn bytes(bytes: &[u8], most: u32) -> Result<&[u8], EncodeError> {
    if bytes.len() <= most as usize {
        return Ok(bytes);
    }
    Err(too_long(most as usize, bytes.len(), "bytes"))
}

#[cold]
fn too_long(most: usize, found: usize, what: &str) -> EncodeError {
    EncodeError::new(EncodeErrorKind::OutOfRange {
        expected: format!("at most {most} {what}"),
        found: found.to_string(),
    })
}

sized! {
    Char<N>: Text = String, Kind::Char(N), column Kind::Char(N),
    bytes: |value| text(T::as_str(value), N),
    view: |bytes, offset| utf8(bytes, offset).map(T::from_str),
    "`CHAR(N)`: text of `N` characters. `T` is a type of text, `String` or `&str`."
}
sized! {
    Varchar<N>: Text = String, Kind::Varchar(N), column Kind::Varchar(N),
    bytes: |value| text(T::as_str(value), N),
    view: |bytes, offset| utf8(bytes, offset).map(T::from_str),
    "`VARCHAR(N)`: text of at most `N` characters. `T` is a type of text, `String` or `&str`."
}
sized! {
    StringData<>: Text = String, Kind::StringData, column Kind::String,
    bytes: |value| Ok(T::as_str(value).as_bytes()),
    view: |bytes, offset| utf8(bytes, offset).map(T::from_str),
    "Text as Flink's `StringData` on a stream, which is faster there than Java's `String`; `STRING` in \
     a column. `T` is a type of text, `String` or `&str`."
}
sized! {
    Binary<N>: Bytes = Vec<u8>, Kind::Binary(N), column Kind::Binary(N),
    bytes: |value| bytes(T::as_bytes(value), N),
    view: |bytes, _offset| Ok(T::from_bytes(bytes)),
    "`BINARY(N)`: `N` bytes. `T` is a type of bytes, `Vec<u8>` or `&[u8]`."
}
sized! {
    Varbinary<N>: Bytes = Vec<u8>, Kind::Varbinary(N), column Kind::Varbinary(N),
    bytes: |value| bytes(T::as_bytes(value), N),
    view: |bytes, _offset| Ok(T::from_bytes(bytes)),
    "`VARBINARY(N)`: at most `N` bytes. `T` is a type of bytes, `Vec<u8>` or `&[u8]`."
}
