//! How many bytes decoded values take, by estimate.
//!
//! A value without anything on the heap takes its size. Of others the encoded size stands for what they
//! take: it is known when a value is read and when it is written back. In between, a value that changes
//! counts as much as values of its state did lately; each sixteenth is encoded to see.

use std::cell::Cell;
use std::marker::PhantomData;
use std::rc::Rc;

use crate::types::Owned;

/// Bytes that the values of all of a stage's states take, beyond those that each key takes anyway.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weight(Rc<Cell<usize>>);

impl Weight {
    #[inline]
    pub(crate) fn bytes(&self) -> usize {
        self.0.get()
    }

    #[inline]
    pub(crate) fn add(&self, bytes: usize) {
        self.0.set(self.0.get() + bytes);
    }

    #[inline]
    pub(crate) fn remove(&self, bytes: usize) {
        self.0.set(self.0.get().saturating_sub(bytes));
    }
}

/// What a `T` takes.
#[derive(Debug)]
pub(crate) struct Scale<T> {
    /// Of values seen lately.
    mean: Cell<usize>,
    /// How many were estimated since one was measured.
    estimated: Cell<u8>,
    weighs: PhantomData<fn(T)>,
}

impl<T: Owned> Scale<T> {
    /// Whether every value takes just its own size.
    pub(crate) const CONSTANT: bool = !std::mem::needs_drop::<T>();

    /// Every so many changes a value is measured.
    const PERIOD: u8 = 16;

    pub(crate) fn new() -> Self {
        Self { mean: Cell::new(size_of::<T>()), estimated: Cell::new(0), weighs: PhantomData }
    }

    /// What a value takes whose encoded size is known.
    #[inline]
    pub(crate) fn known(&self, encoded: usize) -> usize {
        if Self::CONSTANT {
            return size_of::<T>();
        }
        let bytes = size_of::<T>() + encoded;
        // An eighth of the way, which three values of a new size make a third of it.
        let mean = self.mean.get();
        self.mean.set(mean - mean / 8 + bytes / 8);
        bytes
    }

    /// What a value takes that was not encoded.
    #[inline]
    pub(crate) fn estimate(&self, value: &T) -> usize {
        if Self::CONSTANT {
            return size_of::<T>();
        }
        let estimated = self.estimated.get();
        if estimated > 0 {
            self.estimated.set(estimated - 1);
            return self.mean.get();
        }
        self.estimated.set(Self::PERIOD - 1);
        self.measure(value)
    }

    #[cold]
    fn measure(&self, value: &T) -> usize {
        let mut bytes = Vec::new();
        match T::encode(value, &mut bytes) {
            Ok(()) => self.known(bytes.len()),
            // Found out again, and told, when the value is written back.
            Err(_) => self.mean.get(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_its_size_whatever_it_is() {
        let scale = Scale::<i64>::new();
        assert_eq!(scale.estimate(&7), 8);
        assert_eq!(scale.known(100), 8);
    }

    #[test]
    fn text_takes_about_what_other_text_took() {
        let scale = Scale::<String>::new();
        let text = "x".repeat(1_000);
        let (first, second) = (scale.estimate(&text), scale.estimate(&text));
        assert!(first > 1_000 && second < first, "{first}, {second}");
        for _ in 0..1_000 {
            scale.estimate(&text);
        }
        let mean = scale.estimate(&String::new());
        assert!((900..1_200).contains(&mean), "{mean}");
    }

    #[test]
    fn a_value_that_cannot_be_encoded_is_estimated() {
        // Two bytes are no `Option` without its value, but a `char` of two UTF-16 units is no Character.
        let scale = Scale::<(String, char)>::new();
        assert_eq!(scale.estimate(&(String::new(), '\u{1f600}')), size_of::<(String, char)>());
    }
}
