//! Reads the names in front of fields and variants, on the way from the format to serde.
//!
//! A struct is shown to serde as a map from its fields' names, so that serde finds fields wherever they
//! are, and has a default for those that are missing.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{SeqDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::coder::serde::names::{MAX_DEPTH, Place, Tag, find};

/// Most elements for which memory is set aside before they are read.
const MAX_RESERVED: usize = 32;

/// Reads a value with names.
pub(super) fn value<'p, 'de, T: Deserialize<'de>>(place: &'p Place) -> Named<'p, PhantomData<T>> {
    Named { inner: PhantomData, at: At { place, depth: 0 } }
}

/// What reads, or is read, with names; and where.
pub(super) struct Named<'p, T> {
    inner: T,
    at: At<'p>,
}

#[derive(Clone, Copy)]
struct At<'p> {
    place: &'p Place,
    depth: usize,
}

impl<'p> At<'p> {
    /// The same for a part of the value.
    fn part<T>(self, inner: T) -> Named<'p, T> {
        Named { inner, at: At { depth: self.depth + 1, ..self } }
    }

    fn check_depth<E: Error>(self) -> Result<(), E> {
        if self.depth <= MAX_DEPTH {
            return Ok(());
        }
        Err(E::custom(format!("a value nested more than {MAX_DEPTH} deep")))
    }
}

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for Named<'_, T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<T::Value, D::Error> {
        self.at.check_depth()?;
        self.inner.deserialize(Named { inner, at: self.at })
    }
}

macro_rules! forward {
    ($($method:ident $(as $other:ident)?),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            forward!(@call self, visitor, $method $(, $other)?)
        }
    )*};
    (@call $self:ident, $visitor:ident, $method:ident) => {
        $self.inner.$method($self.at.part($visitor))
    };
    (@call $self:ident, $visitor:ident, $method:ident, $other:ident) => {
        $self.inner.$other($self.at.part($visitor))
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Named<'_, D> {
    type Error = D::Error;

    // Text and bytes are borrowed, since an owned one would be set aside before it is known to be there.
    forward! {
        deserialize_any, deserialize_bool, deserialize_char, deserialize_i8, deserialize_i16,
        deserialize_i32, deserialize_i64, deserialize_i128, deserialize_u8, deserialize_u16,
        deserialize_u32, deserialize_u64, deserialize_u128, deserialize_f32, deserialize_f64,
        deserialize_str, deserialize_string as deserialize_str, deserialize_bytes,
        deserialize_byte_buf as deserialize_bytes, deserialize_option, deserialize_seq,
        deserialize_map, deserialize_identifier, deserialize_ignored_any,
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        nothing(self.inner)?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_newtype_struct(name, self.at.part(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        if length == 0 {
            nothing(self.inner)?;
            return visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<u8>()));
        }
        self.inner.deserialize_tuple(length, self.at.part(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let Named { inner: visitor, at } = self.at.part(visitor);
        self.inner.deserialize_tuple(usize::MAX, StructVisitor { visitor, fields, at })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let Named { inner: visitor, at } = self.at.part(visitor);
        self.inner.deserialize_tuple(usize::MAX, EnumVisitor { visitor, variants, at })
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Reads the byte that stands for what has none.
fn nothing<'de, D: Deserializer<'de>>(inner: D) -> Result<(), D::Error> {
    match u8::deserialize(inner)? {
        0 => Ok(()),
        found => Err(D::Error::custom(format!("{found} where nothing should be"))),
    }
}

macro_rules! visit {
    ($($method:ident: $type:ty),*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Named<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool: bool, visit_char: char, visit_i8: i8, visit_i16: i16, visit_i32: i32,
        visit_i64: i64, visit_i128: i128, visit_u8: u8, visit_u16: u16, visit_u32: u32,
        visit_u64: u64, visit_u128: u128, visit_f32: f32, visit_f64: f64,
        visit_borrowed_str: &'de str, visit_borrowed_bytes: &'de [u8]
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.at.check_depth()?;
        self.inner.visit_some(Named { inner, at: self.at })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.at.check_depth()?;
        self.inner.visit_newtype_struct(Named { inner, at: self.at })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Named { inner, at: self.at })
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Named { inner, at: self.at })
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Named<'_, A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, A::Error> {
        self.inner.next_element_seed(Named { inner: seed, at: self.at })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint().map(|length| length.min(MAX_RESERVED))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Named<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.inner.next_key_seed(Named { inner: seed, at: self.at })
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.inner.next_value_seed(Named { inner: seed, at: self.at })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint().map(|length| length.min(MAX_RESERVED))
    }
}

/// Reads what is never missing: the format has no end inside a value.
fn next<'de, A, T>(sequence: &mut A, seed: T) -> Result<T::Value, A::Error>
where
    A: SeqAccess<'de>,
    T: DeserializeSeed<'de>,
{
    let read = sequence.next_element_seed(seed)?;
    read.ok_or_else(|| A::Error::custom("a value with fewer parts"))
}

/// Shows a struct as a map.
struct StructVisitor<'p, V> {
    visitor: V,
    fields: &'static [&'static str],
    at: At<'p>,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for StructVisitor<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<V::Value, A::Error> {
        let left = next(&mut sequence, PhantomData::<u32>)?;
        let Self { visitor, fields, at } = self;
        visitor.visit_map(Fields { sequence, fields, left, expected: 0, last: None, at })
    }
}

