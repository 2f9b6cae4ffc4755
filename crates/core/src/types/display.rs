//! Types as text; [`parse`](super::parse) reads what is written here.

use std::fmt::{self, Write};

use crate::types::place::Place;
use crate::types::{DataType, Field, Kind};

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self, Place::Bare, f)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_kind(self, Place::Bare, f)
    }
}

/// Writes the type with its nullability: SQL's types are nullable unless they say `NOT NULL`, Java's
/// are as nullable as Java writes them unless they say otherwise.
fn write(data_type: &DataType, place: Place, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let DataType { kind, nullable } = data_type;
    let default = kind.is_sql() || place.takes_null(kind);
    match (nullable, default) {
        (true, false) => {
            f.write_str("Nullable<")?;
            write_kind(kind, place, f)?;
            f.write_char('>')
        }
        (false, true) => {
            write_kind(kind, place, f)?;
            f.write_str(" NOT NULL")
        }
        (true, true) | (false, false) => write_kind(kind, place, f),
    }
}

fn write_kind(kind: &Kind, place: Place, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let inside = place.inside(kind);
    match kind {
        Kind::Boolean => f.write_str("BOOLEAN"),
        Kind::TinyInt => f.write_str("TINYINT"),
        Kind::SmallInt => f.write_str("SMALLINT"),
        Kind::Int => f.write_str("INT"),
        Kind::BigInt => f.write_str("BIGINT"),
        Kind::Float => f.write_str("FLOAT"),
        Kind::Double => f.write_str("DOUBLE"),
        Kind::String => f.write_str("STRING"),
        Kind::Bytes => f.write_str("BYTES"),
        Kind::Char(length) => write!(f, "CHAR({length})"),
        Kind::Varchar(length) => write!(f, "VARCHAR({length})"),
        Kind::Binary(length) => write!(f, "BINARY({length})"),
        Kind::Varbinary(length) => write!(f, "VARBINARY({length})"),
        Kind::Decimal { precision, scale } => write!(f, "DECIMAL({precision}, {scale})"),
        Kind::Date => f.write_str("DATE"),
        Kind::Time(precision) => write!(f, "TIME({precision})"),
        Kind::Timestamp(precision) => write!(f, "TIMESTAMP({precision})"),
        Kind::TimestampLtz(precision) => write!(f, "TIMESTAMP_LTZ({precision})"),
        Kind::IntervalYearMonth => f.write_str("INTERVAL YEAR TO MONTH"),
        Kind::IntervalDayTime => f.write_str("INTERVAL DAY TO SECOND"),
        Kind::Array(element) => write_one("ARRAY", element, inside, f),
        Kind::Multiset(element) => write_one("MULTISET", element, inside, f),
        Kind::Map(key, value) => write_two("MAP", (key, Place::of_key(kind)), (value, inside), f),
        Kind::Row(fields) => write_fields("ROW<", "", fields, inside, f),
        Kind::Raw { class, serializer } => write!(f, "RAW({}, {})", text(class), text(serializer)),
        Kind::Tuple(fields) => {
            f.write_str("TUPLE<")?;
            for (i, field) in fields.iter().enumerate() {
                f.write_str(if i == 0 { "" } else { ", " })?;
                write(field, inside, f)?;
            }
            f.write_char('>')
        }
        Kind::Void => f.write_str("Void"),
        Kind::Character => f.write_str("Character"),
        Kind::StringData => f.write_str("StringData"),
        Kind::BigInteger => f.write_str("BigInteger"),
        Kind::BigDecimal => f.write_str("BigDecimal"),
        Kind::Instant => f.write_str("Instant"),
        Kind::LocalDate => f.write_str("LocalDate"),
        Kind::LocalTime => f.write_str("LocalTime"),
        Kind::LocalDateTime => f.write_str("LocalDateTime"),
        Kind::SqlDate => f.write_str("SqlDate"),
        Kind::SqlTime => f.write_str("SqlTime"),
        Kind::SqlTimestamp => f.write_str("SqlTimestamp"),
        Kind::UtilDate => f.write_str("UtilDate"),
        Kind::PrimitiveArray(element) => f.write_str(match element.kind {
            Kind::Boolean => "boolean[]",
            Kind::SmallInt => "short[]",
            Kind::Int => "int[]",
            Kind::BigInt => "long[]",
            Kind::Float => "float[]",
            Kind::Double => "double[]",
            Kind::Character => "char[]",
            _ => return write_one("an impossible array of", element, inside, f),
        }),
        Kind::ObjectArray(element) => write_one("ObjectArray", element, inside, f),
        Kind::StringArray => f.write_str("String[]"),
        Kind::List(element) => write_one("List", element, inside, f),
        Kind::Set(element) => write_one("Set", element, inside, f),
        Kind::JavaMap(key, value) => {
            write_two("Map", (key, Place::of_key(kind)), (value, inside), f)
        }
        Kind::JavaRow(fields) => write_fields("Row<", "", fields, inside, f),
        Kind::Pojo { class, fields } => {
            let separator = if fields.is_empty() { "" } else { ", " };
            write_fields(&format!("Pojo<{}", text(class)), separator, fields, inside, f)
        }
        Kind::Either(left, right) => write_two("Either", (left, inside), (right, inside), f),
        Kind::Enum { class, constants } => {
            write!(f, "Enum<{}", text(class))?;
            constants.iter().try_for_each(|constant| write!(f, ", {}", name(constant)))?;
            f.write_char('>')
        }
        Kind::Nullable(value) => write_one("Nullable", value, inside, f),
    }
}

fn write_one(
    name: &str,
    element: &DataType,
    place: Place,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    write!(f, "{name}<")?;
    write(element, place, f)?;
    f.write_char('>')
}

fn write_two(
    name: &str,
    (left, left_place): (&DataType, Place),
    (right, right_place): (&DataType, Place),
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    write!(f, "{name}<")?;
    write(left, left_place, f)?;
    f.write_str(", ")?;
    write(right, right_place, f)?;
    f.write_char('>')
}

fn write_fields(
    start: &str,
    separator: &str,
    fields: &[Field],
    place: Place,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.write_str(start)?;
    for (i, field) in fields.iter().enumerate() {
        write!(f, "{}{} ", if i == 0 { separator } else { ", " }, name(&field.name))?;
        write(&field.data_type, place, f)?;
    }
    f.write_char('>')
}

/// A name as it is, if it reads as one, else in backticks.
fn name(name: &str) -> String {
    let mut chars = name.chars();
    let plain = chars.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && chars.all(|char| char.is_alphanumeric() || char == '_')
        && name != "NOT";
    if plain { name.to_owned() } else { format!("`{}`", name.replace('`', "``")) }
}

/// Text in quotes.
fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
