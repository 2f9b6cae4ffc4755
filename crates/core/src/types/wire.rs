//! Types as protobuf messages.

use crate::proto::data_type::Kind as Wire;
use crate::proto::{self, Primitive};
use crate::types::check::MalformedType;
use crate::types::data_type::join;
use crate::types::{DataType, Field, Kind};

impl From<&DataType> for proto::DataType {
    fn from(data_type: &DataType) -> Self {
        Self { nullable: data_type.nullable, kind: Some(to_wire(&data_type.kind)) }
    }
}

fn to_wire(kind: &Kind) -> Wire {
    use proto::{bounded_type, collection_type, map_type, time_type};
    let primitive = |primitive: Primitive| Wire::Primitive(primitive.into());
    let bounded = |kind: bounded_type::Kind, length: u32| {
        Wire::Bounded(proto::BoundedType { kind: kind.into(), length })
    };
    let time = |kind: time_type::Kind, precision: u8| {
        Wire::Time(proto::TimeType { kind: kind.into(), precision: precision.into() })
    };
    let collection = |kind: collection_type::Kind, element: &DataType| {
        let element = Some(Box::new(element.into()));
        Wire::Collection(Box::new(proto::CollectionType { kind: kind.into(), element }))
    };
    let map = |kind: map_type::Kind, key: &DataType, value: &DataType| {
        let (key, value) = (Some(Box::new(key.into())), Some(Box::new(value.into())));
        Wire::Map(Box::new(proto::MapType { kind: kind.into(), key, value }))
    };
    match kind {
        Kind::Boolean => primitive(Primitive::Boolean),
        Kind::TinyInt => primitive(Primitive::Tinyint),
        Kind::SmallInt => primitive(Primitive::Smallint),
        Kind::Int => primitive(Primitive::Int),
        Kind::BigInt => primitive(Primitive::Bigint),
        Kind::Float => primitive(Primitive::Float),
        Kind::Double => primitive(Primitive::Double),
        Kind::String => primitive(Primitive::String),
        Kind::Bytes => primitive(Primitive::Bytes),
        Kind::Char(length) => bounded(bounded_type::Kind::Char, *length),
        Kind::Varchar(length) => bounded(bounded_type::Kind::Varchar, *length),
        Kind::Binary(length) => bounded(bounded_type::Kind::Binary, *length),
        Kind::Varbinary(length) => bounded(bounded_type::Kind::Varbinary, *length),
        Kind::Decimal { precision, scale } => Wire::Decimal(proto::DecimalType {
            precision: (*precision).into(),
            scale: (*scale).into(),
        }),
        Kind::Date => primitive(Primitive::Date),
        Kind::Time(precision) => time(time_type::Kind::Time, *precision),
        Kind::Timestamp(precision) => time(time_type::Kind::Timestamp, *precision),
        Kind::TimestampLtz(precision) => time(time_type::Kind::TimestampLtz, *precision),
        Kind::IntervalYearMonth => primitive(Primitive::IntervalYearMonth),
        Kind::IntervalDayTime => primitive(Primitive::IntervalDayTime),
        Kind::Array(element) => collection(collection_type::Kind::Array, element),
        Kind::Multiset(element) => collection(collection_type::Kind::Multiset, element),
        Kind::Map(key, value) => map(map_type::Kind::Map, key, value),
        Kind::Row(fields) => Wire::Row(proto::RowType { fields: fields_to_wire(fields) }),
        Kind::Raw { class, serializer } => {
            Wire::Raw(proto::RawType { class_name: class.clone(), serializer: serializer.clone() })
        }
        Kind::Tuple(fields) => {
            Wire::Tuple(proto::TupleType { fields: fields.iter().map(Into::into).collect() })
        }
        Kind::Void => primitive(Primitive::Void),
        Kind::Character => primitive(Primitive::Character),
        Kind::StringData => primitive(Primitive::StringData),
        Kind::BigInteger => primitive(Primitive::BigInteger),
        Kind::BigDecimal => primitive(Primitive::BigDecimal),
        Kind::Instant => primitive(Primitive::Instant),
        Kind::LocalDate => primitive(Primitive::LocalDate),
        Kind::LocalTime => primitive(Primitive::LocalTime),
        Kind::LocalDateTime => primitive(Primitive::LocalDateTime),
        Kind::SqlDate => primitive(Primitive::SqlDate),
        Kind::SqlTime => primitive(Primitive::SqlTime),
        Kind::SqlTimestamp => primitive(Primitive::SqlTimestamp),
        Kind::UtilDate => primitive(Primitive::UtilDate),
        Kind::PrimitiveArray(element) => collection(collection_type::Kind::PrimitiveArray, element),
        Kind::ObjectArray(element) => collection(collection_type::Kind::ObjectArray, element),
        Kind::StringArray => {
            collection(collection_type::Kind::StringArray, &DataType::required(Kind::String))
        }
        Kind::List(element) => collection(collection_type::Kind::List, element),
        Kind::Set(element) => collection(collection_type::Kind::Set, element),
        Kind::JavaMap(key, value) => map(map_type::Kind::JavaMap, key, value),
        Kind::JavaRow(fields) => Wire::JavaRow(proto::RowType { fields: fields_to_wire(fields) }),
        Kind::Pojo { class, fields } => Wire::Pojo(proto::PojoType {
            class_name: class.clone(),
            fields: fields_to_wire(fields),
        }),
        Kind::Either(left, right) => Wire::Either(Box::new(proto::EitherType {
            left: Some(Box::new((&**left).into())),
            right: Some(Box::new((&**right).into())),
        })),
        Kind::Enum { class, constants } => Wire::Enumeration(proto::EnumType {
            class_name: class.clone(),
            constants: constants.clone(),
        }),
        Kind::Nullable(value) => Wire::NullableValue(Box::new((&**value).into())),
    }
}

