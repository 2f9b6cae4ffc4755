//! [`ByteSlice`]: bytes that cross the table, lent and never given.

use std::slice;

/// A borrowed run of bytes in a layout that C knows.
///
/// Whoever makes one keeps the memory; the contract in [`table`](crate::table) says for how long.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ByteSlice {
    data: *const u8,
    length: usize,
}

impl ByteSlice {
    /// No bytes at all; what an out-parameter holds before the call.
    pub const EMPTY: Self = Self { data: std::ptr::null(), length: 0 };

    /// Lends `bytes`. The result does not carry the lifetime: keeping to it is the caller's part of
    /// the table's contract.
    #[inline]
    pub const fn of(bytes: &[u8]) -> Self {
        Self { data: bytes.as_ptr(), length: bytes.len() }
    }

    /// The bytes that were lent. No bytes may come with any pointer, null included.
    ///
    /// # Safety
    ///
    /// The maker must have lent at least `length` initialised bytes, and they must stay where they
    /// are, unchanged, for `'a`.
    #[inline]
    pub const unsafe fn as_bytes<'a>(self) -> &'a [u8] {
        if self.length == 0 {
            return &[];
        }
        // SAFETY: not empty, so by this function's contract `data` points to `length` initialised
        // bytes that outlive `'a` and that nobody writes to.
        unsafe { slice::from_raw_parts(self.data, self.length) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_lent_comes_back() {
        let bytes = *b"brook";
        // SAFETY: `bytes` outlives the slice.
        assert_eq!(unsafe { ByteSlice::of(&bytes).as_bytes() }, b"brook");
    }

    #[test]
    fn nothing_needs_no_pointer() {
        // SAFETY: an empty slice is never dereferenced.
        assert_eq!(unsafe { ByteSlice::EMPTY.as_bytes() }, b"");
    }
}
