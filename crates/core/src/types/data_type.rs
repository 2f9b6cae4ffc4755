//! [`DataType`]: the description of a value.

use crate::types::Kind;

/// The type of a value: its kind, and whether it may be null.
///
/// One description with three spellings: Rust types ([`Data`](crate::Data)), protobuf
/// ([`proto::DataType`](crate::proto::DataType)) and Flink's types, which
/// [text](crate::types::ParseTypeError) spells as Flink SQL and Java do:
///
/// ```
/// use brookite_core::DataType;
///
/// let order: DataType = "ROW<id BIGINT NOT NULL, items ARRAY<ROW<price DECIMAL(10, 2)>>>".parse()?;
/// assert_eq!(order.to_string(), "ROW<id BIGINT NOT NULL, items ARRAY<ROW<price DECIMAL(10, 2)>>>");
/// # Ok::<(), brookite_core::types::ParseTypeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DataType {
    /// What the value is.
    pub kind: Kind,
    /// Whether it may be null.
    pub nullable: bool,
}

/// A column of a row, or a field of a POJO.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The column's name.
    pub name: String,
    /// The column's type.
    pub data_type: DataType,
}

impl DataType {
    /// A type whose values are never null.
    pub fn required(kind: Kind) -> Self {
        Self { kind, nullable: false }
    }

    /// The same type, with null.
    #[must_use]
    pub fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// Says where `found` differs from this type, as `path: expected .., found ..`; `None` when equal.
    ///
    /// A path names columns, and the inside of collections as `items[]`, `prices{key}` and
    /// `prices{value}`.
    pub fn difference(&self, found: &DataType) -> Option<String> {
        difference("", self, found)
    }
}

fn difference(path: &str, expected: &DataType, found: &DataType) -> Option<String> {
    if expected == found {
        return None;
    }
    let inside = if expected.nullable == found.nullable {
        inside(path, &expected.kind, &found.kind)
    } else {
        None
    };
    inside.or_else(|| {
        Some(match path {
            "" => format!("expected {expected}, found {found}"),
            _ => format!("{path}: expected {expected}, found {found}"),
        })
    })
}

/// The first difference between the parts of two types of the same kind and shape.
fn inside(path: &str, expected: &Kind, found: &Kind) -> Option<String> {
    let part =
        |suffix: &str, a: &DataType, b: &DataType| difference(&format!("{path}{suffix}"), a, b);
    match (expected, found) {
        (Kind::Row(a), Kind::Row(b)) | (Kind::JavaRow(a), Kind::JavaRow(b)) => fields(path, a, b),
        (Kind::Pojo { class: a_class, fields: a }, Kind::Pojo { class: b_class, fields: b })
            if a_class == b_class =>
        {
            fields(path, a, b)
        }
        (Kind::Tuple(a), Kind::Tuple(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(i, (a, b))| difference(&join(path, &format!("f{i}")), a, b)),
        (Kind::Array(a), Kind::Array(b))
        | (Kind::Multiset(a), Kind::Multiset(b))
        | (Kind::List(a), Kind::List(b))
        | (Kind::Set(a), Kind::Set(b))
        | (Kind::ObjectArray(a), Kind::ObjectArray(b)) => part("[]", a, b),
        (Kind::Map(a_key, a), Kind::Map(b_key, b))
        | (Kind::JavaMap(a_key, a), Kind::JavaMap(b_key, b)) => {
            part("{key}", a_key, b_key).or_else(|| part("{value}", a, b))
        }
        (Kind::Either(a_left, a), Kind::Either(b_left, b)) => {
            part("{left}", a_left, b_left).or_else(|| part("{right}", a, b))
        }
        (Kind::Nullable(a), Kind::Nullable(b)) => difference(path, a, b),
        _ => None,
    }
}

fn fields(path: &str, expected: &[Field], found: &[Field]) -> Option<String> {
    if expected.len() != found.len() {
        return None;
    }
    expected.iter().zip(found).find_map(|(a, b)| {
        let path = join(path, &a.name);
        if a.name == b.name {
            difference(&path, &a.data_type, &b.data_type)
        } else {
            Some(format!("{path}: expected a column of that name, found '{}'", b.name))
        }
    })
}

/// The path of `name` inside `path`.
pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
