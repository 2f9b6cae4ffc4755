//! How values look in the store, and how old ones are read.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | the number of the type that the value was written as |
//! | rest | the value, as [`Data::encode`](crate::Data::encode) writes it: as Flink's serializer for the type |
//!
//! A state's type may change from one version of a program to the next. The store keeps the list of all
//! types that the state ever had, in the order in which they came, and a value's first byte is a number
//! in that list. So nothing has to be rewritten when a savepoint is restored, which Flink's heap backend
//! would not do: old values stay as they are until they are next written. When the state is opened, each
//! type of the list is compared with the declared one (see [`evolution`](super::evolution)); a type that
//! cannot be read as it is an error, before the first record.
//!
//! The keys of a map have no such byte, as the store compares them by their bytes: their type stays.

use std::marker::PhantomData;

use prost::Message as _;

use crate::coder::{Arena, DecodeError, DecodeErrorKind, EncodeError, Input};
use crate::dynamic::FlinkCoder;
use crate::error::Result;
use crate::proto;
use crate::state::{StateError, evolution};
use crate::types::{DataType, Owned};

/// Writes and reads the values of one state.
#[derive(Debug)]
pub(crate) struct Stored<T> {
    name: String,
    /// The number of `T`'s type.
    number: u8,
    /// All types, by number.
    types: Vec<DataType>,
    holds: PhantomData<fn(T)>,
}

impl<T: Owned> Stored<T> {
    /// The values of the state of that name. `types` are those that there are values of; none stands
    /// for that of `T` alone.
    pub(crate) fn new(name: &str, mut types: Vec<DataType>) -> Result<Self> {
        let declared = T::data_type();
        if types.is_empty() {
            types.push(declared.clone());
        }
        let incompatible = |stored: &DataType, reason| StateError::Incompatible {
            name: name.to_owned(),
            stored: stored.to_string(),
            declared: declared.to_string(),
            reason,
        };
        for stored in &types {
            evolution::check(stored, &declared).map_err(|reason| incompatible(stored, reason))?;
        }
        let number = types.iter().position(|data_type| *data_type == declared);
        let number = number.and_then(|number| u8::try_from(number).ok()).ok_or_else(|| {
            // The host adds the declared type to the list, or refuses.
            incompatible(&types[0], "the store does not know the declared type".to_owned())
        })?;
        Ok(Self { name: name.to_owned(), number, types, holds: PhantomData })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Appends the value's bytes.
    #[inline]
    pub(crate) fn encode(&self, value: &T, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.push(self.number);
        T::encode(value, out).map_err(|error| error.inside(&self.name))
    }

    /// Reads the value that `bytes` are, all of them.
    pub(crate) fn decode(&self, bytes: &[u8]) -> Result<T> {
        let decoded = match bytes.split_first() {
            Some((number, bytes)) if *number == self.number => read(bytes),
            Some((number, bytes)) => self.convert(*number, bytes),
            None => {
                Err(DecodeError::new(0, DecodeErrorKind::Truncated { needed: 1, available: 0 }))
            }
        };
        decoded.map_err(|source| self.malformed(source))
    }

    /// The error for bytes that are no value of this state.
    #[cold]
    pub(crate) fn malformed(&self, source: DecodeError) -> crate::Error {
        let expected = self.types[usize::from(self.number)].to_string();
        StateError::Malformed { name: self.name.clone(), expected, source }.into()
    }

    /// Reads a value of an older type: as a value of that type, which is given the shape of the
    /// declared one and written and read as that.
    #[cold]
    fn convert(&self, number: u8, bytes: &[u8]) -> Result<T, DecodeError> {
        let Some(stored) = self.types.get(usize::from(number)) else {
            let expected = format!("the number of a type, below {}", self.types.len());
            let kind = DecodeErrorKind::UnknownTag { expected, found: number.into() };
            return Err(DecodeError::new(0, kind));
        };
        let declared = &self.types[usize::from(self.number)];
        let coder = |data_type: &DataType| {
            FlinkCoder::new(data_type.clone())
                .map_err(|error| DecodeError::new(0, DecodeErrorKind::Custom(error.to_string())))
        };
        let value = evolution::convert(coder(stored)?.decode(bytes)?, stored, declared);
        let mut converted = Vec::new();
        coder(declared)?
            .encode(&value, &mut converted)
            .map_err(|error| DecodeError::new(0, DecodeErrorKind::Custom(error.to_string())))?;
        read(&converted)
    }
}

#[inline]
fn read<T: Owned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let arena = Arena::default();
    let mut input = Input::new(bytes, &arena);
    let value = T::decode(&mut input)?;
    input.finish()?;
    Ok(value)
}

/// The types that the answer to [`StateQuery::Types`](crate::state::StateQuery::Types) names.
pub(crate) fn read_types(mut bytes: &[u8]) -> Result<Vec<DataType>> {
    let mut types = Vec::new();
    while !bytes.is_empty() {
        let wire = proto::DataType::decode(next(&mut bytes)?)?;
        types.push(DataType::try_from(&wire)?);
    }
    Ok(types)
}

/// Answers [`StateQuery::Types`](crate::state::StateQuery::Types).
pub fn write_types(types: &[DataType], out: &mut Vec<u8>) {
    for data_type in types {
        let wire = proto::DataType::from(data_type).encode_to_vec();
        out.extend_from_slice(&(wire.len() as i32).to_le_bytes());
        out.extend_from_slice(&wire);
    }
}

/// The next of several byte strings, each behind its length as an i32 in little-endian order.
pub(crate) fn next<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], DecodeError> {
    let truncated =
        |needed, available| DecodeError::new(0, DecodeErrorKind::Truncated { needed, available });
    let Some((length, rest)) = bytes.split_first_chunk() else {
        return Err(truncated(4, bytes.len()));
    };
    let length = i32::from_le_bytes(*length);
    let length = usize::try_from(length).map_err(|_| {
        DecodeError::new(0, DecodeErrorKind::InvalidLength { found: length.into() })
    })?;
    let (next, rest) =
        rest.split_at_checked(length).ok_or_else(|| truncated(length, rest.len()))?;
    *bytes = rest;
    Ok(next)
}

/// Appends a byte string, which `write` appends, behind its length.
pub(crate) fn append(
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    write(out)?;
    let length = out.len() - start - 4;
    let number = i32::try_from(length).map_err(|_| EncodeError::too_long(length))?;
    out[start..start + 4].copy_from_slice(&number.to_le_bytes());
    Ok(())
}
