//! Reading a row in place.

use crate::coder::{DecodeError, DecodeErrorKind};
use crate::row::{ReadSlots, header_size, null_bit};
use crate::value::RowKind;

/// A row in the bytes of a record. [`ReadSlots`] reads each column on its own, without decoding the
/// rest:
///
/// ```
/// use brookite_core::coder::DecodeError;
/// use brookite_core::row::{BinaryRow, ReadSlots};
///
/// fn third(record: &[u8]) -> Result<i64, DecodeError> {
///     BinaryRow::new(record, 3)?.read_i64(2)
/// }
/// ```
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
    /// reads a struct would otherwise take a retraction for a new row. Where rows of all kinds are
    /// expected, use [`of_any_kind`](Self::of_any_kind).
    #[inline]
    pub fn new(bytes: &'a [u8], arity: usize) -> Result<Self, DecodeError> {
        let row = Self::sized(bytes, arity)?;
        match bytes[0] {
            0 => Ok(row),
            found => Err(DecodeError::new(0, DecodeErrorKind::RowKind { found })),
        }
    }

    /// The row of `arity` columns that `bytes` are, and what it says in a changelog.
    ///
    /// # Errors
    /// When there are fewer bytes than the columns need, or when there is no such kind.
    #[inline]
    pub fn of_any_kind(bytes: &'a [u8], arity: usize) -> Result<(RowKind, Self), DecodeError> {
        let row = Self::sized(bytes, arity)?;
        match RowKind::from_byte(bytes[0]) {
            Some(kind) => Ok((kind, row)),
            None => {
                let expected = "a row kind, 0 to 3".to_owned();
                let found = bytes[0].into();
                Err(DecodeError::new(0, DecodeErrorKind::UnknownTag { expected, found }))
            }
        }
    }

    #[inline]
    fn sized(bytes: &'a [u8], arity: usize) -> Result<Self, DecodeError> {
        let header = header_size(arity);
        let needed = header + arity * 8;
        if bytes.len() < needed {
            let available = bytes.len();
            return Err(DecodeError::new(0, DecodeErrorKind::Truncated { needed, available }));
        }
        Ok(Self { bytes, arity, header })
    }

    /// How many columns the row has.
    #[inline]
    pub fn arity(&self) -> usize {
        self.arity
    }
}

impl<'a> ReadSlots<'a> for BinaryRow<'a> {
    #[inline]
    fn is_null(&self, index: usize) -> bool {
        assert!(index < self.arity, "column {index} of a row of {} columns", self.arity);
        let (byte, mask) = null_bit(index);
        self.bytes[byte] & mask != 0
    }

    #[inline]
    fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    fn slot_offset(&self, index: usize) -> usize {
        self.header + index * 8
    }

    #[inline]
    fn slot<const N: usize>(&self, index: usize) -> Result<[u8; N], DecodeError> {
        const { assert!(N <= 8) };
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
