//! Keys as two integers: compared in two instructions, and hashed without a loop.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

/// Longest key that is packed as it is.
const INLINE: usize = 30;

/// What a long key has in place of its length.
const LONG: u128 = 0xff;

/// Where the last byte is: how long the key is, plus one.
const TAG: u32 = 120;

/// In the last byte but one: whether the key came up since the clock's hand was here.
const USED: u128 = 1 << 112;

/// A key, or the hash of one that is too long. Nothing at all is [`Packed::EMPTY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(32))] // Two to a cache line, and none across two.
pub(super) struct Packed {
    low: u128,
    high: u128,
}

impl Packed {
    pub(super) const EMPTY: Self = Self { low: 0, high: 0 };

    #[inline]
    pub(super) fn new(key: &[u8]) -> Self {
        // Most keys are a `long`.
        if let Ok(key) = <[u8; 8]>::try_from(key) {
            return Self { low: u64::from_le_bytes(key).into(), high: 9 << TAG };
        }
        if key.len() > INLINE { Self::long(key) } else { Self::short(key) }
    }

    /// A namespace and a key, as if they were one; `None` unless the namespace is of 16 bytes, and the
    /// key so short that both are packed.
    #[inline]
    pub(super) fn joined(namespace: &[u8], key: &[u8]) -> Option<Self> {
        let low = u128::from_le_bytes(namespace.try_into().ok()?);
        let tag = (key.len() as u128 + 17) << TAG;
        if let Ok(key) = <[u8; 8]>::try_from(key) {
            return Some(Self { low, high: u128::from(u64::from_le_bytes(key)) | tag });
        }
        (key.len() <= INLINE - 16).then(|| Self { low, high: Self::short(key).low | tag })
    }

    /// The bytes in little-endian order, the rest zero. They are read in two pieces that overlap,
    /// which needs no loop and no buffer.
    #[inline]
    fn short(key: &[u8]) -> Self {
        let length = key.len();
        let tag = (length as u128 + 1) << TAG;
        if let (Some(head), Some(tail)) = (key.first_chunk(), key.last_chunk()) {
            let missing = 32 - length;
            let low = u128::from_le_bytes(*head);
            // All of the tail is in the head already if there are just 16 bytes.
            let rest = u128::from_le_bytes(*tail).checked_shr(8 * missing as u32).unwrap_or(0);
            return Self { low, high: rest | tag };
        }
        let low = if let (Some(head), Some(tail)) = (key.first_chunk(), key.last_chunk()) {
            let tail = u128::from(u64::from_le_bytes(*tail));
            u128::from(u64::from_le_bytes(*head)) | tail << (8 * (length - 8))
        } else if let (Some(head), Some(tail)) = (key.first_chunk(), key.last_chunk()) {
            let tail = u128::from(u32::from_le_bytes(*tail));
            u128::from(u32::from_le_bytes(*head)) | tail << (8 * (length - 4))
        } else {
            key.iter().rev().fold(0, |low, byte| low << 8 | u128::from(*byte))
        };
        Self { low, high: tag }
    }

    fn long(key: &[u8]) -> Self {
        let hash = u128::from(FixedState::default().hash_one(key));
        Self { low: hash | (key.len() as u128) << 64, high: LONG << TAG }
    }

    /// The key's bytes, how many of them there are; `None` for a long key, whose bytes are elsewhere.
    pub(super) fn bytes(&self) -> Option<([u8; INLINE], usize)> {
        let tag = self.high >> TAG;
        if tag == LONG {
            return None;
        }
        let mut bytes = [0; INLINE];
        bytes[..16].copy_from_slice(&self.low.to_le_bytes());
        bytes[16..].copy_from_slice(&self.high.to_le_bytes()[..INLINE - 16]);
        Some((bytes, (tag as usize).saturating_sub(1)))
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.high == 0
    }

    #[inline]
    pub(super) fn is_long(&self) -> bool {
        self.high >> TAG == LONG
    }

    /// Whether the two are the same key, or long keys of the same hash.
    #[inline]
    pub(super) fn matches(&self, other: &Self) -> bool {
        (self.low ^ other.low) | ((self.high ^ other.high) & !USED) == 0
    }

    #[inline]
    pub(super) fn hash(&self) -> u64 {
        FixedState::default().hash_one((self.low, self.high & !USED))
    }

    #[inline]
    pub(super) fn is_used(&self) -> bool {
        self.high & USED != 0
    }

    #[inline]
    pub(super) fn set_used(&mut self, used: bool) {
        self.high = if used { self.high | USED } else { self.high & !USED };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_every_length_come_back() {
        let key: Vec<u8> = (1..=40).collect();
        for length in 0..=40 {
            let key = &key[..length];
            let mut packed = Packed::new(key);
            assert!(!packed.is_empty());
            assert_eq!(packed.is_long(), length > INLINE);
            if let Some((bytes, found)) = packed.bytes() {
                assert_eq!(&bytes[..found], key);
            }
            let hash = packed.hash();
            packed.set_used(true);
            assert_eq!(packed.hash(), hash);
            assert!(packed.matches(&Packed::new(key)));
        }
    }

    #[test]
    fn a_namespace_and_a_key_are_packed_as_one() {
        let bytes: Vec<u8> = (1..=40).collect();
        for length in 16..=40 {
            let (namespace, key) = bytes[..length].split_at(16);
            let joined = Packed::joined(namespace, key);
            assert_eq!(joined, (length <= INLINE).then(|| Packed::new(&bytes[..length])));
        }
        assert_eq!(Packed::joined(&bytes[..15], &bytes[..8]), None);
    }

    #[test]
    fn trailing_zeros_are_told_apart() {
        let zeros = [0; 40];
        for one in 0..=40 {
            for other in 0..=40 {
                let matches = Packed::new(&zeros[..one]).matches(&Packed::new(&zeros[..other]));
                assert_eq!(matches, one == other, "{one} and {other} zeros");
            }
        }
    }
}
