//! Arrays: Flink's `ArrayData`, in the layout of `BinaryArrayData`.
//!
//! All numbers are little-endian. An array of `n` elements of 1, 2, 4 or 8 bytes each is
//!
//! ```text
//! | n, an i32 | null bits, ceil(n / 32) * 4 bytes | element 0 | .. | element n-1 | variable part |
//! ```
//!
//! where the elements end at a multiple of 8 bytes, and the variable part is as in rows.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError};
use crate::row::{ReadSlots, WriteSlots};
use crate::types::Kind;

/// Bytes of the count.
const COUNT: usize = 4;

/// How many bytes an element of that type takes in an array: 1, 2, 4 or 8.
pub fn element_size(kind: &Kind) -> usize {
    match kind {
        Kind::Boolean | Kind::TinyInt => 1,
        Kind::SmallInt => 2,
        Kind::Int | Kind::Float | Kind::Date | Kind::Time(_) | Kind::IntervalYearMonth => 4,
        _ => 8,
    }
}

/// Bytes before the first element.
const fn header_size(count: usize) -> usize {
    COUNT + count.div_ceil(32) * 4
}

/// Where element `index` has its null bit: the byte, and the bit's mask.
const fn null_bit(index: usize) -> (usize, u8) {
    (COUNT + index / 8, 1 << (index % 8))
}

/// An array in the bytes of a record. [`ReadSlots`] reads each element on its own.
#[derive(Clone, Copy, Debug)]
pub struct BinaryArray<'a> {
    bytes: &'a [u8],
    count: usize,
    header: usize,
    element_size: usize,
}

impl<'a> BinaryArray<'a> {
    /// The array that `bytes` are, with elements of [that many bytes](element_size).
    ///
    /// # Errors
    /// When there are fewer bytes than the elements need.
    #[inline]
    pub fn new(bytes: &'a [u8], element_size: usize) -> Result<Self, DecodeError> {
        let available = bytes.len();
        let truncated =
            |needed| Err(DecodeError::new(0, DecodeErrorKind::Truncated { needed, available }));
        let Some(count) = bytes.first_chunk() else { return truncated(COUNT) };
        let found = i32::from_le_bytes(*count);
        let Ok(count) = usize::try_from(found) else {
            let kind = DecodeErrorKind::InvalidLength { found: found.into() };
            return Err(DecodeError::new(0, kind));
        };
        let header = header_size(count);
        // At most 2^31 elements of 8 bytes: no overflow on 64 bits, and none that matters on fewer.
        let needed = header.saturating_add(count.saturating_mul(element_size));
        if needed > available {
            return truncated(needed);
        }
        Ok(Self { bytes, count, header, element_size })
    }

    /// How many elements the array has.
    #[inline]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether the array has no elements.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The bytes of all elements, one after the other; those of null elements are zero.
    #[inline]
    pub fn elements(&self) -> &'a [u8] {
        &self.bytes[self.header..self.header + self.count * self.element_size]
    }

    /// The index of the first element that is null.
    #[inline]
    pub fn first_null(&self) -> Option<usize> {
        let bits = &self.bytes[COUNT..COUNT + self.count.div_ceil(8)];
        if bits.iter().all(|bits| *bits == 0) {
            return None;
        }
        (0..self.count).find(|index| self.is_null(*index))
    }
}

impl<'a> ReadSlots<'a> for BinaryArray<'a> {
    #[inline]
    fn is_null(&self, index: usize) -> bool {
        assert!(index < self.count, "element {index} of an array of {}", self.count);
        let (byte, mask) = null_bit(index);
        self.bytes[byte] & mask != 0
    }

    #[inline]
    fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    fn slot_offset(&self, index: usize) -> usize {
        self.header + index * self.element_size
    }

    #[inline]
    fn slot<const N: usize>(&self, index: usize) -> Result<[u8; N], DecodeError> {
        assert!(N == self.element_size, "{N} bytes of an element of {}", self.element_size);
        let at = self.slot_offset(index);
        if self.is_null(index) {
            return Err(DecodeError::new(at, DecodeErrorKind::Null));
        }
        match self.bytes[at..].first_chunk() {
            Some(slot) => Ok(*slot),
            None => Err(self.out_of_row(index, at, N)),
        }
    }
}

/// An array under construction at the end of a buffer. [`WriteSlots`] writes the elements.
#[derive(Debug)]
pub struct BinaryArrayWriter<'o> {
    out: &'o mut Vec<u8>,
    base: usize,
    header: usize,
    element_size: usize,
}

impl<'o> BinaryArrayWriter<'o> {
    /// Starts an array of `count` elements of [that many bytes](element_size) after what `out` holds
    /// already.
    ///
    /// # Errors
    /// When the array is longer than 2^31 bytes.
    #[inline]
    pub fn new(
        out: &'o mut Vec<u8>,
        count: usize,
        element_size: usize,
    ) -> Result<Self, EncodeError> {
        let base = out.len();
        let header = header_size(count);
        let size = header.saturating_add(count.saturating_mul(element_size));
        match i32::try_from(size) {
            Ok(_) => out.resize(base + size.next_multiple_of(8), 0),
            Err(_) => return Err(EncodeError::too_long(count)),
        }
        // Checked: there are fewer elements than bytes.
        out[base..base + COUNT].copy_from_slice(&(count as i32).to_le_bytes());
        Ok(Self { out, base, header, element_size })
    }
}

impl WriteSlots for BinaryArrayWriter<'_> {
    #[inline]
    fn write_null(&mut self, index: usize) {
        let (byte, mask) = null_bit(index);
        self.out[self.base + byte] |= mask;
    }

    #[inline]
    fn set_slot<const N: usize>(&mut self, index: usize, slot: [u8; N]) {
        assert!(N == self.element_size, "{N} bytes for an element of {}", self.element_size);
        let at = self.base + self.header + index * N;
        self.out[at..at + N].copy_from_slice(&slot);
    }

    #[inline]
    fn target(&mut self) -> (&mut Vec<u8>, usize) {
        (self.out, self.base)
    }

    #[inline]
    fn write_f32(&mut self, index: usize, value: f32) {
        let value = if value.is_nan() { f32::NAN } else { value };
        self.set_slot(index, value.to_le_bytes());
    }

    #[inline]
    fn write_f64(&mut self, index: usize, value: f64) {
        let value = if value.is_nan() { f64::NAN } else { value };
        self.set_slot(index, value.to_le_bytes());
    }
}
