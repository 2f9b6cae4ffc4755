//! The values that JSON stands for, by type, and the JSON of values.

use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::{RowKind, Value};
use num_bigint::BigInt;

use crate::hex;
use crate::json::{Json, decimal, time};

/// The member of a row that tells its kind, unless it is `+I`.
const KIND: &str = "$kind";

const KINDS: [RowKind; 4] =
    [RowKind::Insert, RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete];

/// The value of that type.
///
/// # Errors
/// Says which JSON is no value of which type, and the path to it.
pub fn read(data_type: &DataType, json: &Json) -> Result<Value, String> {
    let kind = &data_type.kind;
    if *json == Json::Null {
        return Ok(Value::Null);
    }
    let value = match (kind, json) {
        (Kind::Nullable(value), json) => return read(value, json),
        (Kind::Boolean, Json::Boolean(value)) => Some(Value::Boolean(*value)),
        (Kind::Character, Json::Text(text)) => {
            let mut units = text.encode_utf16();
            units.next().filter(|_| units.next().is_none()).map(Value::Character)
        }
        (_, Json::Number(text)) => number(kind, text),
        (_, Json::Text(text)) => from_text(kind, text),
        (Kind::Either(left, right), Json::Object(members)) => match members.as_slice() {
            [(name, value)] if name == "left" => {
                Some(Value::Left(Box::new(part("{left}", left, value)?)))
            }
            [(name, value)] if name == "right" => {
                Some(Value::Right(Box::new(part("{right}", right, value)?)))
            }
            _ => None,
        },
        (Kind::Row(fields) | Kind::JavaRow(fields) | Kind::Pojo { fields, .. }, json) => {
            return row(fields, json);
        }
        (_, Json::Array(elements)) => return array(kind, elements),
        _ => None,
    };
    value.ok_or_else(|| wrong(kind, json))
}

fn wrong(kind: &Kind, json: &Json) -> String {
    let mut text: String = json.to_string();
    if let Some((end, _)) = text.char_indices().nth(80) {
        text.truncate(end);
        text.push_str("..");
    }
    format!("expected the JSON of {kind}, found {text}")
}

/// A value inside another; errors name the path to it.
fn part(path: &str, data_type: &DataType, json: &Json) -> Result<Value, String> {
    read(data_type, json).map_err(|error| match error.strip_prefix("in ") {
        Some(inner) if inner.starts_with(['[', '{']) => format!("in {path}{inner}"),
        Some(inner) => format!("in {path}.{inner}"),
        None => format!("in {path}: {error}"),
    })
}

fn number(kind: &Kind, text: &str) -> Option<Value> {
    Some(match kind {
        Kind::TinyInt => Value::TinyInt(text.parse().ok()?),
        Kind::SmallInt => Value::SmallInt(text.parse().ok()?),
        Kind::Int | Kind::IntervalYearMonth => Value::Int(text.parse().ok()?),
        Kind::BigInt | Kind::IntervalDayTime => Value::BigInt(text.parse().ok()?),
        Kind::Float => Value::Float(text.parse().ok().filter(|value: &f32| value.is_finite())?),
        Kind::Double => Value::Double(text.parse().ok().filter(|value: &f64| value.is_finite())?),
        Kind::Character => Value::Character(text.parse().ok()?),
        Kind::BigInteger | Kind::BigDecimal | Kind::Decimal { .. } => from_text(kind, text)?,
        _ => return None,
    })
}

