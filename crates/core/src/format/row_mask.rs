//! What `RowSerializer` writes before a row's fields: bits for its kind and its nulls.
//!
//! The bits start with the highest of the first byte: the low and the high bit of the row's kind, then
//! one bit for each field, set for null. Fields that are not null follow, one after the other.

use crate::coder::{DecodeError, DecodeErrorKind, Input};
use crate::value::RowKind;

/// How many bits the kind takes.
const KIND_BITS: usize = 2;

/// The kind of a row, and which of its fields are null.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowMask<'a> {
    bytes: &'a [u8],
}

/// Appends the mask of a row.
pub(crate) fn encode(kind: RowKind, nulls: impl ExactSizeIterator<Item = bool>, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + size(nulls.len()), 0);
    let kind = kind as u8;
    let bits = [kind & 1 != 0, kind & 2 != 0].into_iter().chain(nulls);
    for (index, _) in bits.enumerate().filter(|(_, set)| *set) {
        out[start + index / 8] |= 0x80 >> (index % 8);
    }
}

/// Reads the mask of a row of `arity` fields.
pub(crate) fn decode<'a>(input: &mut Input<'a>, arity: usize) -> Result<RowMask<'a>, DecodeError> {
    let bytes = input.take(size(arity))?;
    let mask = RowMask { bytes };
    if (KIND_BITS + arity..bytes.len() * 8).any(|index| mask.bit(index)) {
        let reason = "bits of a row's mask beyond its fields are 0";
        let kind = DecodeErrorKind::NotCanonical { reason };
        return Err(DecodeError::new(input.offset() - 1, kind));
    }
    Ok(mask)
}

/// How many bytes the mask of that many fields has.
const fn size(arity: usize) -> usize {
    (arity + KIND_BITS).div_ceil(8)
}

impl RowMask<'_> {
    /// The row's kind.
    pub(crate) fn kind(&self) -> RowKind {
        match (self.bit(0), self.bit(1)) {
            (false, false) => RowKind::Insert,
            (true, false) => RowKind::UpdateBefore,
            (false, true) => RowKind::UpdateAfter,
            (true, true) => RowKind::Delete,
        }
    }

    /// Whether field `index` is null.
    pub(crate) fn is_null(&self, index: usize) -> bool {
        self.bit(KIND_BITS + index)
    }

    fn bit(&self, index: usize) -> bool {
        self.bytes[index / 8] & (0x80 >> (index % 8)) != 0
    }
}
