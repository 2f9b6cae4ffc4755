//! Bytes after their length, an i32: `BytePrimitiveArraySerializer`, `StringDataSerializer` and the
//! serializers of `ArrayData`, `MapData`, `RowData` and `RawValueData`.

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::array;

/// Appends the bytes after their length.
#[inline]
pub(crate) fn encode(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    array::encode_count(bytes.len(), out)?;
    out.extend_from_slice(bytes);
    Ok(())
}

/// Appends what `write` appends, after its length.
pub(crate) fn encode_with(
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    write(out)?;
    let length = out.len() - start - 4;
    let number = i32::try_from(length).map_err(|_| EncodeError::too_long(length))?;
    out[start..start + 4].copy_from_slice(&number.to_be_bytes());
    Ok(())
}

/// Reads bytes after their length.
#[inline]
pub(crate) fn decode<'a>(input: &mut Input<'a>) -> Result<&'a [u8], DecodeError> {
    let length = array::decode_count(input, 1)?;
    input.take(length)
}
