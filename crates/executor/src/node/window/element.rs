//! Elements that wait in a list until their window fires.

use std::fmt;
use std::marker::PhantomData;

use brookite_core::coder::{Arena, DecodeError, EncodeError, Input};
use brookite_core::{Data, DataType, View};
use smallvec::SmallVec;

/// A value as Flink's serializer writes it: what a view borrows from is gone when the list is read.
pub(crate) struct Element<T> {
    bytes: SmallVec<[u8; 16]>,
    value: PhantomData<fn() -> T>,
}

impl<T: Data> Element<T> {
    pub(crate) fn new(value: &View<'_, T>) -> Result<Self, EncodeError> {
        // Written into a vector, as that is what coders write into, and copied to its right size.
        let mut bytes = Vec::with_capacity(64);
        T::encode(value, &mut bytes)?;
        Ok(Self { bytes: SmallVec::from_slice(&bytes), value: PhantomData })
    }

    pub(crate) fn view<'a>(&'a self, arena: &'a Arena) -> Result<View<'a, T>, DecodeError> {
        T::decode(&mut Input::new(&self.bytes, arena))
    }
}

/// The views of all elements.
pub(crate) fn views<'a, T: Data>(
    elements: &'a [Element<T>],
    arena: &'a Arena,
) -> Result<Vec<View<'a, T>>, DecodeError> {
    elements.iter().map(|element| element.view(arena)).collect()
}

impl<T> Clone for Element<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), value: PhantomData }
    }
}

/// In state it is the value that it is.
impl<T: Data> Data for Element<T> {
    type View<'a> = Self;

    fn data_type() -> DataType {
        T::data_type()
    }

    fn encode(value: &Self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.extend_from_slice(&value.bytes);
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Result<Self, DecodeError> {
        let bytes = input.rest();
        let before = input.offset();
        T::decode(input)?;
        let read = input.offset() - before;
        Ok(Self { bytes: SmallVec::from_slice(&bytes[..read]), value: PhantomData })
    }

    fn shorten<'short, 'long: 'short>(value: Self) -> Self {
        value
    }

    fn describe(value: &Self, f: &mut dyn fmt::Write) -> fmt::Result {
        let arena = Arena::default();
        match value.view(&arena) {
            Ok(view) => T::describe(&view, f),
            Err(error) => write!(f, "{error}"),
        }
    }
}
