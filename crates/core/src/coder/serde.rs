//! [`Serde`]: Rust values that only Rust reads, such as models, accumulators and opaque state.
//!
//! Any type with serde's derives stands in state and on a stream between Rust functions. Flink sees
//! bytes: the type describes itself as `BYTES`, so that Java's own serializer for `byte[]` keeps it in
//! checkpoints and savepoints, with no class of Brookite's. To see what is inside takes the Rust type.
//!
//! # Layout
//! | bytes | what |
//! |---|---|
//! | 1 | the format of what follows: 1 |
//! | 1 | the type's [`VERSION`](Versioned::VERSION) |
//! | rest | the value, as bincode writes it (little-endian, numbers of variable length), with names |
//!
//! On a stream the length comes first, as an i32 in big-endian order, as Java writes a `byte[]`.
//!
//! bincode alone knows fields by their place only: a field added, removed or moved would shift all that
//! follow, and old state would be read as other values. So structs and enums, at any depth, have
//! names here: a struct is the number of its fields, then each field behind two bytes of the hash of its
//! name; an enum's variant is two bytes of the hash of its name. What has no bytes in bincode (`()`,
//! empty tuples) is one byte, so that no count can claim more elements than there are bytes.
//!
//! # How a stored type may change
//! Without more: fields move, variants move and are added, and fields are added that are an `Option` or
//! have `#[serde(default)]`. With `#[serde(alias)]`, names change. All else (a field's type or removal, a new
//! field without default) is a new `VERSION` with an [`upgrade`](Versioned::upgrade) from the old; a
//! program that meets bytes of a version it cannot read says so, with both versions.
//!
//! Not for stored types: `flatten`, `untagged`, `tag` and `skip_serializing_if`, which need a format
//! that tells the types of its values. They are errors when a thread writes its first value of the type,
//! which is read back for that: what can be written and not read would be found out too late.
//!
//! # Why bincode, and which
//! Of serde's compact formats it is the one without a framing of its own, and it reads text and bytes in
//! place. Version 2.0.1 is the last: its authors have stopped, and called it complete (3.0.0 holds
//! nothing but the farewell). It is pinned, no other file of the product knows it, and the first byte leaves
//! room for a successor.

mod names;
mod read;
mod write;

use std::any::{TypeId, type_name};
use std::cell::RefCell;
use std::fmt;

use bincode::enc::write::Writer;
use bincode::error::{DecodeError as ReadError, EncodeError as WriteError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::coder::{
    Arena, Coder, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Encoding, Input,
    SerializerCoder, WithCoder,
};
use crate::row::{ReadSlots, RowField, WriteSlots};
use crate::types::{Data, DataType, Kind};
use names::Place;

/// The format of the bytes after the first.
const FORMAT: u8 = 1;

/// A value of a Rust type that only Rust reads, in state or on a stream.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::coder::serde::{Serde, Versioned};
/// use brookite_core::state::ValueState;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Default, Serialize, Deserialize)]
/// struct Model {
///     weights: Vec<f32>,
///     seen: u64,
///     // Came later; models stored before have none.
///     #[serde(default)]
///     note: String,
/// }
///
/// impl Versioned for Model {}
///
/// /// One model for each key; a field of a function, opened as any state.
/// struct Learn {
///     models: ValueState<Serde<Model>>,
/// }
///
/// impl Learn {
///     fn learn(&self, weight: f32) -> Result<()> {
///         let Serde(mut model) = self.models.value()?.unwrap_or_default();
///         model.weights.push(weight);
///         model.seen += 1;
///         self.models.update(Serde(model))
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serde<T>(pub T);

/// A type whose values are stored, and outlive the program that wrote them.
pub trait Versioned: Serialize + DeserializeOwned + 'static {
    /// The version of the type. It grows with a change that [the format](self) does not bear.
    const VERSION: u8 = 1;

    /// Makes a value of this version from the bytes of another.
    ///
    /// ```
    /// # use brookite_core::coder::{DecodeError, serde::{Stored, Versioned}};
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Serialize, Deserialize)]
    /// struct Price {
    ///     cents: i64,
    /// }
    ///
    /// #[derive(Deserialize)]
    /// struct PriceV1 {
    ///     dollars: i32,
    /// }
    ///
    /// impl Versioned for Price {
    ///     const VERSION: u8 = 2;
    ///
    ///     fn upgrade(stored: Stored<'_>) -> Result<Self, DecodeError> {
    ///         match stored.version() {
    ///             1 => {
    ///                 let old: PriceV1 = stored.read()?;
    ///                 Ok(Price { cents: i64::from(old.dollars) * 100 })
    ///             }
    ///             _ => Err(stored.incompatible()),
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// When there is no way from that version; unless implemented, always. And when the bytes are no
    /// such value.
    fn upgrade(stored: Stored<'_>) -> Result<Self, DecodeError> {
        Err(stored.incompatible())
    }
}

