//! Structs on a stream whose fields look as streams' values do: as Java's POJOs and as Flink's `Row`.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, EncodeError, Input};
use crate::format::{flag, pojo, row_mask};
use crate::types::{Data, DataType, Field, Kind, View};
use crate::value::RowKind;

/// A struct whose fields stand one by one on a stream. Implemented by `#[derive(Row)]` and
/// `#[derive(Pojo)]`.
pub trait Object: Data {
    /// The fields, in the order of declaration.
    fn object_fields() -> Vec<Field>;

    /// The numbers of the fields, in the order of their names.
    const BY_NAME: &'static [usize];

    /// Whether field `index` is null.
    fn is_field_null(value: &View<'_, Self>, index: usize) -> bool;

    /// Appends field `index`, which is not null.
    ///
    /// # Errors
    /// Names the field that cannot be written.
    fn encode_field(
        value: &View<'_, Self>,
        index: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError>;

    /// Reads all fields, in the order of declaration; `null` tells of each whether it is null.
    ///
    /// # Errors
    /// Names the field that cannot be read.
    fn decode_declared<'a>(
        input: &mut Input<'a>,
        null: impl FnMut(&mut Input<'a>, usize) -> Result<bool, DecodeError>,
    ) -> Result<View<'a, Self>, DecodeError>;

    /// Reads all fields, in the order of their names.
    ///
    /// # Errors
    /// Names the field that cannot be read.
    fn decode_by_name<'a>(
        input: &mut Input<'a>,
        null: impl FnMut(&mut Input<'a>, usize) -> Result<bool, DecodeError>,
    ) -> Result<View<'a, Self>, DecodeError>;
}

/// A struct that has a class in Java.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no class in Java",
    note = "name it: `#[row(class = \"com.acme.Order\")]`"
)]
pub trait JavaClass: Object {
    /// The name of the class.
    const CLASS: &'static str;
}

/// Reads field `index`; what the derives call.
#[doc(hidden)]
pub fn decode_field<'a, T: Data>(
    input: &mut Input<'a>,
    index: usize,
    null: &mut impl FnMut(&mut Input<'a>, usize) -> Result<bool, DecodeError>,
    name: &str,
) -> Result<View<'a, T>, DecodeError> {
    null(input, index)
        .and_then(|null| if null { T::null(input) } else { T::decode_present(input) })
        .map_err(|error| error.inside(name))
}

/// A struct as Java's POJO of the class that `#[row(class = "..")]` names, where the struct by itself
/// would be a row. `#[derive(Pojo)]` is for structs that are nothing else.
///
/// Flink writes a POJO's fields in the order of their names, whatever the order in the struct. Objects
/// of subclasses are an error: their fields only Java knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pojo<T>(pub T);

/// The description of a POJO.
#[doc(hidden)]
pub fn pojo_type<T: JavaClass>() -> DataType {
    let mut fields = T::object_fields();
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    DataType::required(Kind::Pojo { class: T::CLASS.to_owned(), fields })
}

/// Appends a POJO, or null.
#[doc(hidden)]
pub fn encode_pojo<T: Object>(
    value: Option<&View<'_, T>>,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let Some(value) = value else {
        pojo::encode_null(out);
        return Ok(());
    };
    pojo::encode_start(out);
    T::BY_NAME.iter().try_for_each(|index| {
        let null = T::is_field_null(value, *index);
        flag::encode(null, out);
        if null { Ok(()) } else { T::encode_field(value, *index, out) }
    })
}

/// Reads what [`encode_pojo`] writes.
#[doc(hidden)]
pub fn decode_pojo<'a, T: Object>(
    input: &mut Input<'a>,
) -> Result<Option<View<'a, T>>, DecodeError> {
    if !pojo::decode_start(input)? {
        return Ok(None);
    }
    T::decode_by_name(input, |input, _| flag::decode(input)).map(Some)
}

impl<T: JavaClass> Data for Pojo<T> {
    type View<'a> = Pojo<T::View<'a>>;

    fn data_type() -> DataType {
        pojo_type::<T>()
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        encode_pojo::<T>(Some(&value.0), out)
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        let offset = input.offset();
        crate::format::required(Self::decode_nullable(input)?, offset)
    }

    fn encode_nullable(
        value: Option<&Self::View<'_>>,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        encode_pojo::<T>(value.map(|value| &value.0), out)
    }

    fn decode_nullable<'a>(input: &mut Input<'a>) -> Result<Option<Self::View<'a>>, DecodeError> {
        Ok(decode_pojo::<T>(input)?.map(Pojo))
    }

    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        Pojo(T::shorten(value.0))
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        T::describe(&value.0, f)
    }
}

/// A struct as Flink's `Row`, with the serializer of `Types.ROW_NAMED`; and what it says in a changelog.
///
/// Rows of tables are `RowData`, which is what a struct with `#[derive(Row)]` is by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct JavaRow<T> {
    /// What the row says in a changelog; that it is new, everywhere else.
    pub kind: RowKind,
    /// The row.
    pub row: T,
}

impl<T> From<T> for JavaRow<T> {
    /// A new row.
    fn from(row: T) -> Self {
        Self { kind: RowKind::Insert, row }
    }
}

impl<T: Object> Data for JavaRow<T> {
    type View<'a> = JavaRow<T::View<'a>>;

    fn data_type() -> DataType {
        DataType::required(Kind::JavaRow(T::object_fields()))
    }

    fn encode(value: &Self::View<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let arity = T::BY_NAME.len();
        let nulls = (0..arity).map(|index| T::is_field_null(&value.row, index));
        row_mask::encode(value.kind, nulls, out);
        (0..arity)
            .filter(|index| !T::is_field_null(&value.row, *index))
            .try_for_each(|index| T::encode_field(&value.row, index, out))
    }

    fn decode<'a>(input: &mut Input<'a>) -> Result<Self::View<'a>, DecodeError> {
        let mask = row_mask::decode(input, T::BY_NAME.len())?;
        let row = T::decode_declared(input, |_, index| Ok(mask.is_null(index)))?;
        Ok(JavaRow { kind: mask.kind(), row })
    }

    fn shorten<'short, 'long: 'short>(value: Self::View<'long>) -> Self::View<'short> {
        JavaRow { kind: value.kind, row: T::shorten(value.row) }
    }

    fn describe(value: &Self::View<'_>, f: &mut dyn Write) -> fmt::Result {
        write!(f, "{} ", value.kind.short_name())?;
        T::describe(&value.row, f)
    }
}
