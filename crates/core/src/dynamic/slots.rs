//! What rows and arrays have in common in Flink's binary layout: null bits, then slots of one width,
//! then a part for what no slot holds. All numbers are little-endian.

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError};

/// Most bytes that a slot itself can hold.
const INLINE: usize = 7;

/// Where slots and null bits lie.
#[derive(Clone, Copy, Debug)]
struct Layout {
    /// The bit that tells whether the first value is null.
    first_null: usize,
    /// Bytes before the first slot.
    header: usize,
    /// Bytes of a slot.
    width: usize,
}

impl Layout {
    fn row(arity: usize) -> Self {
        Self { first_null: 8, header: (arity + 71) / 64 * 8, width: 8 }
    }

    fn array(count: usize, width: usize) -> Self {
        Self { first_null: 32, header: 4 + count.div_ceil(32) * 4, width }
    }

    fn null_bit(&self, index: usize) -> (usize, u8) {
        let bit = self.first_null + index;
        (bit / 8, 1 << (bit % 8))
    }

    fn slot(&self, index: usize) -> usize {
        self.header + index * self.width
    }
}

/// The values of a row or array in a record.
#[derive(Debug)]
pub(super) struct Slots<'a> {
    bytes: &'a [u8],
    /// Where `bytes` start in the record.
    base: usize,
    layout: Layout,
    count: usize,
    /// Bytes that no value has claimed. Values do not overlap: were they allowed to, a small record
    /// could stand for any amount of memory.
    unclaimed: usize,
}

impl<'a> Slots<'a> {
    /// The columns of a row.
    pub(super) fn row(bytes: &'a [u8], base: usize, arity: usize) -> Result<Self, DecodeError> {
        Self::new(bytes, base, Layout::row(arity), arity)
    }

    /// The elements of an array, in slots of that width.
    pub(super) fn array(bytes: &'a [u8], base: usize, width: usize) -> Result<Self, DecodeError> {
        let Some(found) = bytes.first_chunk().copied().map(i32::from_le_bytes) else {
            return Err(truncated(base, 4, bytes.len()));
        };
        let count = usize::try_from(found).map_err(|_| {
            DecodeError::new(base, DecodeErrorKind::InvalidLength { found: found.into() })
        })?;
        Self::new(bytes, base, Layout::array(count, width), count)
    }

    fn new(
        bytes: &'a [u8],
        base: usize,
        layout: Layout,
        count: usize,
    ) -> Result<Self, DecodeError> {
        let needed = layout.slot(count);
        match bytes.len().checked_sub(needed) {
            Some(unclaimed) => Ok(Self { bytes, base, layout, count, unclaimed }),
            None => Err(truncated(base, needed, bytes.len())),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn is_null(&self, index: usize) -> bool {
        let (byte, mask) = self.layout.null_bit(index);
        self.bytes[byte] & mask != 0
    }

    /// Where a slot lies in the record.
    pub(super) fn offset(&self, index: usize) -> usize {
        self.base + self.layout.slot(index)
    }

    /// The first `N` bytes of a slot, which has as many.
    pub(super) fn fixed<const N: usize>(&self, index: usize) -> Result<[u8; N], DecodeError> {
        let at = self.layout.slot(index);
        match self.bytes[at..].first_chunk() {
            Some(bytes) => Ok(*bytes),
            None => Err(truncated(self.base + at, N, self.bytes.len() - at)),
        }
    }

    /// The bytes of a value that need not lie in its slot, and their offset in the record.
    pub(super) fn variable(&mut self, index: usize) -> Result<(&'a [u8], usize), DecodeError> {
        let slot: [u8; 8] = self.fixed(index)?;
        if slot[7] & 0x80 == 0 {
            let (at, length) = halves(slot);
            return self.claim(index, at, length as usize);
        }
        let (at, length) = (self.layout.slot(index), usize::from(slot[7] & 0x7f));
        if length > INLINE {
            return Err(self.out_of_row(index, at, length));
        }
        Ok((&self.bytes[at..at + length], self.base + at))
    }

    /// The lower half of a slot, and the `N` bytes that its upper half points to.
    pub(super) fn pointed<const N: usize>(
        &mut self,
        index: usize,
    ) -> Result<(u32, [u8; N]), DecodeError> {
        let (at, lower) = halves(self.fixed(index)?);
        let (bytes, offset) = self.claim(index, at, N)?;
        match bytes.first_chunk() {
            Some(bytes) => Ok((lower, *bytes)),
            None => Err(truncated(offset, N, bytes.len())),
        }
    }

    fn claim(
        &mut self,
        index: usize,
        at: usize,
        length: usize,
    ) -> Result<(&'a [u8], usize), DecodeError> {
        let found = at.checked_add(length).and_then(|end| self.bytes.get(at..end));
        let Some(bytes) = found else { return Err(self.out_of_row(index, at, length)) };
        match self.unclaimed.checked_sub(length) {
            Some(unclaimed) => self.unclaimed = unclaimed,
            None => {
                let reason = "values in a row or array do not share bytes";
                let kind = DecodeErrorKind::NotCanonical { reason };
                return Err(DecodeError::new(self.offset(index), kind));
            }
        }
        Ok((bytes, self.base + at))
    }

    #[cold]
    fn out_of_row(&self, index: usize, at: usize, length: usize) -> DecodeError {
        let kind = DecodeErrorKind::OutOfRow { at, length, row: self.bytes.len() };
        DecodeError::new(self.offset(index), kind)
    }
}

/// Offset and length, or offset and nanoseconds.
fn halves([l0, l1, l2, l3, o0, o1, o2, o3]: [u8; 8]) -> (usize, u32) {
    (u32::from_le_bytes([o0, o1, o2, o3]) as usize, u32::from_le_bytes([l0, l1, l2, l3]))
}

#[cold]
pub(super) fn truncated(offset: usize, needed: usize, available: usize) -> DecodeError {
    DecodeError::new(offset, DecodeErrorKind::Truncated { needed, available })
}

/// A row or array under construction at the end of a buffer. What is not written is zero.
#[derive(Debug)]
pub(super) struct SlotsWriter<'o> {
    out: &'o mut Vec<u8>,
    base: usize,
    layout: Layout,
}

impl<'o> SlotsWriter<'o> {
    pub(super) fn row(out: &'o mut Vec<u8>, kind: u8, arity: usize) -> Self {
        let layout = Layout::row(arity);
        let base = out.len();
        out.resize(base + layout.slot(arity), 0);
        out[base] = kind;
        Self { out, base, layout }
    }

