//! `HashMap` and `BTreeMap`: Java's `Map` on a stream, SQL's `MAP` in a column.
//!
//! A `HashMap` is written in its own order, which is another each time; a `BTreeMap` in that of its keys.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write};
use std::hash::{BuildHasher, Hash};

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};
use crate::format::array;
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Key, Kind, elements, marked};

macro_rules! map {
    ($map:ident, [$($bound:path),+], $($hasher:ident)?) => {
        impl<K: Data, V: Data $(, $hasher: BuildHasher + Default + 'static)?> Data
            for $map<K, V $(, $hasher)?>
        where
            for<'a> K::View<'a>: $($bound +)+,
        {
            type View<'a> = $map<K::View<'a>, V::View<'a> $(, $hasher)?>;

            fn data_type() -> DataType {
                DataType::required(Kind::JavaMap(
                    Box::new(K::data_type()),
                    Box::new(V::data_type()),
                ))
            }

            fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                array::encode_count(value.len(), out)?;
                value.iter().try_for_each(|(key, value)| {
                    K::encode(key, out).map_err(|error| error.inside("{key}"))?;
                    marked::encode::<V>(value, true, out).map_err(|error| error.inside("{value}"))
                })
            }

            fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
                // A key takes at least a byte, and the mark of the value another.
                let count = array::decode_count(input, 2)?;
                let mut map = $map::default();
                for _ in 0..count {
                    let offset = input.offset();
                    let key = K::decode(input).map_err(|error| error.inside("{key}"))?;
                    let value = marked::decode::<V>(true, input)
                        .map_err(|error| error.inside("{value}"))?;
                    if map.insert(key, value).is_some() {
                        return Err(twice(offset));
                    }
                }
                Ok(map)
            }

            fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
                value.into_iter().map(|(key, value)| (K::shorten(key), V::shorten(value))).collect()
            }

            fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
                elements::describe_map::<K, V>(value.iter(), f)
            }
        }

        impl<K: RowField, V: RowField $(, $hasher: BuildHasher + Default + 'static)?> RowField
            for $map<K, V $(, $hasher)?>
        where
            for<'a> K::View<'a>: $($bound +)+,
        {
            fn column_type() -> DataType {
                DataType::required(Kind::Map(
                    Box::new(K::column_type()),
                    Box::new(V::column_type()),
                ))
            }

            fn read<'a, S: ReadSlots<'a>>(
                slots: &S,
                index: usize,
            ) -> Result<Self::View<'a>, DecodeError> {
                let (binary, offset) = slots.read_map(index, K::ELEMENT_SIZE, V::ELEMENT_SIZE)?;
                let (keys, values) = (binary.keys(), binary.values());
                elements::check_apart::<K>(&keys)
                    .map_err(|e| e.shifted(offset + binary.keys_offset()).inside("{key}"))?;
                elements::check_apart::<V>(&values)
                    .map_err(|e| e.shifted(offset + binary.values_offset()).inside("{value}"))?;
                let mut map = $map::default();
                for index in 0..binary.len() {
                    let key = K::read(&keys, index)
                        .map_err(|e| e.shifted(offset + binary.keys_offset()).inside("{key}"))?;
                    let value = V::read(&values, index)
                        .map_err(|e| e.shifted(offset + binary.values_offset()).inside("{value}"))?;
                    if map.insert(key, value).is_some() {
                        return Err(twice(offset + binary.keys_offset() + keys.slot_offset(index)));
                    }
                }
                Ok(map)
            }

            fn write<S: WriteSlots>(
                value: &Self::View<'_>,
                slots: &mut S,
                index: usize,
            ) -> Result<(), EncodeError> {
                slots.write_map(
                    index,
                    value.len(),
                    (K::ELEMENT_SIZE, V::ELEMENT_SIZE),
                    |keys| elements::write::<K>(value.keys(), "{key}", keys),
                    |values| elements::write::<V>(value.values(), "{value}", values),
                )
            }
        }
    };
}

#[cold]
fn twice(offset: usize) -> DecodeError {
    let kind = DecodeErrorKind::NotCanonical { reason: "a map has each key once" };
    DecodeError::new(offset, kind).inside("{key}")
}

map!(HashMap, [Eq, Hash], H);
map!(BTreeMap, [Ord],);

impl<K: Key, V: Key> Key for BTreeMap<K, V> where for<'a> K::View<'a>: Ord {}
