//! A cursor over the bytes of one record.

use crate::coder::{Arena, DecodeError, DecodeErrorKind};

/// The bytes of a record, and how far they have been read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    bytes: &'a [u8],
    offset: usize,
    arena: &'a Arena,
}

impl<'a> Input<'a> {
    /// The start of `bytes`; what cannot be borrowed from them goes into `arena`.
    #[inline]
    pub fn new(bytes: &'a [u8], arena: &'a Arena) -> Self {
        Self { bytes, offset: 0, arena }
    }

    /// How many bytes have been read.
    #[inline]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The bytes that have not been read.
    #[inline]
    pub fn rest(&self) -> &'a [u8] {
        &self.bytes[self.offset..]
    }

    /// Where to put what cannot be borrowed.
    #[inline]
    pub fn arena(&self) -> &'a Arena {
        self.arena
    }

    /// Reads `length` bytes.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when there are not as many.
    #[inline]
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let Some(taken) = self.rest().get(..length) else {
            return Err(self.truncated(length));
        };
        self.offset += length;
        Ok(taken)
    }

    /// Reads `N` bytes.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when there are not as many.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let Some(taken) = self.rest().first_chunk() else {
            return Err(self.truncated(N));
        };
        self.offset += N;
        Ok(*taken)
    }

    /// Reads one byte.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when there is none.
    #[inline]
    pub fn byte(&mut self) -> Result<u8, DecodeError> {
        self.array().map(|[byte]| byte)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TrailingBytes`] when bytes are left over.
    #[inline]
    pub fn finish(&self) -> Result<(), DecodeError> {
        match self.rest().len() {
            0 => Ok(()),
            count => Err(DecodeError::new(self.offset, DecodeErrorKind::TrailingBytes { count })),
        }
    }

    #[cold]
    fn truncated(&self, needed: usize) -> DecodeError {
        let available = self.rest().len();
        DecodeError::new(self.offset, DecodeErrorKind::Truncated { needed, available })
    }
}