fn from_text(kind: &Kind, text: &str) -> Option<Value> {
    let timestamp = |(seconds, nanos)| Value::Timestamp { seconds, nanos };
    Some(match kind {
        Kind::Float => Value::Float(match text {
            "NaN" => f32::NAN,
            "Infinity" => f32::INFINITY,
            "-Infinity" => f32::NEG_INFINITY,
            _ => return None,
        }),
        Kind::Double => Value::Double(match text {
            "NaN" => f64::NAN,
            "Infinity" => f64::INFINITY,
            "-Infinity" => f64::NEG_INFINITY,
            _ => return None,
        }),
        Kind::String | Kind::Char(_) | Kind::Varchar(_) | Kind::StringData | Kind::Enum { .. } => {
            Value::String(text.to_owned())
        }
        Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) | Kind::Raw { .. } => {
            Value::Bytes(hex::parse(text)?)
        }
        Kind::BigInteger => Value::Integer(text.parse::<BigInt>().ok()?),
        Kind::BigDecimal => {
            let (unscaled, scale) = decimal::parse(text)?;
            Value::Decimal { unscaled, scale }
        }
        Kind::Decimal { scale, .. } => in_scale(decimal::parse(text)?, *scale),
        Kind::Date | Kind::LocalDate => Value::Date(time::parse_date(text)?),
        Kind::Time(_) | Kind::LocalTime => Value::Time(time::parse_time(text)?),
        Kind::Timestamp(_) | Kind::LocalDateTime => timestamp(time::parse_date_time(text)?),
        Kind::TimestampLtz(_)
        | Kind::Instant
        | Kind::SqlDate
        | Kind::SqlTime
        | Kind::SqlTimestamp
        | Kind::UtilDate => timestamp(time::parse_instant(text)?),
        _ => return None,
    })
}

/// The same number with the scale of its column, when it has no more digits than that.
fn in_scale((unscaled, given): (BigInt, i32), scale: u8) -> Value {
    let missing = u32::try_from(i64::from(scale) - i64::from(given)).unwrap_or(0);
    // More than a column holds is left for the coder to turn down.
    if missing == 0 || missing > 76 {
        return Value::Decimal { unscaled, scale: given };
    }
    Value::Decimal { unscaled: unscaled * BigInt::from(10).pow(missing), scale: scale.into() }
}

fn array(kind: &Kind, elements: &[Json]) -> Result<Value, String> {
    let list = |data_type: &DataType| {
        elements.iter().map(|element| part("[]", data_type, element)).collect::<Result<_, _>>()
    };
    let count = DataType::required(Kind::Int);
    match kind {
        Kind::Array(element)
        | Kind::List(element)
        | Kind::Set(element)
        | Kind::ObjectArray(element)
        | Kind::PrimitiveArray(element) => list(element).map(Value::List),
        Kind::StringArray => list(&DataType::required(Kind::String)).map(Value::List),
        Kind::Tuple(types) if types.len() == elements.len() => {
            let field = |(index, (data_type, json)): (usize, (&DataType, &Json))| {
                part(&format!("f{index}"), data_type, json)
            };
            let fields = types.iter().zip(elements).enumerate().map(field);
            fields.collect::<Result<_, _>>().map(Value::List)
        }
        Kind::Map(key, value) | Kind::JavaMap(key, value) => map(key, value, elements),
        Kind::Multiset(element) => map(element, &count, elements),
        _ => Err(wrong(kind, &Json::Array(elements.to_vec()))),
    }
}

fn map(key_type: &DataType, value_type: &DataType, pairs: &[Json]) -> Result<Value, String> {
    let pair = |pair: &Json| match pair {
        Json::Array(pair) if pair.len() == 2 => {
            Ok((part("{key}", key_type, &pair[0])?, part("{value}", value_type, &pair[1])?))
        }
        other => Err(format!("expected a pair [key, value], found {other}")),
    };
    pairs.iter().map(pair).collect::<Result<_, _>>().map(Value::Map)
}

fn row(fields: &[Field], json: &Json) -> Result<Value, String> {
    let Json::Object(members) = json else {
        return Err(format!("expected an object of {} columns, found {json}", fields.len()));
    };
    let (kind, members) = match members.split_first() {
        // A column may have that name too.
        Some(((name, Json::Text(text)), others)) if name == KIND => {
            match KINDS.iter().find(|kind| kind.short_name() == text) {
                Some(kind) if others.len() == fields.len() => (*kind, others),
                _ => return Err(format!("expected a row kind and all columns, found {json}")),
            }
        }
        _ => (RowKind::Insert, members.as_slice()),
    };
    if members.len() != fields.len() {
        return Err(format!("expected {} columns, found {}", fields.len(), members.len()));
    }
    let column = |(index, field): (usize, &Field)| {
        let at_its_place = members.get(index).filter(|(name, _)| *name == field.name);
        let member = at_its_place.or_else(|| members.iter().find(|(name, _)| *name == field.name));
        match member {
            Some((_, json)) => part(&field.name, &field.data_type, json),
            None => Err(format!("expected a column '{}'", field.name)),
        }
    };
    let columns = fields.iter().enumerate().map(column).collect::<Result<_, _>>()?;
    Ok(Value::Row(kind, columns))
}

