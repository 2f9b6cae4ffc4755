//! Bytes: `&[u8]`, borrowed from the record, and `Vec<u8>`.

use std::convert::identity;
use std::fmt::{self, Write};

use crate::coder::{
    DecodeError, DecodeErrorKind, DirectCoder, EncodeError, Encoding, Input, OfBytes,
    SerializerCoder, WithCoder,
};
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Key, Kind};

/// How many bytes of a value are shown in an error message.
const SHOWN: usize = 32;

macro_rules! bytes {
    ($data:ty, $view:ty, $own:expr) => {
        impl Data for $data {
            type View<'a> = $view;

            fn data_type() -> DataType {
                DataType::required(Kind::Bytes)
            }

            #[inline]
            fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                encode(value, out)
            }

            #[inline]
            fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
                decode(input).map($own)
            }

            fn with_coder<W: WithCoder<Self>>(encoding: Encoding, with: W) -> Option<W::Output> {
                match encoding {
                    Encoding::Serializer => Some(with.with(SerializerCoder)),
                    Encoding::Direct => Some(with.with(DirectCoder::<OfBytes>::default())),
                    Encoding::DirectUtf16 => None,
                }
            }

            #[inline]
            fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
                value
            }

            fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
                describe(value, f)
            }
        }

        impl Key for $data {}

        impl Bytes for $data {
            #[inline]
            fn from_bytes<'a>(bytes: &'a [u8]) -> Self::View<'a> {
                $own(bytes)
            }

            #[inline]
            fn as_bytes<'v>(value: &'v Self::View<'_>) -> &'v [u8] {
                value
            }
        }

        impl RowField for $data {
            #[inline]
            fn read<'a, S: ReadSlots<'a>>(
                row: &S,
                index: usize,
            ) -> Result<Self::View<'a>, DecodeError> {
                row.read_bytes(index).map(|(bytes, _)| $own(bytes))
            }

            #[inline]
            fn write<S: WriteSlots>(
                value: &Self::View<'_>,
                row: &mut S,
                index: usize,
            ) -> Result<(), EncodeError> {
                row.write_bytes(index, value)
            }
        }
    };
}

/// The types of bytes, for the coder that serves both.
pub trait Bytes: Data {
    /// The view of some bytes in a record.
    fn from_bytes(bytes: &[u8]) -> Self::View<'_>;
    /// The bytes of a view.
    fn as_bytes<'v>(value: &'v Self::View<'_>) -> &'v [u8];
}

bytes!(&'static [u8], &'a [u8], identity);
bytes!(Vec<u8>, Vec<u8>, <[u8]>::to_vec);

/// `byte[]` as Flink's `BytePrimitiveArraySerializer` writes it: an i32 length, then the bytes.
fn encode(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let length = i32::try_from(bytes.len()).map_err(|_| EncodeError::too_long(bytes.len()))?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

fn decode<'a>(input: &mut Input<'a>) -> Result<&'a [u8], DecodeError> {
    let offset = input.offset();
    let found = i32::from_be_bytes(input.array()?);
    let length = usize::try_from(found).map_err(|_| {
        DecodeError::new(offset, DecodeErrorKind::InvalidLength { found: found.into() })
    })?;
    input.take(length)
}

fn describe(bytes: &[u8], f: &mut dyn Write) -> fmt::Result {
    write!(f, "{} bytes 0x", bytes.len())?;
    for byte in bytes.iter().take(SHOWN) {
        write!(f, "{byte:02x}")?;
    }
    if bytes.len() > SHOWN { f.write_str("..") } else { Ok(()) }
}
