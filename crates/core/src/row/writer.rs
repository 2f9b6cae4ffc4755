//! Writing a row, with the canonical bytes that Flink hashes and compares.

use crate::row::{WriteSlots, header_size, null_bit};
use crate::value::RowKind;

/// A row under construction at the end of a buffer. [`WriteSlots`] writes the columns.
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

    /// Makes the row one of that kind.
    #[inline]
    pub fn set_kind(&mut self, kind: RowKind) {
        self.out[self.base] = kind as u8;
    }
}

impl WriteSlots for BinaryRowWriter<'_> {
    #[inline]
    fn write_null(&mut self, index: usize) {
        let (byte, mask) = null_bit(index);
        self.out[self.base + byte] |= mask;
    }

    #[inline]
    fn set_slot<const N: usize>(&mut self, index: usize, slot: [u8; N]) {
        const { assert!(N <= 8) };
        let at = self.base + self.header + index * 8;
        self.out[at..at + N].copy_from_slice(&slot);
    }

    #[inline]
    fn target(&mut self) -> (&mut Vec<u8>, usize) {
        (self.out, self.base)
    }
}
