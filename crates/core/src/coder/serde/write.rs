//! Puts names in front of fields and variants, on the way from serde to the format.

use serde::Serialize;
use serde::ser::{
    Error, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::coder::serde::names::{MAX_DEPTH, Tags, tag};

/// The value, to be written with names.
pub(super) fn value<T: ?Sized>(value: &T) -> Named<&T> {
    Named { inner: value, depth: 0 }
}

/// A value, or what writes one, with names; and how deep inside another it is.
pub(super) struct Named<T> {
    inner: T,
    depth: usize,
}

/// Stands for what has no bytes.
const NOTHING: u8 = 0;

impl<T: Serialize + ?Sized> Serialize for Named<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.depth > MAX_DEPTH {
            return Err(S::Error::custom(format!("it is nested more than {MAX_DEPTH} deep")));
        }
        self.inner.serialize(Named { inner: serializer, depth: self.depth })
    }
}

impl<S> Named<S> {
    fn part<'v, T: ?Sized>(&self, value: &'v T) -> Named<&'v T> {
        Named { inner: value, depth: self.depth + 1 }
    }
}

impl<S: Serializer> Named<S> {
    /// A tuple of so many parts, after a variant's name if there is one.
    fn tuple(
        self,
        variant: Option<&str>,
        length: usize,
    ) -> Result<Named<S::SerializeTuple>, S::Error> {
        let depth = self.depth;
        let named = usize::from(variant.is_some());
        let mut inner = self.inner.serialize_tuple(named + length.max(1))?;
        if let Some(variant) = variant {
            inner.serialize_element(&tag(variant))?;
        }
        if length == 0 {
            inner.serialize_element(&NOTHING)?;
        }
        Ok(Named { inner, depth })
    }

    /// A struct of so many fields, after a variant's name if there is one.
    fn fields(
        self,
        variant: Option<&str>,
        length: usize,
    ) -> Result<Fields<S::SerializeTuple>, S::Error> {
        let count = u32::try_from(length).map_err(S::Error::custom)?;
        let mut named = self.tuple(variant, 1 + 2 * length)?;
        named.inner.serialize_element(&count)?;
        Ok(Fields { named, left: length, tags: Tags::default() })
    }
}

macro_rules! forward {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        }
    )*};
}

impl<S: Serializer> Serializer for Named<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Named<S::SerializeSeq>;
    type SerializeTuple = Named<S::SerializeTuple>;
    type SerializeTupleStruct = Named<S::SerializeTuple>;
    type SerializeTupleVariant = Named<S::SerializeTuple>;
    type SerializeMap = Named<S::SerializeMap>;
    type SerializeStruct = Fields<S::SerializeTuple>;
    type SerializeStructVariant = Fields<S::SerializeTuple>;

    forward! {
        serialize_bool: bool, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128, serialize_f32: f32, serialize_f64: f64
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let part = self.part(value);
        self.inner.serialize_some(&part)
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_u8(NOTHING)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<S::Ok, S::Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        tag(variant).serialize(self.inner)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let part = self.part(value);
        self.inner.serialize_newtype_struct(name, &part)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let mut tuple = self.tuple(Some(variant), 1)?;
        SerializeTuple::serialize_element(&mut tuple, value)?;
        SerializeTuple::end(tuple)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Named { inner: self.inner.serialize_seq(length)?, depth: self.depth })
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.tuple(None, length)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.tuple(None, length)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.tuple(Some(variant), length)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Named { inner: self.inner.serialize_map(length)?, depth: self.depth })
    }

    fn serialize_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        self.fields(None, length)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.fields(Some(variant), length)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

impl<S: SerializeSeq> SerializeSeq for Named<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let part = self.part(value);
        self.inner.serialize_element(&part)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

impl<S: SerializeTuple> SerializeTuple for Named<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let part = self.part(value);
        self.inner.serialize_element(&part)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

macro_rules! as_tuple {
    ($trait:ident) => {
        impl<S: SerializeTuple> $trait for Named<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                value: &T,
            ) -> Result<(), S::Error> {
                SerializeTuple::serialize_element(self, value)
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                SerializeTuple::end(self)
            }
        }
    };
}

as_tuple!(SerializeTupleStruct);
as_tuple!(SerializeTupleVariant);

impl<S: SerializeMap> SerializeMap for Named<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        let part = self.part(key);
        self.inner.serialize_key(&part)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let part = self.part(value);
        self.inner.serialize_value(&part)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

/// A struct's fields, each after its name.
pub(super) struct Fields<S> {
    named: Named<S>,
    left: usize,
    tags: Tags,
}

impl<S: SerializeTuple> Fields<S> {
    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        let tag = tag(name);
        if !self.tags.insert(tag) {
            return Err(S::Error::custom(format!(
                "the name '{name}' has the hash of another field's; give it another with \
                 #[serde(rename)]"
            )));
        }
        self.left = self.left.checked_sub(1).ok_or_else(|| S::Error::custom("too many fields"))?;
        self.named.inner.serialize_element(&tag)?;
        SerializeTuple::serialize_element(&mut self.named, value)
    }

    fn finish(self) -> Result<S::Ok, S::Error> {
        match self.left {
            0 => SerializeTuple::end(self.named),
            left => Err(S::Error::custom(format!("{left} fields are missing"))),
        }
    }
}

/// A field that is left out now and then would be one without default when it is missing.
fn skipped<E: Error>(name: &str) -> Result<(), E> {
    Err(E::custom(format!("the field '{name}' has skip_serializing_if; write it always")))
}

macro_rules! as_fields {
    ($trait:ident) => {
        impl<S: SerializeTuple> $trait for Fields<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), S::Error> {
                self.field(name, value)
            }

            fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
                skipped(name)
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.finish()
            }
        }
    };
}

as_fields!(SerializeStruct);
as_fields!(SerializeStructVariant);