    pub(super) fn array(
        out: &'o mut Vec<u8>,
        count: usize,
        width: usize,
    ) -> Result<Self, EncodeError> {
        let layout = Layout::array(count, width);
        let base = out.len();
        let number = i32::try_from(count).map_err(|_| EncodeError::too_long(count))?;
        out.resize(base + layout.slot(count).next_multiple_of(8), 0);
        out[base..base + 4].copy_from_slice(&number.to_le_bytes());
        Ok(Self { out, base, layout })
    }

    pub(super) fn null(&mut self, index: usize) {
        let (byte, mask) = self.layout.null_bit(index);
        self.out[self.base + byte] |= mask;
    }

    /// Writes the start of a slot.
    pub(super) fn fixed<const N: usize>(&mut self, index: usize, bytes: [u8; N]) {
        let at = self.base + self.layout.slot(index);
        self.out[at..at + N].copy_from_slice(&bytes);
    }

    /// Writes text or bytes: into the slot when it can hold them.
    pub(super) fn bytes(&mut self, index: usize, bytes: &[u8]) -> Result<(), EncodeError> {
        if bytes.len() > INLINE {
            return self.variable(index, |out| {
                out.extend_from_slice(bytes);
                Ok(())
            });
        }
        let mut slot = [0; 8];
        slot[..bytes.len()].copy_from_slice(bytes);
        slot[7] = 0x80 | bytes.len() as u8;
        self.fixed(index, slot);
        Ok(())
    }

    /// Writes what `write` appends behind all that is there, padded to eight bytes.
    pub(super) fn variable(
        &mut self,
        index: usize,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let start = self.out.len();
        write(self.out)?;
        let length = self.out.len() - start;
        self.out.resize(start + length.next_multiple_of(8), 0);
        let number = u32::try_from(length).map_err(|_| EncodeError::too_long(length))?;
        self.point(index, start, number)
    }

    /// Writes `bytes` behind all that is there, and their offset with `lower` into the slot.
    pub(super) fn pointed<const N: usize>(
        &mut self,
        index: usize,
        lower: u32,
        bytes: [u8; N],
    ) -> Result<(), EncodeError> {
        let start = self.out.len();
        self.out.extend_from_slice(&bytes);
        self.point(index, start, lower)
    }

    fn point(&mut self, index: usize, start: usize, lower: u32) -> Result<(), EncodeError> {
        let size = self.out.len() - self.base;
        if i32::try_from(size).is_err() {
            return Err(EncodeError::too_long(size));
        }
        let offset = (start - self.base) as u64;
        self.fixed(index, (offset << 32 | u64::from(lower)).to_le_bytes());
        Ok(())
    }
}
