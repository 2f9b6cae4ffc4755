//! [`Array`]: SQL's `ARRAY`, read in place.

use std::fmt::{self, Write};
use std::marker::PhantomData;

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::sized;
use crate::row::{BinaryArray, ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Kind, View};

/// `ARRAY<T>` in the bytes of a record: no element is read before it is asked for.
///
/// `T` is the element's [`Data`] type, with its lifetimes `'static`: `Array<'a, i64>`,
/// `Array<'a, Option<f64>>`, `Array<'a, &'static str>`. Where all elements are wanted as values,
/// `Vec<T>` is simpler. An array that is made in Rust is a `Vec<T>` too: this one is handed on as it is.
pub struct Array<'a, T> {
    bytes: &'a [u8],
    array: BinaryArray<'a>,
    element: PhantomData<T>,
}

impl<'a, T: RowField> Array<'a, T> {
    fn new(bytes: &'a [u8], array: BinaryArray<'a>) -> Self {
        Self { bytes, array, element: PhantomData }
    }

    /// How many elements there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.array.len()
    }

    /// Whether there are no elements.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.array.is_empty()
    }

    /// Element `index`; `None` when there is none.
    ///
    /// # Errors
    /// When its bytes are no value. The offset is that within the array.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Result<View<'a, T>, DecodeError>> {
        if index >= self.len() {
            return None;
        }
        Some(T::read(&self.array, index).map_err(|error| error.inside("[]")))
    }

    /// All elements, in order, each read when it is asked for.
    ///
    /// # Errors
    /// Those of [`get`](Self::get).
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Result<View<'a, T>, DecodeError>> {
        let array = self.array;
        (0..array.len())
            .map(move |index| T::read(&array, index).map_err(|error| error.inside("[]")))
    }
}

impl<T> Clone for Array<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Array<'_, T> {}

impl<T> fmt::Debug for Array<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Array of {}", self.array.len())
    }
}

impl<T: RowField> Data for Array<'static, T> {
    type View<'a> = Array<'a, T>;

    fn data_type() -> DataType {
        DataType::required(Kind::Array(Box::new(T::column_type())))
    }

    fn encode(value: &Array<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        sized::encode(value.bytes, out)
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Array<'a, T>, DecodeError> {
        let bytes = sized::decode(input)?;
        match BinaryArray::new(bytes, T::ELEMENT_SIZE) {
            Ok(array) => Ok(Array::new(bytes, array)),
            Err(error) => Err(error.shifted(input.offset() - bytes.len())),
        }
    }

    #[inline]
    fn shorten<'short, 'long: 'short>(value: Array<'long, T>) -> Array<'short, T> {
        value
    }

    fn describe(value: &Array<'_, T>, f: &mut dyn Write) -> fmt::Result {
        f.write_str("[")?;
        for (index, element) in value.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            match element {
                Ok(element) => T::describe(&element, f)?,
                Err(error) => write!(f, "<{error}>")?,
            }
        }
        f.write_str("]")
    }
}

impl<T: RowField> RowField for Array<'static, T> {
    fn read<'a, S: ReadSlots<'a>>(slots: &S, index: usize) -> Result<Array<'a, T>, DecodeError> {
        let (array, _) = slots.read_array(index, T::ELEMENT_SIZE)?;
        Ok(Array::new(array.bytes(), array))
    }

    fn write<S: WriteSlots>(
        value: &Array<'_, T>,
        slots: &mut S,
        index: usize,
    ) -> Result<(), EncodeError> {
        slots.write_section(index, |out| {
            out.extend_from_slice(value.bytes);
            Ok(())
        })
    }
}
