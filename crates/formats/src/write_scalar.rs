//! From values to text, as Flink's text formats do it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use brookite_core::types::Kind;
use brookite_core::value::Value;

use crate::moment::{self, TimestampFormat};
use crate::numbers;

/// How a value's text is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Null,
    /// As it is: a number, true or false.
    Bare(String),
    /// With what the format has for text.
    Text(String),
}

/// The text of a value that is no collection. Decimals lose their last zeros and may have exponents,
/// unless `plain` says that they must not.
pub(super) fn write(
    value: &Value,
    kind: &Kind,
    standard: TimestampFormat,
    plain: bool,
) -> Result<Written, String> {
    Ok(match value {
        Value::Null => Written::Null,
        Value::Boolean(value) => Written::Bare(value.to_string()),
        Value::TinyInt(value) => Written::Bare(value.to_string()),
        Value::SmallInt(value) => Written::Bare(value.to_string()),
        Value::Int(value) => Written::Bare(value.to_string()),
        Value::BigInt(value) => Written::Bare(value.to_string()),
        Value::Float(value) if value.is_finite() => Written::Bare(numbers::float(*value)),
        Value::Float(value) => Written::Text(numbers::float(*value)),
        Value::Double(value) if value.is_finite() => Written::Bare(numbers::double(*value)),
        Value::Double(value) => Written::Text(numbers::double(*value)),
        Value::Decimal { unscaled, scale } if plain => {
            Written::Bare(numbers::decimal(unscaled, *scale))
        }
        Value::Decimal { unscaled, scale } => {
            Written::Bare(numbers::big_decimal(unscaled, i64::from(*scale)))
        }
        Value::String(text) => Written::Text(text.clone()),
        Value::Bytes(bytes) => Written::Text(STANDARD.encode(bytes)),
        Value::Date(days) => Written::Text(numbers::date(*days)),
        Value::Time(nanos) => Written::Text(moment::show_time(*nanos)),
        Value::Timestamp { seconds, nanos } => {
            let zone = if matches!(kind, Kind::TimestampLtz(_)) { "Z" } else { "" };
            Written::Text(moment::show_timestamp(*seconds, *nanos, standard) + zone)
        }
        _ => return Err(format!("values of type {kind} cannot be written as text")),
    })
}
