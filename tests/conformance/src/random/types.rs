//! Any type.

use brookite_core::types::{DataType, Field, Kind};

use crate::random::Choices;

/// How deep types are nested here.
const DEPTH: usize = 4;

/// Most columns of a row, but for the rare wide one.
const COLUMNS: usize = 5;

/// More columns than fit into the first word of null bits.
const WIDE: usize = 70;

/// Where a type stands: only SQL's types can be columns, and null needs a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Column,
    Marked,
    Bare,
}

/// Any type that Flink can have on a stream.
pub fn data_type(choices: &mut Choices<'_>) -> DataType {
    typed(choices, Place::Bare, DEPTH)
}

fn typed(choices: &mut Choices<'_>, place: Place, depth: usize) -> DataType {
    let kind = match (place, choices.below(4), depth) {
        (Place::Column, 0, 1..) => sql_of_parts(choices, depth - 1),
        (Place::Column, ..) => sql(choices),
        (_, 0, 1..) => sql_of_parts(choices, depth - 1),
        (_, 1, 1..) => java_of_parts(choices, depth - 1),
        (_, 2, _) => java(choices),
        _ => sql(choices),
    };
    let nullable = match place {
        _ if kind.writes_null() => true,
        Place::Marked => !choices.once_in(4),
        _ => choices.once_in(2),
    };
    let data_type = DataType { kind, nullable };
    // Behind a NullableSerializer although it could be null without.
    let again = place != Place::Column && data_type.nullable && choices.once_in(16);
    match &data_type.kind {
        Kind::String | Kind::BigInteger | Kind::Instant if again => {
            let nullable = place == Place::Marked;
            DataType { kind: Kind::Nullable(Box::new(data_type)), nullable }
        }
        _ => data_type,
    }
}

fn sql(choices: &mut Choices<'_>) -> Kind {
    let length = |choices: &mut Choices<'_>| 1 + choices.below(12) as u32;
    let fraction = |choices: &mut Choices<'_>| choices.below(10) as u8;
    match choices.below(23) {
        0 | 1 => Kind::BigInt,
        2 => Kind::Boolean,
        3 => Kind::TinyInt,
        4 => Kind::SmallInt,
        5 => Kind::Int,
        6 => Kind::Float,
        7 => Kind::Double,
        8 | 9 => Kind::String,
        10 => Kind::Bytes,
        11 => Kind::Char(length(choices)),
        12 => Kind::Varchar(length(choices)),
        13 => Kind::Binary(length(choices)),
        14 => Kind::Varbinary(length(choices)),
        15 | 16 => {
            let precision = 1 + choices.below(38);
            Kind::Decimal { precision: precision as u8, scale: choices.below(precision + 1) as u8 }
        }
        17 => Kind::Date,
        18 => Kind::Time(fraction(choices)),
        19 => Kind::Timestamp(fraction(choices)),
        20 => Kind::TimestampLtz(fraction(choices)),
        21 => Kind::IntervalYearMonth,
        _ if choices.once_in(4) => {
            Kind::Raw { class: "com.acme.Opaque".to_owned(), serializer: "AA==".to_owned() }
        }
        _ => Kind::IntervalDayTime,
    }
}

fn sql_of_parts(choices: &mut Choices<'_>, depth: usize) -> Kind {
    let column = |choices: &mut Choices<'_>| Box::new(typed(choices, Place::Column, depth));
    match choices.below(6) {
        0..=2 => Kind::Row(fields(choices, Place::Column, depth, 0)),
        3 => Kind::Array(column(choices)),
        4 => Kind::Map(column(choices), column(choices)),
        _ => Kind::Multiset(column(choices)),
    }
}

fn java(choices: &mut Choices<'_>) -> Kind {
    match choices.below(17) {
        0 => Kind::Character,
        1 => Kind::StringData,
        2 => Kind::BigInteger,
        3 => Kind::BigDecimal,
        4 => Kind::Instant,
        5 => Kind::LocalDate,
        6 => Kind::LocalTime,
        7 => Kind::LocalDateTime,
        8 => Kind::SqlDate,
        9 => Kind::SqlTime,
        10 => Kind::SqlTimestamp,
        11 => Kind::UtilDate,
        12 => Kind::StringArray,
        13 => Kind::Void,
        14 => {
            let constants = (0..1 + choices.below(4)).map(|number| format!("C{number}")).collect();
            Kind::Enum { class: "com.acme.Color".to_owned(), constants }
        }
        _ => {
            let elements = [
                Kind::BigInt,
                Kind::Boolean,
                Kind::SmallInt,
                Kind::Int,
                Kind::Float,
                Kind::Double,
                Kind::Character,
            ];
            Kind::PrimitiveArray(Box::new(DataType::required(choices.one(&elements).clone())))
        }
    }
}

fn java_of_parts(choices: &mut Choices<'_>, depth: usize) -> Kind {
    let bare = |choices: &mut Choices<'_>| Box::new(typed(choices, Place::Bare, depth));
    let marked = |choices: &mut Choices<'_>| Box::new(typed(choices, Place::Marked, depth));
    match choices.below(9) {
        0 => Kind::List(bare(choices)),
        1 | 2 => {
            let arity = if choices.once_in(16) { 25 } else { 1 + choices.below(4) };
            let depth = if arity == 25 { 0 } else { depth };
            Kind::Tuple((0..arity).map(|_| typed(choices, Place::Bare, depth)).collect())
        }
        3 => Kind::Set(marked(choices)),
        4 => Kind::JavaMap(bare(choices), marked(choices)),
        5 => Kind::JavaRow(fields(choices, Place::Marked, depth, 0)),
        6 => Kind::Pojo {
            class: "com.acme.Order".to_owned(),
            fields: fields(choices, Place::Marked, depth, 1),
        },
        7 => {
            // Of Void there is nothing but null, which Flink's Either turns down.
            let side = |choices: &mut Choices<'_>| match bare(choices) {
                side if side.kind == Kind::Void => Box::new(DataType::required(Kind::BigInt)),
                side => side,
            };
            Kind::Either(side(choices), side(choices))
        }
        _ => {
            let element = marked(choices);
            // An array of strings has a serializer of its own.
            match element.kind {
                Kind::String => Kind::StringArray,
                _ => Kind::ObjectArray(Box::new(element.nullable())),
            }
        }
    }
}

/// Columns or fields with names in order.
fn fields(choices: &mut Choices<'_>, place: Place, depth: usize, least: usize) -> Vec<Field> {
    let wide = choices.once_in(32);
    let count = if wide { WIDE } else { least + choices.below(COLUMNS - least + 1) };
    let depth = if wide { 0 } else { depth };
    let field = |number: usize| {
        let data_type = typed(choices, place, depth);
        Field { name: format!("f{number:02}"), data_type }
    };
    (0..count).map(field).collect()
}
