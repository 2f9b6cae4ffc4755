//! [`DataType`]: the description of a value, with its protobuf spelling.

use std::fmt;

use crate::proto;

/// The type of a value: its kind, and whether it may be null.
///
/// Displayed as Flink SQL writes it: `ROW<name STRING NOT NULL, age INT> NOT NULL`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DataType {
    /// What the value is.
    pub kind: Kind,
    /// Whether it may be null.
    pub nullable: bool,
}

/// What a value is, null aside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `BOOLEAN`, a Rust `bool`.
    Boolean,
    /// `INT`, a Rust `i32`.
    Int,
    /// `BIGINT`, a Rust `i64`.
    BigInt,
    /// `DOUBLE`, a Rust `f64`.
    Double,
    /// `STRING`, a Rust `&str` or `String`.
    String,
    /// `BYTES`, a Rust `&[u8]` or `Vec<u8>`.
    Bytes,
    /// Flink's `Tuple1` to `Tuple25`, a Rust tuple.
    Tuple(Vec<DataType>),
    /// `ROW`, a Rust struct with `#[derive(Row)]`.
    Row(Vec<Field>),
}

/// A column of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The column's name.
    pub name: String,
    /// The column's type.
    pub data_type: DataType,
}

/// A protobuf type description that describes nothing known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed type at '{path}': {reason}")]
pub struct MalformedType {
    path: String,
    reason: String,
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
    pub fn difference(&self, found: &DataType) -> Option<String> {
        difference("", self, found)
    }
}

