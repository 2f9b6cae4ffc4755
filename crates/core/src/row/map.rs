//! Maps and multisets: Flink's `MapData`, in the layout of `BinaryMapData`.
//!
//! The size of the keys' array as a little-endian i32, then that array, then the values' array.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError};
use crate::row::{BinaryArray, BinaryArrayWriter};

/// Bytes of the size.
const SIZE: usize = 4;

/// A map in the bytes of a record.
#[derive(Clone, Copy, Debug)]
pub struct BinaryMap<'a> {
    keys: BinaryArray<'a>,
    values: BinaryArray<'a>,
    values_offset: usize,
}

impl<'a> BinaryMap<'a> {
    /// The map that `bytes` are, with keys and values of [that many bytes](crate::row::element_size).
    ///
    /// # Errors
    /// When there are fewer bytes than the entries need, or not as many values as keys.
    pub fn new(bytes: &'a [u8], key_size: usize, value_size: usize) -> Result<Self, DecodeError> {
        let Some((size, arrays)) = bytes.split_first_chunk() else {
            let kind = DecodeErrorKind::Truncated { needed: SIZE, available: bytes.len() };
            return Err(DecodeError::new(0, kind));
        };
        let found = i32::from_le_bytes(*size);
        let Ok(size) = usize::try_from(found) else {
            let kind = DecodeErrorKind::InvalidLength { found: found.into() };
            return Err(DecodeError::new(0, kind));
        };
        let Some((keys, values)) = arrays.split_at_checked(size) else {
            let kind = DecodeErrorKind::Truncated { needed: size, available: arrays.len() };
            return Err(DecodeError::new(SIZE, kind));
        };
        let values_offset = SIZE + size;
        let keys = BinaryArray::new(keys, key_size).map_err(|error| error.shifted(SIZE))?;
        let values =
            BinaryArray::new(values, value_size).map_err(|error| error.shifted(values_offset))?;
        if keys.len() != values.len() {
            let kind = DecodeErrorKind::OutOfRange {
                expected: "as many values as keys in a map",
                found: format!("{} keys and {} values", keys.len(), values.len()),
            };
            return Err(DecodeError::new(0, kind));
        }
        Ok(Self { keys, values, values_offset })
    }

    /// How many entries the map has.
    #[inline]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the map has no entries.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys; errors inside them are to be shifted by [`keys_offset`](Self::keys_offset).
    #[inline]
    pub fn keys(&self) -> BinaryArray<'a> {
        self.keys
    }

    /// The values, in the order of the keys; errors inside them are to be shifted by
    /// [`values_offset`](Self::values_offset).
    #[inline]
    pub fn values(&self) -> BinaryArray<'a> {
        self.values
    }

    /// Where in the map's bytes the keys' array starts.
    #[inline]
    pub fn keys_offset(&self) -> usize {
        SIZE
    }

    /// Where in the map's bytes the values' array starts.
    #[inline]
    pub fn values_offset(&self) -> usize {
        self.values_offset
    }
}

/// Appends a map of `count` entries, whose keys and values the two functions write.
///
/// # Errors
/// Those of the functions, and when the map is longer than 2^31 bytes.
pub fn write(
    out: &mut Vec<u8>,
    count: usize,
    (key_size, value_size): (usize, usize),
    keys: impl FnOnce(&mut BinaryArrayWriter<'_>) -> Result<(), EncodeError>,
    values: impl FnOnce(&mut BinaryArrayWriter<'_>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    let start = out.len();
    out.extend_from_slice(&[0; SIZE]);
    keys(&mut BinaryArrayWriter::new(out, count, key_size)?)?;
    let size = out.len() - start - SIZE;
    let size = i32::try_from(size).map_err(|_| EncodeError::too_long(size))?;
    out[start..start + SIZE].copy_from_slice(&size.to_le_bytes());
    values(&mut BinaryArrayWriter::new(out, count, value_size)?)
}
