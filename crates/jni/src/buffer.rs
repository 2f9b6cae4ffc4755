//! [`DirectBuffer`]: memory that Java allocated and both sides use.

use std::ptr::NonNull;
use std::slice;
use std::sync::atomic::AtomicI64;

use jni::Env;
use jni::objects::JByteBuffer;
use jni::refs::Global;

use crate::fault::{Fault, not_null};

/// The key length that says that the record's bytes are the key's as well.
const KEY_IS_RECORD: i32 = -1;

/// A direct `ByteBuffer`: its address and capacity, and a reference that keeps it from being freed.
///
/// Java and Rust take turns. During a native call the memory is Rust's, and the Java code that runs
/// below an upcall does not touch it; between calls it is Java's. Metrics are the exception, and
/// therefore atomic: [`Words`].
#[derive(Debug)]
pub(crate) struct DirectBuffer {
    address: NonNull<u8>,
    capacity: usize,
    _buffer: Global<JByteBuffer<'static>>,
}

impl DirectBuffer {
    /// Takes a buffer into use; `role` names it in errors.
    pub(crate) fn new(env: &Env<'_>, buffer: &JByteBuffer<'_>, role: &str) -> Result<Self, Fault> {
        not_null(buffer, role)?;
        let not_direct = || {
            let message =
                format!("the buffer '{role}' is on the heap, expected a direct ByteBuffer");
            Fault::bridge(message)
        };
        let address = env.get_direct_buffer_address(buffer).ok().and_then(NonNull::new);
        let address = address.ok_or_else(not_direct)?;
        let capacity = env.get_direct_buffer_capacity(buffer)?;
        Ok(Self { address, capacity, _buffer: env.new_global_ref(buffer)? })
    }

    #[inline]
    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Splits the front of the buffer into key and record.
    #[inline]
    pub(crate) fn key_and_record(
        &self,
        key_length: i32,
        record_length: i32,
    ) -> Result<(&[u8], &[u8]), Fault> {
        let own_key = if key_length == KEY_IS_RECORD { 0 } else { key_length };
        match self.front(own_key, record_length) {
            Some((_, record)) if key_length == KEY_IS_RECORD => Ok((record, record)),
            Some(split) => Ok(split),
            None => Err(self.bad_lengths(key_length, record_length)),
        }
    }

    /// Splits the front of the buffer into a timer's key and its namespace.
    pub(crate) fn key_and_namespace(
        &self,
        key_length: i32,
        namespace_length: i32,
    ) -> Result<(&[u8], &[u8]), Fault> {
        self.front(key_length, namespace_length).ok_or_else(|| {
            Fault::bridge(format!(
                "the timer's key has {key_length} bytes and its namespace {namespace_length}, \
                 expected no negative length and at most the {} bytes of the buffer 'in'",
                self.capacity
            ))
        })
    }

    /// Splits the front of the buffer into two parts; `None` when it is not so long.
    #[inline]
    fn front(&self, first: i32, second: i32) -> Option<(&[u8], &[u8])> {
        let (first, second) = (usize::try_from(first).ok()?, usize::try_from(second).ok()?);
        // Neither exceeds 2^31, so the sum is exact.
        if first + second > self.capacity {
            return None;
        }
        // SAFETY: within the capacity. Java allocated the memory zeroed, `_buffer` keeps it, and
        // nobody writes to it during the call whose `self` this borrows.
        let front = unsafe { slice::from_raw_parts(self.address.as_ptr(), first + second) };
        Some(front.split_at(first))
    }

    #[cold]
    fn bad_lengths(&self, key_length: i32, record_length: i32) -> Fault {
        Fault::bridge(format!(
            "the key has {key_length} bytes and the record {record_length}, \
             expected no negative length (-1 for a key that is the record) and at most the {} bytes of the buffer 'in'",
            self.capacity
        ))
    }

    /// Copies `bytes` to the front, if they fit.
    #[inline]
    pub(crate) fn write(&mut self, bytes: &[u8]) -> bool {
        if bytes.len() > self.capacity {
            return false;
        }
        match bytes.len() {
            // Most results are short, and calling `memmove` for them is dearer than the copy.
            // SAFETY: `N` is at most the number of bytes, and that is within the capacity.
            8..=16 => unsafe { self.write_ends::<8>(bytes) },
            // SAFETY: as above.
            17..=32 => unsafe { self.write_ends::<16>(bytes) },
            // SAFETY: within the capacity. `bytes` is the plugin's memory or this library's, so the two
            // do not overlap; were it Java's, `copy_to` would still be right.
            _ => unsafe { bytes.as_ptr().copy_to(self.address.as_ptr(), bytes.len()) },
        }
        true
    }

    /// Copies the first and the last `N` bytes, which may overlap: all, if there are at most `2 * N`.
    ///
    /// # Safety
    ///
    /// There must be at least `N` bytes, and no more than the capacity.
    #[inline]
    unsafe fn write_ends<const N: usize>(&mut self, bytes: &[u8]) {
        // SAFETY: by this function's contract both pieces are within `bytes` and within the capacity;
        // arrays of bytes need no alignment.
        unsafe {
            let (from, to) = (bytes.as_ptr(), self.address.as_ptr());
            let last = bytes.len() - N;
            let (head, tail) =
                (from.cast::<[u8; N]>().read(), from.add(last).cast::<[u8; N]>().read());
            to.cast::<[u8; N]>().write(head);
            to.add(last).cast::<[u8; N]>().write(tail);
        }
    }

    /// The memory, for answers that Java leaves there.
    pub(crate) fn answers(&self) -> Answers {
        Answers { address: self.address, capacity: self.capacity }
    }

    /// The memory as numbers that Java may read at any time; `role` names it in errors.
    pub(crate) fn words(self, role: &str) -> Result<Words, Fault> {
        if self.address.cast::<AtomicI64>().is_aligned() {
            return Ok(Words(self));
        }
        let message = format!("the buffer '{role}' does not start at a multiple of 8 bytes");
        Err(Fault::bridge(message))
    }
}

/// A direct buffer that somebody else keeps, in which Java leaves answers during an upcall.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answers {
    address: NonNull<u8>,
    capacity: usize,
}

impl Answers {
    /// Appends the first `length` bytes to `out`; `false` when there are not so many.
    ///
    /// # Safety
    ///
    /// The buffer must still be kept, and nobody may write to it meanwhile.
    #[inline]
    pub(crate) unsafe fn append_to(self, out: &mut Vec<u8>, length: usize) -> bool {
        if length > self.capacity {
            return false;
        }
        // SAFETY: within the capacity, and by this function's contract alive and left alone. Java
        // allocated the memory zeroed.
        out.extend_from_slice(unsafe { slice::from_raw_parts(self.address.as_ptr(), length) });
        true
    }
}

/// A direct buffer of 64-bit numbers.
#[derive(Debug)]
pub(crate) struct Words(DirectBuffer);

impl Words {
    pub(crate) fn len(&self) -> usize {
        self.0.capacity / size_of::<AtomicI64>()
    }

    /// The number at `index`, which must be less than the length.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> &AtomicI64 {
        assert!(index < self.len(), "number {index} of a buffer of {}", self.len());
        // SAFETY: within the capacity, and aligned, which whoever made `self` has seen to. The memory
        // lives as long as `self`; Java reads it with loads of eight aligned bytes.
        unsafe { AtomicI64::from_ptr(self.0.address.as_ptr().cast::<i64>().add(index)) }
    }
}
