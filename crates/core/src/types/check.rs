//! Which descriptions describe a type.

use crate::types::data_type::join;
use crate::types::parse::{MAX_DEPTH, UNBOUNDED};
use crate::types::place::Place;
use crate::types::{DataType, Field, Kind};

/// A type description that describes nothing that can be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed type{}: {reason}", at(.path))]
pub struct MalformedType {
    path: String,
    reason: String,
}

fn at(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" at '{path}'") }
}

impl MalformedType {
    pub(crate) fn new(path: &str, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), reason: reason.into() }
    }
}

/// Most digits of a decimal.
const MAX_PRECISION: u8 = 38;

/// Most digits of a second's fraction.
const MAX_FRACTION: u8 = 9;

/// Most fields of a tuple.
const MAX_ARITY: usize = 25;

impl DataType {
    /// Whether the description describes a type that Flink can have: precisions are in range, columns
    /// are of SQL's types, and so on.
    ///
    /// # Errors
    /// Names the path of the part that cannot be.
    pub fn check(&self) -> Result<(), MalformedType> {
        check(self, Place::Bare, "", 0)
    }
}

fn check(
    data_type: &DataType,
    place: Place,
    path: &str,
    depth: usize,
) -> Result<(), MalformedType> {
    let wrong = |reason: String| Err(MalformedType::new(path, reason));
    if depth >= MAX_DEPTH {
        return wrong(format!("types are nested more than {MAX_DEPTH} deep"));
    }
    let kind = &data_type.kind;
    let inside = place.inside(kind);
    match kind {
        Kind::Decimal { precision, scale }
            if !(1..=MAX_PRECISION).contains(precision) || scale > precision =>
        {
            wrong(format!(
                "DECIMAL({precision}, {scale}): expected a precision of 1 to {MAX_PRECISION} and a \
                 scale of at most that"
            ))
        }
        Kind::Time(precision) | Kind::Timestamp(precision) | Kind::TimestampLtz(precision)
            if *precision > MAX_FRACTION =>
        {
            wrong(format!("{kind}: expected a precision of at most {MAX_FRACTION}"))
        }
        Kind::Char(length)
        | Kind::Varchar(length)
        | Kind::Binary(length)
        | Kind::Varbinary(length)
            if !(1..=i32::MAX.unsigned_abs()).contains(length) =>
        {
            wrong(format!("{kind}: expected a length of 1 to {}", i32::MAX))
        }
        Kind::Varchar(UNBOUNDED) => wrong("a VARCHAR without bound is STRING".to_owned()),
        Kind::Varbinary(UNBOUNDED) => wrong("a VARBINARY without bound is BYTES".to_owned()),
        Kind::Array(element) | Kind::Multiset(element) => column(element, path, "[]", depth),
        Kind::Map(key, value) => {
            column(key, path, "{key}", depth)?;
            column(value, path, "{value}", depth)
        }
        Kind::Row(columns) => columns.iter().try_for_each(|Field { name, data_type }| {
            column(data_type, &join(path, name), "", depth)
        }),
        Kind::Tuple(fields) if !(1..=MAX_ARITY).contains(&fields.len()) => {
            wrong(format!("expected a tuple of 1 to {MAX_ARITY} fields, found {}", fields.len()))
        }
        Kind::Tuple(fields) => fields.iter().enumerate().try_for_each(|(i, field)| {
            check(field, inside, &join(path, &format!("f{i}")), depth + 1)
        }),
        Kind::PrimitiveArray(element) => match element.kind {
            Kind::Boolean
            | Kind::SmallInt
            | Kind::Int
            | Kind::BigInt
            | Kind::Float
            | Kind::Double
            | Kind::Character
                if !element.nullable =>
            {
                Ok(())
            }
            _ => wrong(format!("{element} is no primitive type of Java that has an array here")),
        },
        Kind::ObjectArray(element) | Kind::List(element) | Kind::Set(element) => {
            check(element, inside, &format!("{path}[]"), depth + 1)
        }
        Kind::JavaMap(key, value) => {
            check(key, Place::of_key(kind), &format!("{path}{{key}}"), depth + 1)?;
            check(value, inside, &format!("{path}{{value}}"), depth + 1)
        }
        Kind::Either(left, right) => {
            check(left, inside, &format!("{path}{{left}}"), depth + 1)?;
            check(right, inside, &format!("{path}{{right}}"), depth + 1)
        }
        Kind::Pojo { fields, .. } if !fields.is_sorted_by(|a, b| a.name < b.name) => {
            wrong("expected the fields of a POJO in the order of their names".to_owned())
        }
        Kind::JavaRow(fields) | Kind::Pojo { fields, .. } => {
            fields.iter().try_for_each(|Field { name, data_type }| {
                check(data_type, inside, &join(path, name), depth + 1)
            })
        }
        Kind::Nullable(value) => {
            let again = matches!(value.kind, Kind::Nullable(_)) || inside.wraps(value);
            if again || place.wraps(data_type) {
                return wrong("a NullableSerializer stands around no other".to_owned());
            }
            if !value.nullable && !place.takes_null(&value.kind) {
                let reason = "null has no place here but that of a nullable type";
                return wrong(format!("{kind}: {reason}"));
            }
            check(value, inside, path, depth + 1)
        }
        _ => Ok(()),
    }
}

fn column(
    data_type: &DataType,
    path: &str,
    suffix: &str,
    depth: usize,
) -> Result<(), MalformedType> {
    let path = format!("{path}{suffix}");
    if !data_type.kind.is_sql() {
        let reason = format!("{} cannot stand in a row: it is no type of SQL", data_type.kind);
        return Err(MalformedType::new(&path, reason));
    }
    check(data_type, Place::Column, &path, depth + 1)
}
