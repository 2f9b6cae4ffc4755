//! Coders: values to bytes and back, byte for byte as Flink writes them.
//!
//! A value looks one way inside another value (a tuple's field), where its end must be told from its
//! bytes, and may look simpler when it stands alone on an edge between the JVM and Rust, where its
//! length travels beside it. [`Encoding`] names the ways; [`Data::with_coder`] gives
//! the coder for a type.
//!
//! [`ValueCoder`] is a coder whose type is known at run time only; a [`CoderRegistry`] makes one from its
//! description, a URN with a payload and components.
//!
//! [`serde`](mod@serde) is for Rust values that only Rust reads.
//!
//! Reading borrows from the record. What cannot be borrowed, such as text that arrives as UTF-16, is
//! converted into an [`Arena`] that is emptied after each record and keeps its memory.

mod arena;
mod builtin;
mod error;
pub(crate) mod flink_string;
mod input;
pub(crate) mod part;
mod registry;
pub mod serde;
mod utf16;
pub(crate) mod value_coder;

use crate::proto;
use crate::types::{Data, Key, View};

pub use arena::Arena;
pub use builtin::{DirectCoder, OfBytes, OfText, PartsCoder, SerializerCoder, Utf16Coder};
pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
pub use input::Input;
pub use registry::{
    Built, CoderParts, CoderRegistry, CoderSpecError, CoderSpecErrorKind, DuplicateUrn,
    FlinkTypeCoder,
};
pub use value_coder::{Context, ValueCoder};

/// Writes and reads the values of one type in one encoding.
///
/// ```
/// use brookite_core::coder::{Arena, Coder, SerializerCoder};
///
/// let mut bytes = Vec::new();
/// Coder::<(&'static str, i64)>::encode(&SerializerCoder, &("brook", 7), &mut bytes)?;
/// assert_eq!(bytes, b"\x06brook\0\0\0\0\0\0\0\x07");
///
/// let arena = Arena::default();
/// let (word, count) = Coder::<(&'static str, i64)>::decode(&SerializerCoder, &bytes, &arena)?;
/// assert_eq!((word, count), ("brook", 7)); // `word` borrows from `bytes`
/// # Ok::<(), brookite_core::Error>(())
/// ```
pub trait Coder<T: Data> {
    /// Appends the value's bytes to `out`.
    ///
    /// # Errors
    /// When the value has no representation. `out` may then hold a part of it.
    fn encode(&self, value: &View<'_, T>, out: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// Reads the value that `bytes` are, all of them.
    ///
    /// # Errors
    /// When the bytes are no such value, or more than one. Names the offset and the field.
    fn decode<'a>(&self, bytes: &'a [u8], arena: &'a Arena) -> Result<View<'a, T>, DecodeError>;
}

/// What is done with a type's coder by code that the compiler makes for that coder alone, so that
/// nothing is looked up for each value. See [`Data::with_coder`].
pub trait WithCoder<T: Data> {
    /// What comes of it.
    type Output;

    /// Does it.
    fn with<C: Coder<T> + 'static>(self, coder: C) -> Self::Output;
}

/// See [`Data::coder`].
pub(crate) fn boxed<T: Data>(encoding: Encoding) -> Option<Box<dyn Coder<T>>> {
    struct Boxed;

    impl<T: Data> WithCoder<T> for Boxed {
        type Output = Box<dyn Coder<T>>;

        fn with<C: Coder<T> + 'static>(self, coder: C) -> Self::Output {
            Box::new(coder)
        }
    }

    T::with_coder(encoding, Boxed)
}

/// A coder under which equal values have equal bytes: what a key needs.
pub trait DeterministicCoder<T: Key>: Coder<T> {}

/// How a value's bytes look on an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// As Flink's `TypeSerializer` for the type writes them.
    Serializer,
    /// Without the serializer's framing: text is UTF-8, bytes are themselves, a row is the bare
    /// `BinaryRowData`, a tuple is its fields, each with its length. Other types look as with the
    /// serializer.
    Direct,
    /// The same, but text, and the text in a tuple, is UTF-16 in little-endian order, as the JVM holds
    /// it. A lone surrogate, which Rust text cannot hold, is an error that names its offset.
    DirectUtf16,
}

impl Encoding {
    /// The encoding that the message names; `None` when it is of a newer version.
    pub fn from_proto(encoding: proto::Encoding) -> Option<Self> {
        match encoding {
            proto::Encoding::Unspecified => None,
            proto::Encoding::Serializer => Some(Self::Serializer),
            proto::Encoding::Direct => Some(Self::Direct),
            proto::Encoding::DirectUtf16 => Some(Self::DirectUtf16),
        }
    }
}

impl From<Encoding> for proto::Encoding {
    fn from(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Serializer => Self::Serializer,
            Encoding::Direct => Self::Direct,
            Encoding::DirectUtf16 => Self::DirectUtf16,
        }
    }
}

/// From so many bytes on, vector instructions are the faster way to see whether they are UTF-8.
const LONG: usize = 64;

/// The bytes as text.
#[inline]
pub(crate) fn utf8(bytes: &[u8], offset: usize) -> Result<&str, DecodeError> {
    if bytes.len() >= LONG
        && let Ok(text) = simdutf8::basic::from_utf8(bytes)
    {
        return Ok(text);
    }
    std::str::from_utf8(bytes).map_err(|error| {
        DecodeError::new(offset + error.valid_up_to(), DecodeErrorKind::InvalidUtf8)
    })
}
