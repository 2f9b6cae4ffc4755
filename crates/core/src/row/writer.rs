//! Writing a row, with the canonical bytes that Flink hashes and compares.

use crate::coder::EncodeError;
use crate::row::{header_size, null_bit};

/// A row under construction at the end of a buffer.
///
/// Each column is written once, in any order; one that is not written is zero.
#[derive(Debug)]
pub struct BinaryRowWriter<'o> {
    out: &'o mut Vec<u8>,
    base: usize,
    header: usize,
}

impl<'o> BinaryRowWriter<'o> {
    /// Starts an inserted row of `arity` columns after what `out` holds already.
    #[inline]
    pub fn new(out: &'o mut Vec<u8>, arity: usize) -> Self {
        let base = out.len();
        let header = header_size(arity);
        out.resize(base + header + arity * 8, 0);
        Self { out, base, header }
    }

    #[inline]
    fn set_slot(&mut self, index: usize, slot: [u8; 8]) {
        let at = self.base + self.header + index * 8;
        self.out[at..at + 8].copy_from_slice(&slot);
    }

    /// Writes null.
    #[inline]
    pub fn write_null(&mut self, index: usize) {
        let (byte, mask) = null_bit(index);
        self.out[self.base + byte] |= mask;
    }

    /// Writes a `BOOLEAN`.
    #[inline]
    pub fn write_bool(&mut self, index: usize, value: bool) {
        self.set_slot(index, u64::from(value).to_le_bytes());
    }

    /// Writes an `INT`.
    #[inline]
    pub fn write_i32(&mut self, index: usize, value: i32) {
        // The upper half of the slot stays zero whatever the sign.
        self.set_slot(index, u64::from(value.cast_unsigned()).to_le_bytes());
    }

    /// Writes a `BIGINT`.
    #[inline]
    pub fn write_i64(&mut self, index: usize, value: i64) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes a `DOUBLE`.
    #[inline]
    pub fn write_f64(&mut self, index: usize, value: f64) {
        self.set_slot(index, value.to_le_bytes());
    }

    /// Writes text or bytes.
    ///
    /// # Errors
    /// When the row grows beyond 2^31 bytes.
    #[inline]
    pub fn write_bytes(&mut self, index: usize, bytes: &[u8]) -> Result<(), EncodeError> {
        if bytes.len() < 8 {
            let mut slot = [0; 8];
            slot[..bytes.len()].copy_from_slice(bytes);
            slot[7] = 0x80 | bytes.len() as u8;
            self.set_slot(index, slot);
            return Ok(());
        }
        let start = self.out.len();
        self.out.extend_from_slice(bytes);
        self.out.resize(start + bytes.len().next_multiple_of(8), 0);
        self.point_to(index, start, bytes.len())
    }

    /// Writes a nested row of `arity` columns with `write`.
    ///
    /// # Errors
    /// Those of `write`, and when the row grows beyond 2^31 bytes.
    pub fn write_row(
        &mut self,
        index: usize,
        arity: usize,
        write: impl FnOnce(&mut BinaryRowWriter<'_>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let start = self.out.len();
        write(&mut BinaryRowWriter::new(self.out, arity))?;
        self.point_to(index, start, self.out.len() - start)
    }

    fn point_to(&mut self, index: usize, start: usize, length: usize) -> Result<(), EncodeError> {
        let offset = start - self.base;
        if i32::try_from(offset + length).is_err() {
            return Err(EncodeError::too_long(offset + length));
        }
        self.set_slot(index, ((offset as u64) << 32 | length as u64).to_le_bytes());
        Ok(())
    }
}
