//! Elements, one after the other: what all collections have in common.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};
use crate::format::array;
use crate::row::{BinaryArray, BinaryArrayWriter, ReadSlots, RowField};
use crate::types::{Data, View};

/// How many elements of an unknown source get memory before the first is read.
const AT_ONCE: usize = 1024;

/// An empty vector for that many elements, whose bytes may be far fewer than their memory.
pub(crate) fn vec<T>(count: usize) -> Vec<T> {
    Vec::with_capacity(count.min(AT_ONCE))
}

/// Appends a count, then each element.
pub(crate) fn encode<'v, V: 'v>(
    elements: impl ExactSizeIterator<Item = &'v V>,
    out: &mut Vec<u8>,
    mut encode: impl FnMut(&V, &mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    array::encode_count(elements.len(), out)?;
    for element in elements {
        encode(element, out).map_err(|error| error.inside("[]"))?;
    }
    Ok(())
}

/// Reads a count, then as many elements, each of at least a byte, which go to `take` with their number.
pub(crate) fn decode<'a, V>(
    input: &mut Input<'a>,
    mut decode: impl FnMut(&mut Input<'a>) -> Result<V, DecodeError>,
) -> Result<Vec<V>, DecodeError> {
    let count = array::decode_count(input, 1)?;
    let mut elements = vec(count);
    for _ in 0..count {
        elements.push(decode(input).map_err(|error| error.inside("[]"))?);
    }
    Ok(elements)
}

/// Writes all elements of an array.
pub(crate) fn write<'v, 'a: 'v, T: RowField>(
    elements: impl Iterator<Item = &'v View<'a, T>>,
    name: &str,
    array: &mut BinaryArrayWriter<'_>,
) -> Result<(), EncodeError>
where
    View<'a, T>: 'v,
{
    for (index, element) in elements.enumerate() {
        T::write(element, array, index).map_err(|error| error.inside(name))?;
    }
    Ok(())
}

/// Reads all elements of an array that starts at `offset`.
pub(crate) fn read<'a, T: RowField>(
    array: &BinaryArray<'a>,
    name: &str,
    offset: usize,
) -> Result<Vec<View<'a, T>>, DecodeError> {
    check_apart::<T>(array).map_err(|error| error.shifted(offset).inside(name))?;
    // There are no more elements than bytes, and each has its size in bytes.
    let mut elements = vec(array.len());
    for index in 0..array.len() {
        match T::read(array, index) {
            Ok(element) => elements.push(element),
            Err(error) => return Err(error.shifted(offset).inside(name)),
        }
    }
    Ok(elements)
}

/// Turns down elements that share bytes: were each of them copied, a small record could fill the memory.
/// Only views that own what they hold are copied; in columns these are text, bytes and collections, whose
/// slots hold a length.
pub(crate) fn check_apart<'a, T: RowField>(array: &BinaryArray<'a>) -> Result<(), DecodeError> {
    if T::ELEMENT_SIZE != 8 || !std::mem::needs_drop::<View<'a, T>>() {
        return Ok(());
    }
    let mut unclaimed = array.bytes().len();
    for index in (0..array.len()).filter(|index| !array.is_null(*index)) {
        let [l0, l1, l2, l3, .., tag] = array.slot::<8>(index)?;
        // The short ones lie in their slots.
        let length = if tag & 0x80 == 0 { u32::from_le_bytes([l0, l1, l2, l3]) } else { 0 };
        let Some(rest) = unclaimed.checked_sub(length as usize) else {
            let reason = "values in a row or array do not share bytes";
            let kind = DecodeErrorKind::NotCanonical { reason };
            return Err(DecodeError::new(array.slot_offset(index), kind));
        };
        unclaimed = rest;
    }
    Ok(())
}

/// Writes elements for people to read.
pub(crate) fn describe<'v, 'a: 'v, T: Data>(
    elements: impl Iterator<Item = &'v View<'a, T>>,
    f: &mut dyn Write,
) -> fmt::Result
where
    View<'a, T>: 'v,
{
    f.write_str("[")?;
    for (index, element) in elements.enumerate() {
        f.write_str(if index == 0 { "" } else { ", " })?;
        T::describe(element, f)?;
    }
    f.write_str("]")
}

/// Writes keys and values for people to read.
pub(crate) fn describe_map<'v, 'a: 'v, K: Data, V: Data>(
    entries: impl Iterator<Item = (&'v View<'a, K>, &'v View<'a, V>)>,
    f: &mut dyn Write,
) -> fmt::Result
where
    View<'a, K>: 'v,
    View<'a, V>: 'v,
{
    f.write_str("{")?;
    for (index, (key, value)) in entries.enumerate() {
        f.write_str(if index == 0 { "" } else { ", " })?;
        K::describe(key, f)?;
        f.write_str(": ")?;
        V::describe(value, f)?;
    }
    f.write_str("}")
}
