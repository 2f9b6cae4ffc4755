//! Values as Java's `toString` shows them.

use brookite_core::types::{DataType, Kind};
use brookite_core::value::{RowKind, Value};
use brookite_formats::numbers;

use crate::text::Joined;

/// A value as Flink prints it.
pub(crate) fn show(value: &Value, data_type: &DataType) -> String {
    let kind = &data_type.kind;
    match (value, kind) {
        (_, Kind::Nullable(inner)) => show(value, inner),
        (Value::Null, _) => "null".to_owned(),
        (Value::Boolean(value), _) => value.to_string(),
        (Value::TinyInt(value), _) => value.to_string(),
        (Value::SmallInt(value), _) => value.to_string(),
        (Value::Int(value), _) => value.to_string(),
        (Value::BigInt(value), _) => value.to_string(),
        (Value::Float(value), _) => numbers::float(*value),
        (Value::Double(value), _) => numbers::double(*value),
        (Value::Character(unit), _) => String::from_utf16_lossy(&[*unit]),
        (Value::Integer(value), _) => value.to_string(),
        (Value::Decimal { unscaled, scale }, _) => numbers::decimal(unscaled, *scale),
        (Value::String(value), _) => value.clone(),
        (Value::Bytes(bytes), _) => Joined::new("[", ", ", "]").all(bytes),
        (Value::Date(days), _) => numbers::date(*days),
        (Value::Time(nanos), _) => numbers::time(*nanos),
        (Value::Timestamp { seconds, nanos }, kind) => {
            let zone = if matches!(kind, Kind::TimestampLtz(_) | Kind::Instant) { "Z" } else { "" };
            format!("{}T{}{zone}", numbers::date(seconds.div_euclid(86_400)), {
                let second = seconds.rem_euclid(86_400);
                numbers::time(second * 1_000_000_000 + i64::from(*nanos))
            })
        }
        (Value::List(values), Kind::Tuple(fields)) => {
            let shown = values.iter().zip(fields).map(|(value, field)| show(value, field));
            Joined::new("(", ",", ")").all(shown)
        }
        (Value::List(values), kind) => {
            let element = match kind {
                Kind::Array(element)
                | Kind::List(element)
                | Kind::Set(element)
                | Kind::ObjectArray(element)
                | Kind::PrimitiveArray(element) => element,
                _ => data_type,
            };
            Joined::new("[", ", ", "]").all(values.iter().map(|value| show(value, element)))
        }
        (Value::Map(pairs), kind) => {
            let (key, value) = match kind {
                Kind::Map(key, value) | Kind::JavaMap(key, value) => (&**key, &**value),
                _ => (data_type, data_type),
            };
            let shown = pairs.iter().map(|(k, v)| format!("{}={}", show(k, key), show(v, value)));
            Joined::new("{", ", ", "}").all(shown)
        }
        (Value::Row(row_kind, columns), kind) => row(*row_kind, columns, kind),
        (Value::Left(value), Kind::Either(left, _)) => format!("Left({})", show(value, left)),
        (Value::Right(value), Kind::Either(_, right)) => format!("Right({})", show(value, right)),
        (value, _) => format!("{value:?}"),
    }
}

fn row(row_kind: RowKind, columns: &[Value], kind: &Kind) -> String {
    let fields = match kind {
        Kind::Row(fields) | Kind::JavaRow(fields) | Kind::Pojo { fields, .. } => &fields[..],
        _ => &[],
    };
    let shown = columns.iter().zip(fields).map(|(value, field)| show(value, &field.data_type));
    match kind {
        Kind::Pojo { .. } => Joined::new("(", ",", ")").all(shown),
        _ => Joined::new(&format!("{}[", row_kind.short_name()), ", ", "]").all(shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(data_type: &str, value: &Value) -> String {
        show(value, &data_type.parse().unwrap())
    }

    #[test]
    fn values_look_as_java_shows_them() {
        let pair = Value::List(vec![Value::String("a".into()), Value::Double(1.0)]);
        assert_eq!(shown("Tuple2<String, Double>", &pair), "(a,1.0)");
        let row = Value::Row(RowKind::Insert, vec![Value::Null, Value::BigInt(7)]);
        assert_eq!(shown("ROW<a STRING, b BIGINT>", &row), "+I[null, 7]");
        let time = Value::Timestamp { seconds: 1, nanos: 500_000_000 };
        assert_eq!(shown("TIMESTAMP(3)", &time), "1970-01-01T00:00:01.500");
    }
}
