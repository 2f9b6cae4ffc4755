//! `Vec<T>`: Java's `List` on a stream, SQL's `ARRAY` in a column. [`ObjectArray`]: Java's `T[]`.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, EncodeError, Input};
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::text::Text;
use crate::types::{Data, DataType, Key, Kind, elements, marked};

impl<T: Data> Data for Vec<T> {
    type View<'a> = Vec<T::View<'a>>;

    fn data_type() -> DataType {
        DataType::required(Kind::List(Box::new(T::data_type())))
    }

    fn encode(value: &Vec<T::View<'_>>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        elements::encode(value.iter(), out, T::encode)
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Vec<T::View<'a>>, DecodeError> {
        elements::decode(input, T::decode)
    }

    fn shorten<'short, 'long: 'short>(value: Vec<T::View<'long>>) -> Vec<T::View<'short>> {
        value.into_iter().map(T::shorten).collect()
    }

    fn describe(value: &Vec<T::View<'_>>, f: &mut dyn Write) -> fmt::Result {
        elements::describe::<T>(value.iter(), f)
    }
}

impl<T: Key> Key for Vec<T> {}

impl<T: RowField> RowField for Vec<T> {
    fn column_type() -> DataType {
        DataType::required(Kind::Array(Box::new(T::column_type())))
    }

    fn read<'a, S: ReadSlots<'a>>(
        slots: &S,
        index: usize,
    ) -> Result<Vec<T::View<'a>>, DecodeError> {
        let (array, offset) = slots.read_array(index, T::ELEMENT_SIZE)?;
        elements::read::<T>(&array, "[]", offset)
    }

    fn write<S: WriteSlots>(
        value: &Vec<T::View<'_>>,
        slots: &mut S,
        index: usize,
    ) -> Result<(), EncodeError> {
        slots.write_array(index, value.len(), T::ELEMENT_SIZE, |array| {
            elements::write::<T>(value.iter(), "[]", array)
        })
    }
}

/// Java's `T[]` on a stream, whose elements may be null when `T` is an `Option`: the serializer for
/// arrays of objects. Arrays of primitive types are boxed slices, such as `Box<[i64]>`; `String[]` is
/// [`StringArray`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ObjectArray<T>(pub Vec<T>);

impl<T: Data> Data for ObjectArray<T> {
    type View<'a> = ObjectArray<T::View<'a>>;

    fn data_type() -> DataType {
        DataType::required(Kind::ObjectArray(Box::new(T::data_type())))
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        elements::encode(value.0.iter(), out, |element, out| {
            marked::encode::<T>(element, false, out)
        })
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        elements::decode(input, |input| marked::decode::<T>(false, input)).map(ObjectArray)
    }

    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        ObjectArray(Vec::<T>::shorten(value.0))
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        elements::describe::<T>(value.0.iter(), f)
    }
}

impl<T: Key> Key for ObjectArray<T> {}

/// Java's `String[]` on a stream, whose elements may be null. `T` is a type of text, `String` or
/// `&'static str`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StringArray<T = String>(pub Vec<Option<T>>);

impl<T: Text> Data for StringArray<T> {
    type View<'a> = StringArray<T::View<'a>>;

    fn data_type() -> DataType {
        DataType::required(Kind::StringArray)
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        elements::encode(value.0.iter(), out, Option::<T>::encode)
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        elements::decode(input, Option::<T>::decode).map(StringArray)
    }

    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        StringArray(Vec::<Option<T>>::shorten(value.0))
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        elements::describe::<Option<T>>(value.0.iter(), f)
    }
}

impl<T: Key + Text> Key for StringArray<T> {}
