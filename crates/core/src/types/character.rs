//! `char`: Java's `Character`; and `()`: Java's `Void`.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input};
use crate::format::tag;
use crate::types::own_view::own_view;
use crate::types::{Data, DataType, Key, Kind};

// A `Character` is a UTF-16 unit. One that is half of a surrogate pair is no `char`, and a `char` that
// takes a pair is no `Character`: both are errors.
own_view! {
    char, Kind::Character,
    encode: |value, out| {
        let mut units = [0; 2];
        match value.encode_utf16(&mut units) {
            [unit] => {
                out.extend_from_slice(&unit.to_be_bytes());
                Ok(())
            }
            _ => Err(EncodeError::new(EncodeErrorKind::OutOfRange {
                expected: "a character of one UTF-16 unit".to_owned(),
                found: format!("U+{:X}", u32::from(*value)),
            })),
        }
    },
    decode: |input| {
        let offset = input.offset();
        let unit = u16::from_be_bytes(input.array()?);
        char::from_u32(unit.into())
            .ok_or_else(|| DecodeError::new(offset, DecodeErrorKind::LoneSurrogate { unit }))
    },
    describe: |value, f| write!(f, "{value:?}"),
}

impl Key for char {}

impl Data for () {
    type View<'a> = ();

    fn data_type() -> DataType {
        DataType::required(Kind::Void)
    }

    fn encode((): &(), out: &mut Vec<u8>) -> Result<(), EncodeError> {
        tag::encode_void(out);
        Ok(())
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<(), DecodeError> {
        tag::decode_void(input)
    }

    /// There is only one value, and it is null.
    fn encode_nullable(_: Option<&()>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        Self::encode(&(), out)
    }

    fn decode_nullable<'a>(input: &mut Input<'a>) -> Result<Option<()>, DecodeError> {
        Self::decode(input).map(|()| None)
    }

    fn is_null((): &()) -> bool {
        true
    }

    fn null(_: &Input<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    #[inline]
    fn shorten<'short, 'long: 'short>((): ()) {}

    fn describe((): &(), f: &mut dyn Write) -> fmt::Result {
        f.write_str("null")
    }
}

impl Key for () {}
