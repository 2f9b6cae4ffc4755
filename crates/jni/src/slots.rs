//! [`Slots`]: a table of values behind handles that Java keeps.
//!
//! Java can do anything with a `long`: use it after the stage was closed, from another thread, or
//! again from within a callback. So a handle is no pointer. It names a slot and the generation of the
//! slot's content, and [`Slots::enter`] refuses whatever is not the one legal use: a live value, by
//! the thread that owns it, with no call in progress. What it hands out is exclusive.
//!
//! Entering takes no lock and no atomic exchange: a live slot's word is written by its owner alone, so
//! that a load and a store do. Slots are made in chunks that stay where they are, and are used again,
//! each time under the next generation; the 2^31 generations of a slot are used up before it retires.

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::fault::Fault;

const CHUNK: usize = 64;

/// A thread, as the owner of values. It stays on its thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    id: usize,
    here: PhantomData<*mut ()>,
}

impl Owner {
    /// The calling thread.
    ///
    /// # Safety
    ///
    /// `id` must be a number that no other thread has as long as this one runs.
    #[inline]
    pub(crate) unsafe fn new(id: usize) -> Self {
        Self { id, here: PhantomData }
    }
}

/// Values of `T`, each with one owner; by default up to 65,536 of them.
pub(crate) struct Slots<T, const CHUNKS: usize = 1024> {
    chunks: [OnceLock<Box<[Slot<T>; CHUNK]>>; CHUNKS],
}

struct Slot<T> {
    /// Generation in the upper half, one of the phases below in the lower.
    state: AtomicU64,
    /// Who may enter; meaningful while the phase is not [`FREE`].
    owner: AtomicUsize,
    /// Belongs to the owner while there is one, and to whoever claimed the slot before.
    value: UnsafeCell<Option<T>>,
}

const FREE: u64 = 0;
const IDLE: u64 = 1;
const BUSY: u64 = 2;
const LAST_GENERATION: u32 = i32::MAX as u32;

// SAFETY: a value is made, used and dropped by one thread, its owner: others are refused before they
// touch it. So values do not even move between threads, and may be of any type. A slot passes from one
// owner to the next by a release and an acquire of its state.
unsafe impl<T> Sync for Slot<T> {}
// SAFETY: as above; a table with values in it is never moved, it is a static or a test's local.
unsafe impl<T> Send for Slot<T> {}

/// Why a handle was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No handle of this table ever had this number.
    Unknown,
    /// What it stood for is gone.
    Released,
    /// A call is in progress: a callback calls back.
    Busy,
    /// It belongs to another thread.
    NotOwner,
    /// No slot is left for another value.
    Full,
}

impl<T, const CHUNKS: usize> Slots<T, CHUNKS> {
    /// An empty table.
    pub(crate) const fn new() -> Self {
        Self { chunks: [const { OnceLock::new() }; CHUNKS] }
    }

    /// Stores a value for `owner` and returns its handle, a positive number.
    pub(crate) fn insert(&self, owner: Owner, value: T) -> Result<i64, Refusal> {
        for (c, chunk) in self.chunks.iter().enumerate() {
            let chunk = chunk.get_or_init(|| Box::new(std::array::from_fn(|_| Slot::new())));
            for (s, slot) in chunk.iter().enumerate() {
                if let Some(generation) = slot.claim() {
                    // SAFETY: claimed, so it is this thread's until the phase changes.
                    unsafe { *slot.value.get() = Some(value) };
                    slot.owner.store(owner.id, Ordering::Relaxed);
                    slot.state.store(word(generation, IDLE), Ordering::Release);
                    return Ok((c * CHUNK + s) as i64 | i64::from(generation) << 32);
                }
            }
        }
        Err(Refusal::Full)
    }

    /// Enters the value as its owner.
    #[inline]
    pub(crate) fn enter(&self, handle: i64, owner: Owner) -> Result<Entered<'_, T>, Refusal> {
        let (slot, generation) = self.find(handle)?;
        let state = slot.state.load(Ordering::Acquire);
        if state != word(generation, IDLE) {
            return Err(refusal(state, generation));
        }
        if slot.owner.load(Ordering::Relaxed) != owner.id {
            return Err(Refusal::NotOwner);
        }
        // Live, and this thread's: no other changes the state until this one frees the slot.
        slot.state.store(word(generation, BUSY), Ordering::Relaxed);
        Ok(Entered { slot, generation })
    }

    #[inline]
    fn find(&self, handle: i64) -> Result<(&Slot<T>, u32), Refusal> {
        let (index, generation) = (handle as u32 as usize, (handle >> 32) as u32);
        let chunk = self.chunks.get(index / CHUNK).and_then(OnceLock::get);
        match chunk {
            Some(chunk) if generation != 0 => Ok((&chunk[index % CHUNK], generation)),
            _ => Err(Refusal::Unknown),
        }
    }
}

impl<T> Slot<T> {
    fn new() -> Self {
        Self {
            state: AtomicU64::new(word(0, FREE)),
            owner: AtomicUsize::new(0),
            value: UnsafeCell::new(None),
        }
    }

    /// Makes a free slot busy under its next generation, and returns that.
    fn claim(&self) -> Option<u32> {
        let free = self.state.load(Ordering::Relaxed);
        let generation = generation_of(free);
        if free != word(generation, FREE) || generation == LAST_GENERATION {
            return None;
        }
        let busy = word(generation + 1, BUSY);
        self.state
            .compare_exchange(free, busy, Ordering::Acquire, Ordering::Relaxed)
            .is_ok()
            .then_some(generation + 1)
    }
}

#[cold]
fn refusal(state: u64, generation: u32) -> Refusal {
    let current = generation_of(state);
    if generation > current {
        Refusal::Unknown
    } else if generation < current || state == word(current, FREE) {
        Refusal::Released
    } else {
        Refusal::Busy
    }
}

const fn word(generation: u32, phase: u64) -> u64 {
    (generation as u64) << 32 | phase
}

const fn generation_of(state: u64) -> u32 {
    (state >> 32) as u32
}

/// Exclusive access to a value, given back when dropped.
pub(crate) struct Entered<'s, T> {
    slot: &'s Slot<T>,
    generation: u32,
}

impl<T> Entered<'_, T> {
    /// Takes the value out and frees the slot.
    pub(crate) fn remove(self) -> Option<T> {
        // SAFETY: the phase is `BUSY` by this thread.
        let value = unsafe { &mut *self.slot.value.get() }.take();
        self.slot.state.store(word(self.generation, FREE), Ordering::Release);
        // The slot is free already and may be another's: it must not be given back as well.
        std::mem::forget(self);
        value
    }
}

impl<T> Drop for Entered<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.slot.state.store(word(self.generation, IDLE), Ordering::Release);
    }
}

impl<T> Deref for Entered<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the phase is `BUSY` by this thread.
        unsafe { &*self.slot.value.get() }.as_ref().expect(OCCUPIED)
    }
}

impl<T> DerefMut for Entered<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the phase is `BUSY` by this thread.
        unsafe { &mut *self.slot.value.get() }.as_mut().expect(OCCUPIED)
    }
}

const OCCUPIED: &str = "only a slot with a value becomes idle, and only an idle one is entered";

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "the handle is none of a stage",
            Self::Released => "the stage is closed",
            Self::Busy => "a call of the stage is in progress",
            Self::NotOwner => "the stage belongs to another thread, the one that opened it",
            Self::Full => "too many stages are open",
        })
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::bridge(refusal.to_string())
    }
}

#[cfg(test)]
mod tests;