/// The JSON of a value of that type; `None` when it is none.
pub fn print(data_type: &DataType, value: &Value) -> Option<Json> {
    let kind = &data_type.kind;
    if let Kind::Nullable(inner) = kind {
        return print(inner, value);
    }
    Some(match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Boolean(*value),
        Value::TinyInt(value) => Json::number(value),
        Value::SmallInt(value) => Json::number(value),
        Value::Int(value) => Json::number(value),
        Value::BigInt(value) => Json::number(value),
        Value::Float(value) => float(value.is_finite(), f64::from(*value), format!("{value:?}")),
        Value::Double(value) => float(value.is_finite(), *value, format!("{value:?}")),
        Value::Character(unit) => match char::from_u32((*unit).into()) {
            Some(char) => Json::text(char),
            None => Json::number(unit),
        },
        Value::Integer(value) => Json::text(value.to_string()),
        Value::Decimal { unscaled, scale } => Json::text(decimal::print(unscaled, *scale)),
        Value::String(text) => Json::text(text),
        Value::Bytes(bytes) => Json::text(hex::print(bytes)),
        Value::Date(days) => Json::text(time::print_date(*days)?),
        Value::Time(nanos) => Json::text(time::print_time(*nanos)),
        Value::Timestamp { seconds, nanos } => Json::text(match kind {
            Kind::Timestamp(_) | Kind::LocalDateTime => time::print_date_time(*seconds, *nanos)?,
            _ => time::print_instant(*seconds, *nanos)?,
        }),
        Value::List(elements) => list(kind, elements)?,
        Value::Map(pairs) => {
            let count = DataType::required(Kind::Int);
            let (key_type, value_type) = match kind {
                Kind::Map(key, value) | Kind::JavaMap(key, value) => (&**key, &**value),
                Kind::Multiset(element) => (&**element, &count),
                _ => return None,
            };
            let pair = |(key, value): &(Value, Value)| {
                Some(Json::Array(vec![print(key_type, key)?, print(value_type, value)?]))
            };
            Json::Array(pairs.iter().map(pair).collect::<Option<_>>()?)
        }
        Value::Row(row_kind, columns) => {
            let (Kind::Row(fields) | Kind::JavaRow(fields) | Kind::Pojo { fields, .. }) = kind
            else {
                return None;
            };
            let kind = (*row_kind != RowKind::Insert)
                .then(|| Some((KIND.to_owned(), Json::text(row_kind.short_name()))));
            let column = |(field, value): (&Field, &Value)| {
                Some((field.name.clone(), print(&field.data_type, value)?))
            };
            let columns = fields.iter().zip(columns).map(column);
            Json::Object(kind.into_iter().chain(columns).collect::<Option<_>>()?)
        }
        Value::Left(value) => match kind {
            Kind::Either(left, _) => Json::Object(vec![("left".into(), print(left, value)?)]),
            _ => return None,
        },
        Value::Right(value) => match kind {
            Kind::Either(_, right) => Json::Object(vec![("right".into(), print(right, value)?)]),
            _ => return None,
        },
        #[allow(unreachable_patterns, reason = "values that are none of Flink's types")]
        _ => return None,
    })
}

fn float(finite: bool, value: f64, digits: String) -> Json {
    match (finite, value.is_nan(), value > 0.0) {
        (true, ..) => Json::Number(digits),
        (false, true, _) => Json::text("NaN"),
        (false, false, true) => Json::text("Infinity"),
        (false, false, false) => Json::text("-Infinity"),
    }
}

fn list(kind: &Kind, elements: &[Value]) -> Option<Json> {
    let text = DataType::required(Kind::String);
    let elements = match kind {
        Kind::Array(element)
        | Kind::List(element)
        | Kind::Set(element)
        | Kind::ObjectArray(element)
        | Kind::PrimitiveArray(element) => {
            elements.iter().map(|value| print(element, value)).collect::<Option<_>>()?
        }
        Kind::StringArray => {
            elements.iter().map(|value| print(&text, value)).collect::<Option<_>>()?
        }
        Kind::Tuple(types) => {
            let fields = types.iter().zip(elements);
            fields.map(|(data_type, value)| print(data_type, value)).collect::<Option<_>>()?
        }
        _ => return None,
    };
    Some(Json::Array(elements))
}