struct Fields<'p, A> {
    sequence: A,
    fields: &'static [&'static str],
    /// How many fields are still to be read.
    left: u32,
    /// The field that comes next unless the struct has changed.
    expected: usize,
    last: Option<&'static str>,
    at: At<'p>,
}

impl<'de, A: SeqAccess<'de>> MapAccess<'de> for Fields<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        let tag = next(&mut self.sequence, PhantomData::<Tag>)?;
        let Some((index, name)) = find(self.fields, self.expected, tag) else {
            let place = match self.last {
                Some(last) => format!("after '{last}'"),
                None => "at the start".to_owned(),
            };
            return Err(A::Error::custom(format!("a field {place} that is unknown")));
        };
        self.expected = index + 1;
        self.last = Some(name);
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        next(&mut self.sequence, Named { inner: seed, at: self.at })
            .inspect_err(|_| self.at.place.inside(self.last.unwrap_or_default()))
    }
}

/// Finds a variant by its name.
struct EnumVisitor<'p, V> {
    visitor: V,
    variants: &'static [&'static str],
    at: At<'p>,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for EnumVisitor<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<V::Value, A::Error> {
        let tag = next(&mut sequence, PhantomData::<Tag>)?;
        let Some((_, name)) = find(self.variants, 0, tag) else {
            return Err(A::Error::custom("an enum's variant that is unknown"));
        };
        self.visitor.visit_enum(Variant { sequence, name, at: self.at })
    }
}

struct Variant<'p, A> {
    sequence: A,
    name: &'static str,
    at: At<'p>,
}

impl<'de, A: SeqAccess<'de>> EnumAccess<'de> for Variant<'_, A> {
    type Error = A::Error;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), A::Error> {
        let name = StrDeserializer::new(self.name);
        seed.deserialize(name).map(|value| (value, self))
    }
}

impl<'de, A: SeqAccess<'de>> VariantAccess<'de> for Variant<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        mut self,
        seed: T,
    ) -> Result<T::Value, A::Error> {
        next(&mut self.sequence, Named { inner: seed, at: self.at })
    }

    fn tuple_variant<V: Visitor<'de>>(
        mut self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        next(&mut self.sequence, Named { inner: TupleSeed { length, visitor }, at: self.at })
    }

    fn struct_variant<V: Visitor<'de>>(
        mut self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        next(&mut self.sequence, Named { inner: StructSeed { fields, visitor }, at: self.at })
    }
}

struct TupleSeed<V> {
    length: usize,
    visitor: V,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for TupleSeed<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_tuple(self.length, self.visitor)
    }
}

struct StructSeed<V> {
    fields: &'static [&'static str],
    visitor: V,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for StructSeed<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_struct("", self.fields, self.visitor)
    }
}
