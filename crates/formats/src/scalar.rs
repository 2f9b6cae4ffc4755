//! From text to values, as Flink's text formats do it.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bigdecimal::{BigDecimal, RoundingMode};
use brookite_core::types::Kind;
use brookite_core::value::Value;

use crate::moment::{self, TimestampFormat};

/// The value of a text, for a column of a kind that is no collection. Blanks around numbers do not
/// count.
pub(super) fn parse(text: &str, kind: &Kind, standard: TimestampFormat) -> Result<Value, String> {
    let expected = |what: &str| format!("expected {what}, found '{text}'");
    Ok(match kind {
        Kind::Boolean => Value::Boolean(text.trim().eq_ignore_ascii_case("true")),
        Kind::TinyInt => Value::TinyInt(whole(text)?),
        Kind::SmallInt => Value::SmallInt(whole(text)?),
        Kind::Int | Kind::IntervalYearMonth => Value::Int(whole(text)?),
        Kind::BigInt | Kind::IntervalDayTime => Value::BigInt(whole(text)?),
        Kind::Float => Value::Float(real(text)?),
        Kind::Double => Value::Double(real(text)?),
        Kind::Decimal { precision, scale } => decimal(text, *precision, *scale)?,
        Kind::String | Kind::Char(_) | Kind::Varchar(_) => Value::String(text.to_owned()),
        Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) => Value::Bytes(
            STANDARD.decode(text).map_err(|error| format!("{}: {error}", expected("Base64")))?,
        ),
        Kind::Date => {
            Value::Date(moment::date(text).ok_or_else(|| expected("a date such as 2020-12-30"))?)
        }
        Kind::Time(_) => {
            let time = moment::time(text, TimestampFormat::Iso);
            Value::Time(time.ok_or_else(|| expected("a time such as 12:13:14"))?)
        }
        Kind::Timestamp(_) => timestamp(text, standard)?,
        Kind::TimestampLtz(_) => {
            let local = text.strip_suffix('Z').ok_or_else(|| {
                expected("a point in time that ends in Z, such as 2020-12-30 12:13:14Z")
            })?;
            timestamp(local, standard)?
        }
        kind => return Err(format!("columns of type {kind} cannot be read from text")),
    })
}

fn timestamp(text: &str, standard: TimestampFormat) -> Result<Value, String> {
    let (seconds, nanos) = moment::timestamp(text, standard).ok_or_else(|| {
        let example = match standard {
            TimestampFormat::Sql => "2020-12-30 12:13:14.123",
            TimestampFormat::Iso => "2020-12-30T12:13:14.123",
        };
        format!("expected a timestamp such as {example}, found '{text}'")
    })?;
    Ok(Value::Timestamp { seconds, nanos })
}

fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    let name = std::any::type_name::<T>();
    let trimmed = text.trim();
    trimmed.parse().map_err(|_| format!("expected a whole number ({name}), found '{text}'"))
}

/// As Java reads it: `NaN` and `Infinity` are written so.
fn real<T: FromStr>(text: &str) -> Result<T, String> {
    let trimmed = text.trim();
    let is_java = |text: &str| {
        let digits = text.trim_start_matches(['-', '+']);
        digits.starts_with(|char: char| char.is_ascii_digit() || char == '.')
            || ["NaN", "Infinity"].contains(&digits)
    };
    let number = trimmed.parse().ok().filter(|_| is_java(trimmed));
    number.ok_or_else(|| format!("expected a number, found '{text}'"))
}

/// Rounded to the scale as Flink does; what needs more digits in front of the point is no such value.
fn decimal(text: &str, precision: u8, scale: u8) -> Result<Value, String> {
    let number = BigDecimal::from_str(text.trim())
        .map_err(|_| format!("expected a decimal number, found '{text}'"))?;
    let rounded = number.with_scale_round(i64::from(scale), RoundingMode::HalfUp);
    let (unscaled, _) = rounded.into_bigint_and_exponent();
    if unscaled.magnitude().to_string().len() > usize::from(precision) {
        return Ok(Value::Null);
    }
    Ok(Value::Decimal { unscaled, scale: i32::from(scale) })
}
