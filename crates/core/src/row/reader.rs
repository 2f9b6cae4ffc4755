//! Reading a row in place.

use crate::coder::{DecodeError, DecodeErrorKind};
use crate::row::{header_size, null_bit};

/// Most bytes that a slot itself can hold.
const INLINE: usize = 7;

/// A row in the bytes of a record. Each column can be read on its own.
#[derive(Clone, Copy, Debug)]
pub struct BinaryRow<'a> {
    bytes: &'a [u8],
    arity: usize,
    header: usize,
}

impl<'a> BinaryRow<'a> {
    /// The row of `arity` columns that `bytes` are.
    ///
    /// # Errors
    /// When there are fewer bytes than the columns need, or when the row is not an insertion: what
    /// reads a struct would otherwise take a retraction for a new row.
    #[inline]
    pub fn new(bytes: &'a [u8], arity: usize) -> Result<Self, DecodeError> {
        let header = header_size(arity);
        let needed = header + arity * 8;
        if bytes.len() < needed {
            let available = bytes.len();
            return Err(DecodeError::new(0, DecodeErrorKind::Truncated { needed, available }));
        }
        match bytes[0] {
            0 => Ok(Self { bytes, arity, header }),
            found => Err(DecodeError::new(0, DecodeErrorKind::RowKind { found })),
        }
    }

    /// Whether column `index` is null.
    ///
    /// # Panics
    /// When the row has no such column.
    #[inline]
    pub fn is_null(&self, index: usize) -> bool {
        assert!(index < self.arity, "column {index} of a row of {} columns", self.arity);
        let (byte, mask) = null_bit(index);
        self.bytes[byte] & mask != 0
    }

    /// The bytes of column `index`'s slot.
    #[inline]
    fn slot(&self, index: usize) -> Result<[u8; 8], DecodeError> {
        if self.is_null(index) {
            return Err(DecodeError::new(self.slot_offset(index), DecodeErrorKind::Null));
        }
        match self.bytes[self.slot_offset(index)..].first_chunk() {
            Some(slot) => Ok(*slot),
            None => Err(self.out_of_row(index, self.slot_offset(index), 8)),
        }
    }

    #[inline]
    fn slot_offset(&self, index: usize) -> usize {
        self.header + index * 8
    }

    /// Reads a `BOOLEAN`.
    ///
    /// # Errors
    /// When it is null, or neither 0 nor 1.
    #[inline]
    pub fn read_bool(&self, index: usize) -> Result<bool, DecodeError> {
        match self.slot(index)?[0] {
            0 => Ok(false),
            1 => Ok(true),
            found => {
                let kind = DecodeErrorKind::InvalidBoolean { found };
                Err(DecodeError::new(self.slot_offset(index), kind))
            }
        }
    }

    /// Reads an `INT`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    pub fn read_i32(&self, index: usize) -> Result<i32, DecodeError> {
        let [a, b, c, d, ..] = self.slot(index)?;
        Ok(i32::from_le_bytes([a, b, c, d]))
    }

    /// Reads a `BIGINT`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    pub fn read_i64(&self, index: usize) -> Result<i64, DecodeError> {
        self.slot(index).map(i64::from_le_bytes)
    }

    /// Reads a `DOUBLE`.
    ///
    /// # Errors
    /// When it is null.
    #[inline]
    pub fn read_f64(&self, index: usize) -> Result<f64, DecodeError> {
        self.slot(index).map(f64::from_le_bytes)
    }

    /// The bytes of text, bytes or a nested row, and their offset in this row.
    ///
    /// # Errors
    /// When the column is null, or points outside the row.
    #[inline]
    pub fn read_bytes(&self, index: usize) -> Result<(&'a [u8], usize), DecodeError> {
        let slot = self.slot(index)?;
        let (at, length) = if slot[7] & 0x80 != 0 {
            (self.slot_offset(index), usize::from(slot[7] & 0x7f))
        } else {
            let [l0, l1, l2, l3, o0, o1, o2, o3] = slot;
            let length = u32::from_le_bytes([l0, l1, l2, l3]);
            (u32::from_le_bytes([o0, o1, o2, o3]) as usize, length as usize)
        };
        if slot[7] & 0x80 != 0 && length > INLINE {
            return Err(self.out_of_row(index, at, length));
        }
        match at.checked_add(length).and_then(|end| self.bytes.get(at..end)) {
            Some(bytes) => Ok((bytes, at)),
            None => Err(self.out_of_row(index, at, length)),
        }
    }

    #[cold]
    fn out_of_row(&self, index: usize, at: usize, length: usize) -> DecodeError {
        let kind = DecodeErrorKind::OutOfRow { at, length, row: self.bytes.len() };
        DecodeError::new(self.slot_offset(index), kind)
    }
}
