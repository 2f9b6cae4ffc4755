//! Parts: values inside a tuple on a direct edge.
//!
//! A part is its length in bytes as a little-endian i32, then the value as it looks when it stands
//! alone on such an edge. A length of -1 stands for null.

use crate::coder::{
    Arena, Coder, DecodeError, DecodeErrorKind, EncodeError, Encoding, Input, WithCoder,
};
use crate::types::{Data, View};

const NULL: i32 = -1;
const LENGTH: usize = 4;

/// The encoding of the value itself. Types that have no UTF-16 of their own look as on other edges.
#[inline]
fn own<T: Data>(encoding: Encoding) -> Encoding {
    struct Exists;

    impl<T: Data> WithCoder<T> for Exists {
        type Output = ();

        #[inline]
        fn with<C: Coder<T> + 'static>(self, _: C) {}
    }

    T::with_coder(encoding, Exists).map_or(Encoding::Direct, |()| encoding)
}

const DIRECT: &str = "every type but Option has a direct encoding, and Option writes its content's";

struct Encode<'v, 'a, 'o, T: Data>(&'v View<'a, T>, &'o mut Vec<u8>);

impl<T: Data> WithCoder<T> for Encode<'_, '_, '_, T> {
    type Output = Result<(), EncodeError>;

    #[inline]
    fn with<C: Coder<T> + 'static>(self, coder: C) -> Self::Output {
        coder.encode(self.0, self.1)
    }
}

struct Decode<'a>(&'a [u8], &'a Arena);

impl<'a, T: Data> WithCoder<T> for Decode<'a> {
    type Output = Result<View<'a, T>, DecodeError>;

    #[inline]
    fn with<C: Coder<T> + 'static>(self, coder: C) -> Self::Output {
        coder.decode(self.0, self.1)
    }
}

#[inline]
pub(crate) fn encode<T: Data>(
    encoding: Encoding,
    value: &View<'_, T>,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let start = out.len();
    out.extend_from_slice(&[0; LENGTH]);
    T::with_coder(own::<T>(encoding), Encode(value, out)).expect(DIRECT)?;
    let length = out.len() - start - LENGTH;
    let length = i32::try_from(length).map_err(|_| EncodeError::too_long(length))?;
    out[start..start + LENGTH].copy_from_slice(&length.to_le_bytes());
    Ok(())
}

pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.extend_from_slice(&NULL.to_le_bytes());
}

#[inline]
pub(crate) fn decode<'a, T: Data>(
    encoding: Encoding,
    input: &mut Input<'a>,
) -> Result<View<'a, T>, DecodeError> {
    let start = input.offset();
    let found = i32::from_le_bytes(input.array()?);
    let Ok(length) = usize::try_from(found) else {
        let kind = match found {
            NULL => DecodeErrorKind::Null,
            _ => DecodeErrorKind::InvalidLength { found: found.into() },
        };
        return Err(DecodeError::new(start, kind));
    };
    let base = input.offset();
    let bytes = input.take(length)?;
    T::with_coder(own::<T>(encoding), Decode(bytes, input.arena()))
        .expect(DIRECT)
        .map_err(|error| error.shifted(base))
}

/// Writes a part of a length that the compiler knows.
#[inline]
pub(crate) fn encode_array<const N: usize>(bytes: [u8; N], out: &mut Vec<u8>) {
    out.extend_from_slice(&(N as i32).to_le_bytes());
    out.extend_from_slice(&bytes);
}

/// Reads a part of a length that the compiler knows, if such a part comes next. If not, nothing is
/// read, and [`decode`] says what is wrong.
#[inline]
pub(crate) fn take_array<const N: usize>(input: &mut Input<'_>) -> Option<[u8; N]> {
    let (length, rest) = input.rest().split_first_chunk()?;
    let bytes = *rest.first_chunk()?;
    if i32::from_le_bytes(*length) != N as i32 {
        return None;
    }
    input.take(LENGTH + N).ok()?;
    Some(bytes)
}

/// Goes past a null, if one comes next.
#[inline]
pub(crate) fn take_null(input: &mut Input<'_>) -> bool {
    let null = input.rest().first_chunk() == Some(&NULL.to_le_bytes());
    null && input.take(LENGTH).is_ok()
}