/// The bytes of a stored value.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    version: u8,
    /// What the reader knows: the version, and the type's name.
    expected: (u8, &'static str),
    bytes: &'a [u8],
    offset: usize,
}

impl Stored<'_> {
    /// The version of the type that wrote them.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Reads them as a value of the type as it was then.
    ///
    /// # Errors
    /// When they are no such value. Names the field; bincode does not tell the offset of what is wrong
    /// inside, so that it is that of the value.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let place = Place::default();
        let seed = read::value::<T>(&place);
        bincode::serde::seed_decode_from_slice(seed, self.bytes, bincode::config::standard())
            .map_err(|error| self.explain::<T>(error))
            .and_then(|(value, length)| match self.bytes.len() - length {
                0 => Ok(value),
                count => {
                    let kind = DecodeErrorKind::TrailingBytes { count };
                    Err(DecodeError::new(self.offset + length, kind))
                }
            })
            .map_err(|error| match place.path() {
                path if path.is_empty() => error,
                path => error.inside(&path),
            })
    }

    /// The error of a type that has no way from this version to its own. Names both.
    pub fn incompatible(&self) -> DecodeError {
        self.unlike(format!("version {}", self.version))
    }

    fn unlike(&self, found: String) -> DecodeError {
        let (version, name) = self.expected;
        let expected = format!("version {version} of {name}");
        DecodeError::new(self.offset, DecodeErrorKind::Incompatible { expected, found })
    }

    #[cold]
    fn explain<T>(&self, error: ReadError) -> DecodeError {
        let kind = match error {
            ReadError::UnexpectedEnd { additional } => {
                let kind = DecodeErrorKind::Truncated { needed: additional, available: 0 };
                return DecodeError::new(self.offset + self.bytes.len(), kind);
            }
            ReadError::Utf8 { .. } => DecodeErrorKind::InvalidUtf8,
            ReadError::InvalidBooleanValue(found) => DecodeErrorKind::InvalidBoolean { found },
            // What serde's own code finds, such as a missing field: another type wrote this.
            ReadError::OtherString(reason) => {
                return self.unlike(format!("version {}: {reason}", self.version));
            }
            other => DecodeErrorKind::Custom(format!("no value of {}: {other}", type_name::<T>())),
        };
        DecodeError::new(self.offset, kind)
    }
}

/// The type's name without its modules.
fn short_name<T>() -> &'static str {
    let name = type_name::<T>();
    let path = name.split('<').next().unwrap_or(name);
    path.rsplit("::").next().unwrap_or(path)
}

impl<T: Versioned> Serde<T> {
    /// Appends the value's bytes, without their length.
    ///
    /// # Errors
    /// When serde cannot write the value, or when names in it have the same hash.
    pub fn write_bytes(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let start = out.len();
        out.extend_from_slice(&[FORMAT, T::VERSION]);
        let value = write::value(&self.0);
        let config = bincode::config::standard();
        bincode::serde::encode_into_writer(value, Appended(out), config).map_err(|error| {
            match error {
                WriteError::OtherString(reason) => unstorable::<T>(reason),
                other => unstorable::<T>(other),
            }
        })?;
        check_once::<T>(&out[start..])
    }

