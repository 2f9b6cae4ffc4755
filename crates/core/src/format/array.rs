//! Counts, and Java's arrays of primitive types: an i32 count, then the elements one after the other.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};

/// Appends how many elements follow.
#[inline]
pub(crate) fn encode_count(count: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let number = i32::try_from(count).map_err(|_| EncodeError::too_long(count))?;
    out.extend_from_slice(&number.to_be_bytes());
    Ok(())
}

/// Reads how many elements follow, each of which takes at least `smallest` bytes: a count that the
/// rest of the record cannot hold is an error, before any memory is set aside for the elements.
#[inline]
pub(crate) fn decode_count(input: &mut Input<'_>, smallest: usize) -> Result<usize, DecodeError> {
    let offset = input.offset();
    let found = i32::from_be_bytes(input.array()?);
    let count = usize::try_from(found).map_err(|_| {
        DecodeError::new(offset, DecodeErrorKind::InvalidLength { found: found.into() })
    })?;
    let needed = count.saturating_mul(smallest);
    let available = input.rest().len();
    if needed > available {
        let truncated = DecodeErrorKind::Truncated { needed, available };
        return Err(DecodeError::new(input.offset(), truncated));
    }
    Ok(count)
}

/// Appends an array of elements of `N` bytes each.
#[inline]
pub(crate) fn encode<const N: usize>(
    elements: impl ExactSizeIterator<Item = [u8; N]>,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    encode_count(elements.len(), out)?;
    out.reserve(elements.len() * N);
    elements.for_each(|element| out.extend_from_slice(&element));
    Ok(())
}

/// Reads an array of elements of `N` bytes each, in place.
#[inline]
pub(crate) fn decode<'a, const N: usize>(
    input: &mut Input<'a>,
) -> Result<&'a [[u8; N]], DecodeError> {
    let count = decode_count(input, N)?;
    let (elements, _) = input.take(count * N)?.as_chunks();
    Ok(elements)
}

/// Reads a `boolean[]`: bytes that are 0 or 1.
pub(crate) fn decode_booleans<'a>(input: &mut Input<'a>) -> Result<&'a [u8], DecodeError> {
    let count = decode_count(input, 1)?;
    let start = input.offset();
    let bytes = input.take(count)?;
    match bytes.iter().position(|byte| *byte > 1) {
        None => Ok(bytes),
        Some(at) => {
            let kind = DecodeErrorKind::InvalidBoolean { found: bytes[at] };
            Err(DecodeError::new(start + at, kind))
        }
    }
}
