//! [`Nullable`]: Flink's `NullableSerializer` where null has a place already.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::flag;
use crate::types::{Data, DataType, Key, Kind};

/// A value behind Flink's `NullableSerializer` although null could be told without it.
///
/// An `Option` is what to use nearly everywhere: it tells null as Flink does in that place. Flink 2.3
/// however puts `NullableSerializer` around the lists and maps in the fields of a POJO, where the POJO
/// itself tells null too; such a field is an `Option<Nullable<Vec<..>>>`, and the
/// elements of such lists that may be null are `Nullable<String>` where an `Option<String>` would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nullable<T>(pub Option<T>);

impl<T: Data> Data for Nullable<T> {
    type View<'a> = Nullable<T::View<'a>>;

    fn data_type() -> DataType {
        let value = T::data_type();
        // What has a form for null keeps it behind the serializer, unused.
        let nullable = value.nullable || value.kind.writes_null();
        DataType::required(Kind::Nullable(Box::new(DataType { nullable, ..value })))
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        flag::encode(value.0.is_none(), out);
        value.0.as_ref().map_or(Ok(()), |value| T::encode(value, out))
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        Ok(Nullable(if flag::decode(input)? { None } else { Some(T::decode(input)?) }))
    }

    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        Nullable(value.0.map(T::shorten))
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        Option::<T>::describe(&value.0, f)
    }
}

impl<T: Key> Key for Nullable<T> {}