fn difference(path: &str, expected: &DataType, found: &DataType) -> Option<String> {
    if expected == found {
        return None;
    }
    let same_nullability = expected.nullable == found.nullable;
    match (&expected.kind, &found.kind) {
        (Kind::Row(a), Kind::Row(b)) if a.len() == b.len() && same_nullability => {
            a.iter().zip(b).find_map(|(a, b)| {
                let path = join(path, &a.name);
                if a.name == b.name {
                    difference(&path, &a.data_type, &b.data_type)
                } else {
                    Some(format!("{path}: expected a column of that name, found '{}'", b.name))
                }
            })
        }
        (Kind::Tuple(a), Kind::Tuple(b)) if a.len() == b.len() && same_nullability => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(i, (a, b))| difference(&join(path, &format!("f{i}")), a, b)),
        _ if path.is_empty() => Some(format!("expected {expected}, found {found}")),
        _ => Some(format!("{path}: expected {expected}, found {found}")),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if self.nullable { Ok(()) } else { f.write_str(" NOT NULL") }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Boolean => f.write_str("BOOLEAN"),
            Kind::Int => f.write_str("INT"),
            Kind::BigInt => f.write_str("BIGINT"),
            Kind::Double => f.write_str("DOUBLE"),
            Kind::String => f.write_str("STRING"),
            Kind::Bytes => f.write_str("BYTES"),
            Kind::Tuple(fields) => {
                f.write_str("TUPLE<")?;
                for (i, field) in fields.iter().enumerate() {
                    write!(f, "{}{field}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str(">")
            }
            Kind::Row(fields) => {
                f.write_str("ROW<")?;
                for (i, Field { name, data_type }) in fields.iter().enumerate() {
                    write!(f, "{}{name} {data_type}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str(">")
            }
        }
    }
}

impl From<&DataType> for proto::DataType {
    fn from(data_type: &DataType) -> Self {
        use proto::data_type::Kind as Wire;
        let primitive = |primitive: proto::Primitive| Wire::Primitive(primitive as i32);
        let kind = match &data_type.kind {
            Kind::Boolean => primitive(proto::Primitive::Boolean),
            Kind::Int => primitive(proto::Primitive::Int),
            Kind::BigInt => primitive(proto::Primitive::Bigint),
            Kind::Double => primitive(proto::Primitive::Double),
            Kind::String => primitive(proto::Primitive::String),
            Kind::Bytes => primitive(proto::Primitive::Bytes),
            Kind::Tuple(fields) => {
                Wire::Tuple(proto::TupleType { fields: fields.iter().map(Into::into).collect() })
            }
            Kind::Row(fields) => Wire::Row(proto::RowType {
                fields: fields
                    .iter()
                    .map(|field| proto::Field {
                        name: field.name.clone(),
                        r#type: Some((&field.data_type).into()),
                    })
                    .collect(),
            }),
        };
        Self { nullable: data_type.nullable, kind: Some(kind) }
    }
}

impl TryFrom<&proto::DataType> for DataType {
    type Error = MalformedType;

    fn try_from(wire: &proto::DataType) -> Result<Self, MalformedType> {
        from_proto("", wire)
    }
}

fn from_proto(path: &str, wire: &proto::DataType) -> Result<DataType, MalformedType> {
    use proto::data_type::Kind as Wire;
    let malformed = |reason: String| MalformedType { path: path.to_owned(), reason };
    let kind = match &wire.kind {
        None => return Err(malformed("no kind of this version; it may be of a newer one".into())),
        Some(Wire::Primitive(code)) => match proto::Primitive::try_from(*code) {
            Ok(proto::Primitive::Boolean) => Kind::Boolean,
            Ok(proto::Primitive::Int) => Kind::Int,
            Ok(proto::Primitive::Bigint) => Kind::BigInt,
            Ok(proto::Primitive::Double) => Kind::Double,
            Ok(proto::Primitive::String) => Kind::String,
            Ok(proto::Primitive::Bytes) => Kind::Bytes,
            Ok(proto::Primitive::Unspecified) | Err(_) => {
                return Err(malformed(format!("unknown primitive {code}")));
            }
        },
        Some(Wire::Tuple(tuple)) => Kind::Tuple(
            tuple
                .fields
                .iter()
                .enumerate()
                .map(|(i, field)| from_proto(&join(path, &format!("f{i}")), field))
                .collect::<Result<_, _>>()?,
        ),
        Some(Wire::Row(row)) => Kind::Row(
            row.fields
                .iter()
                .map(|field| {
                    let path = join(path, &field.name);
                    let Some(data_type) = &field.r#type else {
                        return Err(MalformedType { path, reason: "a column without type".into() });
                    };
                    let data_type = from_proto(&path, data_type)?;
                    Ok(Field { name: field.name.clone(), data_type })
                })
                .collect::<Result<_, _>>()?,
        ),
    };
    Ok(DataType { kind, nullable: wire.nullable })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> DataType {
        let field = |name: &str, data_type| Field { name: name.into(), data_type };
        DataType::required(Kind::Row(vec![
            field("id", DataType::required(Kind::BigInt)),
            field("note", DataType::required(Kind::String).nullable()),
            field("at", DataType::required(Kind::Tuple(vec![DataType::required(Kind::Double)]))),
        ]))
    }

    #[test]
    fn protobuf_and_back_is_the_identity() {
        let wire = proto::DataType::from(&order());
        assert_eq!(DataType::try_from(&wire), Ok(order()));
    }

    #[test]
    fn display_is_flink_sql() {
        assert_eq!(
            order().to_string(),
            "ROW<id BIGINT NOT NULL, note STRING, at TUPLE<DOUBLE NOT NULL> NOT NULL> NOT NULL"
        );
    }

    #[test]
    fn a_difference_names_the_path() {
        let mut found = order();
        let Kind::Row(fields) = &mut found.kind else { unreachable!() };
        fields[1].data_type.nullable = false;
        assert_eq!(
            order().difference(&found).as_deref(),
            Some("note: expected STRING, found STRING NOT NULL")
        );
        assert_eq!(order().difference(&order()), None);
    }

    #[test]
    fn an_unknown_type_names_its_path() {
        let mut wire = proto::DataType::from(&order());
        let Some(proto::data_type::Kind::Row(row)) = &mut wire.kind else { unreachable!() };
        row.fields[0].r#type = Some(proto::DataType {
            nullable: false,
            kind: Some(proto::data_type::Kind::Primitive(99)),
        });
        assert_eq!(
            DataType::try_from(&wire).unwrap_err().to_string(),
            "malformed type at 'id': unknown primitive 99"
        );
    }
}