fn fields_to_wire(fields: &[Field]) -> Vec<proto::Field> {
    let field = |Field { name, data_type }: &Field| proto::Field {
        name: name.clone(),
        r#type: Some(data_type.into()),
    };
    fields.iter().map(field).collect()
}

impl TryFrom<&proto::DataType> for DataType {
    type Error = MalformedType;

    fn try_from(wire: &proto::DataType) -> Result<Self, MalformedType> {
        let data_type = from_wire("", wire)?;
        data_type.check()?;
        Ok(data_type)
    }
}

// As deep as the message, which prost reads to a depth of 100 at most.
fn from_wire(path: &str, wire: &proto::DataType) -> Result<DataType, MalformedType> {
    let unknown =
        |what: &str, code: i32| MalformedType::new(path, format!("unknown {what} {code}"));
    let narrow = |number: u32| {
        u8::try_from(number)
            .map_err(|_| MalformedType::new(path, format!("expected a precision, found {number}")))
    };
    let Some(kind) = &wire.kind else {
        let reason = "no kind of this version; it may be of a newer one";
        return Err(MalformedType::new(path, reason));
    };
    let kind = match kind {
        Wire::Primitive(code) => Primitive::try_from(*code)
            .ok()
            .and_then(primitive)
            .ok_or_else(|| unknown("primitive", *code))?,
        Wire::Tuple(tuple) => Kind::Tuple(
            tuple
                .fields
                .iter()
                .enumerate()
                .map(|(i, field)| from_wire(&join(path, &format!("f{i}")), field))
                .collect::<Result<_, _>>()?,
        ),
        Wire::Row(row) => Kind::Row(fields_from_wire(path, &row.fields)?),
        Wire::JavaRow(row) => Kind::JavaRow(fields_from_wire(path, &row.fields)?),
        Wire::Pojo(pojo) => Kind::Pojo {
            class: pojo.class_name.clone(),
            fields: fields_from_wire(path, &pojo.fields)?,
        },
        Wire::Bounded(bounded) => {
            use proto::bounded_type::Kind as Bounded;
            match Bounded::try_from(bounded.kind) {
                Ok(Bounded::Char) => Kind::Char(bounded.length),
                Ok(Bounded::Varchar) => Kind::Varchar(bounded.length),
                Ok(Bounded::Binary) => Kind::Binary(bounded.length),
                Ok(Bounded::Varbinary) => Kind::Varbinary(bounded.length),
                Ok(Bounded::Unspecified) | Err(_) => {
                    return Err(unknown("bounded type", bounded.kind));
                }
            }
        }
        Wire::Decimal(decimal) => {
            Kind::Decimal { precision: narrow(decimal.precision)?, scale: narrow(decimal.scale)? }
        }
        Wire::Time(time) => {
            use proto::time_type::Kind as Time;
            let precision = narrow(time.precision)?;
            match Time::try_from(time.kind) {
                Ok(Time::Time) => Kind::Time(precision),
                Ok(Time::Timestamp) => Kind::Timestamp(precision),
                Ok(Time::TimestampLtz) => Kind::TimestampLtz(precision),
                Ok(Time::Unspecified) | Err(_) => return Err(unknown("time type", time.kind)),
            }
        }
        Wire::Collection(collection) => {
            use proto::collection_type::Kind as Collection;
            let element = part(path, "[]", collection.element.as_deref())?;
            match Collection::try_from(collection.kind) {
                Ok(Collection::Array) => Kind::Array(element),
                Ok(Collection::Multiset) => Kind::Multiset(element),
                Ok(Collection::List) => Kind::List(element),
                Ok(Collection::Set) => Kind::Set(element),
                Ok(Collection::PrimitiveArray) => Kind::PrimitiveArray(element),
                Ok(Collection::ObjectArray) => Kind::ObjectArray(element),
                Ok(Collection::StringArray) => Kind::StringArray,
                Ok(Collection::Unspecified) | Err(_) => {
                    return Err(unknown("collection", collection.kind));
                }
            }
        }
        Wire::Map(map) => {
            use proto::map_type::Kind as Map;
            let key = part(path, "{key}", map.key.as_deref())?;
            let value = part(path, "{value}", map.value.as_deref())?;
            match Map::try_from(map.kind) {
                Ok(Map::Map) => Kind::Map(key, value),
                Ok(Map::JavaMap) => Kind::JavaMap(key, value),
                Ok(Map::Unspecified) | Err(_) => return Err(unknown("map", map.kind)),
            }
        }
        Wire::Raw(raw) => {
            Kind::Raw { class: raw.class_name.clone(), serializer: raw.serializer.clone() }
        }
        Wire::Either(either) => Kind::Either(
            part(path, "{left}", either.left.as_deref())?,
            part(path, "{right}", either.right.as_deref())?,
        ),
        Wire::Enumeration(enumeration) => Kind::Enum {
            class: enumeration.class_name.clone(),
            constants: enumeration.constants.clone(),
        },
        Wire::NullableValue(value) => Kind::Nullable(Box::new(from_wire(path, value)?)),
    };
    Ok(DataType { kind, nullable: wire.nullable })
}

