//! `HashSet` and `BTreeSet`: Java's `Set`, on a stream. SQL has no sets, so they are no columns.

use std::collections::{BTreeSet, HashSet};
use std::fmt::{self, Write};
use std::hash::{BuildHasher, Hash};

use crate::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};
use crate::format::array;
use crate::types::{Data, DataType, Key, Kind, elements, marked};

macro_rules! set {
    ($set:ident, [$($bound:path),+], $($hasher:ident)?) => {
        impl<T: Data $(, $hasher: BuildHasher + Default + 'static)?> Data for $set<T $(, $hasher)?>
        where
            for<'a> T::View<'a>: $($bound +)+,
        {
            type View<'a> = $set<T::View<'a> $(, $hasher)?>;

            fn data_type() -> DataType {
                DataType::required(Kind::Set(Box::new(T::data_type())))
            }

            fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
                elements::encode(value.iter(), out, |element, out| {
                    marked::encode::<T>(element, true, out)
                })
            }

            fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
                let count = array::decode_count(input, 1)?;
                let mut set = $set::default();
                for _ in 0..count {
                    let offset = input.offset();
                    let element =
                        marked::decode::<T>(true, input).map_err(|error| error.inside("[]"))?;
                    if !set.insert(element) {
                        let reason = "a set has each element once";
                        let kind = DecodeErrorKind::NotCanonical { reason };
                        return Err(DecodeError::new(offset, kind).inside("[]"));
                    }
                }
                Ok(set)
            }

            fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
                value.into_iter().map(T::shorten).collect()
            }

            fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
                elements::describe::<T>(value.iter(), f)
            }
        }
    };
}

set!(HashSet, [Eq, Hash], H);
set!(BTreeSet, [Ord],);

impl<T: Key> Key for BTreeSet<T> where for<'a> T::View<'a>: Ord {}