    /// Reads the value that `bytes` are, all of them.
    ///
    /// # Errors
    /// When they are no such value: [`DecodeErrorKind::Incompatible`] names both versions.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let arena = Arena::default();
        let mut input = Input::new(bytes, &arena);
        let offset = input.offset();
        let format = input.byte()?;
        if format != FORMAT {
            let expected = format!("format {FORMAT} of stored values");
            let found = format!("format {format}");
            let kind = DecodeErrorKind::Incompatible { expected, found };
            return Err(DecodeError::new(offset, kind));
        }
        let version = input.byte()?;
        let expected = (T::VERSION, short_name::<T>());
        let stored = Stored { version, expected, bytes: input.rest(), offset: input.offset() };
        let value = if version == T::VERSION { stored.read() } else { T::upgrade(stored) };
        value.map(Self)
    }
}

impl<T> From<T> for Serde<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

#[cold]
fn unstorable<T>(reason: impl fmt::Display) -> EncodeError {
    let reason = format!("{} cannot be stored: {reason}", short_name::<T>());
    EncodeError::new(EncodeErrorKind::Custom(reason))
}

/// Reads what was written, if it is this thread's first value of the type.
fn check_once<T: Versioned>(bytes: &[u8]) -> Result<(), EncodeError> {
    thread_local! {
        /// A program stores few types.
        static CHECKED: RefCell<Vec<TypeId>> = const { RefCell::new(Vec::new()) };
    }
    let id = TypeId::of::<T>();
    if CHECKED.with_borrow(|checked| checked.contains(&id)) {
        return Ok(());
    }
    Serde::<T>::from_bytes(bytes)
        .map_err(|error| unstorable::<T>(format!("it is written but not read: {error}")))?;
    CHECKED.with_borrow_mut(|checked| checked.push(id));
    Ok(())
}

/// Lets bincode append to a vector.
struct Appended<'o>(&'o mut Vec<u8>);

impl Writer for Appended<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

impl<T: Versioned> Data for Serde<T> {
    type View<'a> = Self;

    fn data_type() -> DataType {
        DataType::required(Kind::Bytes)
    }

    fn encode(value: &Self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        const LENGTH: usize = size_of::<i32>();
        let start = out.len();
        out.extend_from_slice(&[0; LENGTH]);
        value.write_bytes(out)?;
        let length = out.len() - start - LENGTH;
        let length = i32::try_from(length).map_err(|_| EncodeError::too_long(length))?;
        out[start..start + LENGTH].copy_from_slice(&length.to_be_bytes());
        Ok(())
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self, DecodeError> {
        let bytes = <&[u8]>::decode(input)?;
        let base = input.offset() - bytes.len();
        Self::from_bytes(bytes).map_err(|error| error.shifted(base))
    }

    fn with_coder<W: WithCoder<Self>>(encoding: Encoding, with: W) -> Option<W::Output> {
        match encoding {
            Encoding::Serializer => Some(with.with(SerializerCoder)),
            Encoding::Direct => Some(with.with(DirectSerdeCoder)),
            Encoding::DirectUtf16 => None,
        }
    }

    fn shorten<'short, 'long: 'short>(value: Self) -> Self {
        value
    }

    fn describe(_: &Self, f: &mut dyn fmt::Write) -> fmt::Result {
        write!(f, "a {}", short_name::<T>())
    }
}

impl<T: Versioned> RowField for Serde<T> {
    fn read<'a, S: ReadSlots<'a>>(slots: &S, index: usize) -> Result<Self, DecodeError> {
        let (bytes, offset) = slots.read_bytes(index)?;
        Self::from_bytes(bytes).map_err(|error| error.shifted(offset))
    }

    fn write<S: WriteSlots>(value: &Self, slots: &mut S, index: usize) -> Result<(), EncodeError> {
        let mut bytes = Vec::new();
        value.write_bytes(&mut bytes)?;
        slots.write_bytes(index, &bytes)
    }
}

/// The value's bytes alone, as other bytes look on a direct edge.
#[derive(Clone, Copy, Debug)]
struct DirectSerdeCoder;

impl<T: Versioned> Coder<Serde<T>> for DirectSerdeCoder {
    fn encode(&self, value: &Serde<T>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        value.write_bytes(out)
    }

    fn decode<'a>(&self, bytes: &'a [u8], _: &'a Arena) -> Result<Serde<T>, DecodeError> {
        Serde::from_bytes(bytes)
    }
}
