//! [`Multiset`]: SQL's `MULTISET`.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::sized;
use crate::row::{BinaryMap, ReadSlots, RowField, WriteSlots, write_map};
use crate::types::{Data, DataType, Kind, elements};

/// `MULTISET<T>`: how often each element occurs, on a stream and in a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Multiset<T>(pub BTreeMap<T, i32>);

impl<T: RowField> Data for Multiset<T>
where
    for<'a> T::View<'a>: Ord,
{
    type View<'a> = Multiset<T::View<'a>>;

    fn data_type() -> DataType {
        DataType::required(Kind::Multiset(Box::new(T::column_type())))
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        sized::encode_with(out, |out| {
            write_map(
                out,
                value.0.len(),
                (T::ELEMENT_SIZE, i32::ELEMENT_SIZE),
                |elements| elements::write::<T>(value.0.keys(), "[]", elements),
                |counts| elements::write::<i32>(value.0.values(), "[]", counts),
            )
        })
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        let bytes = sized::decode(input)?;
        let start = input.offset() - bytes.len();
        BinaryMap::new(bytes, T::ELEMENT_SIZE, i32::ELEMENT_SIZE)
            .and_then(|map| from_binary::<T>(&map))
            .map_err(|error| error.shifted(start))
    }

    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        Multiset(BTreeMap::<T, i32>::shorten(value.0))
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        elements::describe_map::<T, i32>(value.0.iter(), f)
    }
}

impl<T: RowField> RowField for Multiset<T>
where
    for<'a> T::View<'a>: Ord,
{
    fn read<'a, S: ReadSlots<'a>>(slots: &S, index: usize) -> Result<Self::View<'a>, DecodeError> {
        let (map, offset) = slots.read_map(index, T::ELEMENT_SIZE, i32::ELEMENT_SIZE)?;
        from_binary::<T>(&map).map_err(|error| error.shifted(offset))
    }

    fn write<S: WriteSlots>(
        value: &Self::View<'_>,
        slots: &mut S,
        index: usize,
    ) -> Result<(), EncodeError> {
        BTreeMap::<T, i32>::write(&value.0, slots, index)
    }
}

fn from_binary<'a, T: RowField>(map: &BinaryMap<'a>) -> Result<Multiset<T::View<'a>>, DecodeError>
where
    T::View<'a>: Ord,
{
    let elements = elements::read::<T>(&map.keys(), "[]", map.keys_offset())?;
    let counts = elements::read::<i32>(&map.values(), "[]", map.values_offset())?;
    let mut multiset = BTreeMap::new();
    for (element, count) in elements.into_iter().zip(counts) {
        if multiset.insert(element, count).is_some() {
            let kind = crate::coder::DecodeErrorKind::NotCanonical {
                reason: "a multiset has each element once, with its count",
            };
            return Err(DecodeError::new(0, kind).inside("[]"));
        }
    }
    Ok(Multiset(multiset))
}