fn primitive(primitive: Primitive) -> Option<Kind> {
    Some(match primitive {
        Primitive::Unspecified => return None,
        Primitive::Boolean => Kind::Boolean,
        Primitive::Int => Kind::Int,
        Primitive::Bigint => Kind::BigInt,
        Primitive::Double => Kind::Double,
        Primitive::String => Kind::String,
        Primitive::Bytes => Kind::Bytes,
        Primitive::Tinyint => Kind::TinyInt,
        Primitive::Smallint => Kind::SmallInt,
        Primitive::Float => Kind::Float,
        Primitive::Date => Kind::Date,
        Primitive::IntervalYearMonth => Kind::IntervalYearMonth,
        Primitive::IntervalDayTime => Kind::IntervalDayTime,
        Primitive::Void => Kind::Void,
        Primitive::Character => Kind::Character,
        Primitive::StringData => Kind::StringData,
        Primitive::BigInteger => Kind::BigInteger,
        Primitive::BigDecimal => Kind::BigDecimal,
        Primitive::Instant => Kind::Instant,
        Primitive::LocalDate => Kind::LocalDate,
        Primitive::LocalTime => Kind::LocalTime,
        Primitive::LocalDateTime => Kind::LocalDateTime,
        Primitive::SqlDate => Kind::SqlDate,
        Primitive::SqlTime => Kind::SqlTime,
        Primitive::SqlTimestamp => Kind::SqlTimestamp,
        Primitive::UtilDate => Kind::UtilDate,
    })
}

fn part(
    path: &str,
    suffix: &str,
    wire: Option<&proto::DataType>,
) -> Result<Box<DataType>, MalformedType> {
    let path = format!("{path}{suffix}");
    match wire {
        Some(wire) => from_wire(&path, wire).map(Box::new),
        None => Err(MalformedType::new(&path, "expected a type, found none")),
    }
}

fn fields_from_wire(path: &str, wire: &[proto::Field]) -> Result<Vec<Field>, MalformedType> {
    let field = |field: &proto::Field| {
        let path = join(path, &field.name);
        match &field.r#type {
            Some(wire) => {
                Ok(Field { name: field.name.clone(), data_type: from_wire(&path, wire)? })
            }
            None => Err(MalformedType::new(&path, "a column without type")),
        }
    };
    wire.iter().map(field).collect()
}
