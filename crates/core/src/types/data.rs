//! [`Data`]: the connection between a Rust type and a stream's type.

use std::fmt;

use crate::coder::{
    Coder, DecodeError, DecodeErrorKind, EncodeError, Encoding, Input, SerializerCoder, WithCoder,
    boxed, part,
};
use crate::types::DataType;

/// A Rust type that can stand in a stream, in a key or in state.
///
/// A type is named once, with every lifetime `'static`, and seen through its [`View`](Data::View),
/// which has the lifetime of the record it was read from:
///
/// | written in a function | `Data` type | view |
/// |---|---|---|
/// | `i64` | `i64` | `i64` |
/// | `String` | `String` | `String` (copied) |
/// | `&str` | `&'static str` | `&'a str` (borrowed) |
/// | `Order<'_>` | `Order<'static>` | `Order<'a>` (its `&str` fields borrowed) |
///
/// `String` and `&'static str` describe the same stream type, and are two ways to look at it.
///
/// The methods here write and read the format of Flink's `TypeSerializer` for the type, which is also
/// how the value looks inside a tuple. [`Coder`](crate::coder::Coder) is the same thing as an object.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a record, a key or state",
    label = "has no type of a stream",
    note = "use numbers, text, bytes, `Decimal`, dates and times, tuples, collections and `Option` of these, \
            structs with `#[derive(Row)]`, or `Serde<T>` for what only Rust reads"
)]
pub trait Data: 'static {
    /// What a function sees of a value, borrowing from a record that lives for `'a`.
    type View<'a>;

    /// The description of this type.
    fn data_type() -> DataType;

    /// Appends the value as Flink's serializer writes it.
    ///
    /// # Errors
    /// When the value has no representation, such as text of more than 2^31 UTF-16 units.
    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// Reads the next value as Flink's serializer wrote it.
    ///
    /// # Errors
    /// When the bytes are no such value. The error names the offset.
    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError>;

    /// Appends the value, or null, as Flink's serializer for the type with null writes it: in general
    /// `NullableSerializer`'s leading byte, 1 for null.
    ///
    /// # Errors
    /// Those of [`encode`](Data::encode).
    fn encode_nullable(
        value: Option<&Self::View<'_>>,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        out.push(u8::from(value.is_none()));
        value.map_or(Ok(()), |value| Self::encode(value, out))
    }

    /// Reads what [`encode_nullable`](Data::encode_nullable) writes.
    ///
    /// # Errors
    /// Those of [`decode`](Data::decode).
    fn decode_nullable<'a>(input: &mut Input<'a>) -> Result<Option<Self::View<'a>>, DecodeError> {
        if bool::decode(input)? { Ok(None) } else { Self::decode(input).map(Some) }
    }

    /// Whether the value is null, which only that of an `Option`, a `Nullable` or `()` can be.
    fn is_null(value: &Self::View<'_>) -> bool {
        let _ = value;
        false
    }

    /// Appends a value in a place where what surrounds it has already said that it is not null, such as
    /// a field of a POJO.
    ///
    /// # Errors
    /// Those of [`encode`](Data::encode).
    #[inline]
    fn encode_present(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        Self::encode(value, out)
    }

    /// Reads what [`encode_present`](Data::encode_present) writes.
    ///
    /// # Errors
    /// Those of [`decode`](Data::decode).
    #[inline]
    fn decode_present<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        Self::decode(input)
    }

    /// The value for a null that what surrounds it has told, before the next byte of the input.
    ///
    /// # Errors
    /// When the type has no null.
    fn null<'a>(input: &Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        Err(DecodeError::new(input.offset(), DecodeErrorKind::Null))
    }

    /// Appends the value as a part of a larger one on a direct edge: its length, then its bytes.
    ///
    /// # Errors
    /// Those of the type's coder.
    fn encode_part(
        encoding: Encoding,
        value: &Self::View<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError>
    where
        Self: Sized,
    {
        part::encode::<Self>(encoding, value, out)
    }

    /// Reads what [`encode_part`](Data::encode_part) writes.
    ///
    /// # Errors
    /// Those of the type's coder, and when the part is null.
    fn decode_part<'a>(
        encoding: Encoding,
        input: &mut Input<'a>,
    ) -> Result<Self::View<'a>, DecodeError>
    where
        Self: Sized,
    {
        part::decode::<Self>(encoding, input)
    }

    /// Hands the coder for values that stand alone on an edge with that encoding to `with`; `None`
    /// when the type has no such encoding.
    fn with_coder<W: WithCoder<Self>>(encoding: Encoding, with: W) -> Option<W::Output>
    where
        Self: Sized,
    {
        match encoding {
            Encoding::Serializer | Encoding::Direct => Some(with.with(SerializerCoder)),
            Encoding::DirectUtf16 => None,
        }
    }

    /// The coder for values that stand alone on an edge with that encoding, as an object; `None` when
    /// the type has no such encoding.
    fn coder(encoding: Encoding) -> Option<Box<dyn Coder<Self>>>
    where
        Self: Sized,
    {
        boxed(encoding)
    }

    /// The same view with a shorter lifetime. Always just `value`: the compiler cannot know in general
    /// that a view may be shortened, and in each implementation it does.
    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short>;

    /// Writes the value for people to read in an error message.
    ///
    /// # Errors
    /// Those of the formatter.
    fn describe(value: &Self::View<'_>, f: &mut dyn fmt::Write) -> fmt::Result;
}

/// What a function sees of a `T`.
pub type View<'a, T> = <T as Data>::View<'a>;

/// Types that own all they hold, so that a value can outlive its record: what state stores.
///
/// Implemented for every [`Data`] that is its own view. A type that borrows is turned down:
///
/// ```compile_fail
/// fn keep<T: brookite_core::Owned>() {}
/// keep::<&'static str>();
/// ```
pub trait Owned: for<'a> Data<View<'a> = Self> + Sized {}

impl<T> Owned for T where T: for<'a> Data<View<'a> = T> {}

/// Types whose encoding is deterministic: equal values have equal bytes, and the other way round.
///
/// Flink and the state cache compare and hash keys by their bytes, so only such a type can be a key.
/// `f64` is none, since `0.0` and `-0.0` are equal and their bytes are not:
///
/// ```compile_fail
/// fn by<K: brookite_core::Key>() {}
/// by::<f64>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key",
    note = "keys are compared by their bytes: use text, bytes, `bool`, integers, decimals, dates and \
            times, tuples of these, or a row with `#[row(key)]`"
)]
pub trait Key: Data {}
