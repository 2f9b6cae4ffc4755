//! Any value of a type.

use std::collections::BTreeSet;

use brookite_core::calendar;
use brookite_core::types::{DataType, Kind};
use brookite_core::value::{RowKind, Value};
use num_bigint::BigInt;

use crate::random::Choices;

/// Seconds that Flink's `TimestampData` turns into a date correctly: its days are an i32.
const TIMESTAMP_SECONDS: i64 = i32::MAX as i64 * 86_400;

/// Seconds whose milliseconds an i64 holds.
const MILLI_SECONDS: i64 = i64::MAX / 1_000 - 1;

/// Any value of the type. There is no null `java.sql.Timestamp`: Flink itself misreads it inside others.
pub fn value(data_type: &DataType, choices: &mut Choices<'_>) -> Value {
    let timestamp = matches!(data_type.kind, Kind::SqlTimestamp);
    let nullable = data_type.nullable || matches!(data_type.kind, Kind::Nullable(_));
    if nullable && !timestamp && choices.once_in(5) {
        return Value::Null;
    }
    of_kind(&data_type.kind, choices)
}

fn of_kind(kind: &Kind, choices: &mut Choices<'_>) -> Value {
    match kind {
        Kind::Boolean => Value::Boolean(choices.once_in(2)),
        Kind::TinyInt => Value::TinyInt(choices.byte().cast_signed()),
        Kind::SmallInt => Value::SmallInt(choices.between(-32_768, 32_767) as i16),
        Kind::Int | Kind::IntervalYearMonth => Value::Int(int(choices)),
        Kind::BigInt | Kind::IntervalDayTime => Value::BigInt(choices.between(i64::MIN, i64::MAX)),
        Kind::Float => Value::Float(match f32::from_bits(choices.word() as u32) {
            // Java has one NaN where it compares, and that is the one of Rust.
            value if value.is_nan() => f32::NAN,
            value => *choices.one(&[value, 0.5, -0.0, f32::INFINITY, f32::NAN]),
        }),
        Kind::Double => Value::Double(match f64::from_bits(choices.word()) {
            value if value.is_nan() => f64::NAN,
            value => *choices.one(&[value, 0.5, -0.0, f64::NEG_INFINITY, f64::NAN]),
        }),
        Kind::Character => Value::Character(choices.between(0, 0xffff) as u16),
        Kind::String | Kind::StringData => {
            let length = length(choices);
            Value::String(text(length, choices))
        }
        Kind::Char(length) => Value::String(text(*length as usize, choices)),
        Kind::Varchar(length) => {
            let length = choices.below(*length as usize + 1);
            Value::String(text(length, choices))
        }
        Kind::Bytes | Kind::Raw { .. } => {
            let length = length(choices);
            Value::Bytes(bytes(length, choices))
        }
        Kind::Binary(length) => Value::Bytes(bytes(*length as usize, choices)),
        Kind::Varbinary(length) => {
            let length = choices.below(*length as usize + 1);
            Value::Bytes(bytes(length, choices))
        }
        Kind::Decimal { precision, scale } => {
            let most: BigInt = BigInt::from(10).pow(u32::from(*precision)) - 1u8;
            let unscaled = match choices.below(4) {
                0 => most,
                1 => -most,
                _ => integer(choices) % (most + 1u8),
            };
            Value::Decimal { unscaled, scale: i32::from(*scale) }
        }
        Kind::BigInteger => Value::Integer(integer(choices)),
        Kind::BigDecimal => Value::Decimal { unscaled: integer(choices), scale: int(choices) },
        Kind::Enum { constants, .. } => Value::String(choices.one(constants).clone()),
        Kind::Void => Value::Null,
        Kind::Nullable(data_type) => of_kind(&data_type.kind, choices),
        Kind::Date => Value::Date(int(choices).into()),
        Kind::LocalDate => {
            let (first, last) = (*calendar::LOCAL_DAYS.start(), *calendar::LOCAL_DAYS.end());
            Value::Date(choices.between(first, last))
        }
        Kind::Time(_) => Value::Time(choices.between(0, 86_399_999) * 1_000_000),
        Kind::LocalTime => Value::Time(choices.between(0, calendar::NANOS_PER_DAY - 1)),
        Kind::Timestamp(precision) | Kind::TimestampLtz(precision) => {
            timestamp(-TIMESTAMP_SECONDS, TIMESTAMP_SECONDS, *precision, choices)
        }
        Kind::Instant => {
            let seconds = calendar::INSTANT_SECONDS;
            timestamp(*seconds.start(), *seconds.end(), 9, choices)
        }
        Kind::LocalDateTime => {
            let days = calendar::LOCAL_DAYS;
            timestamp(days.start() * 86_400, days.end() * 86_400 + 86_399, 9, choices)
        }
        Kind::SqlTimestamp => timestamp(-MILLI_SECONDS, MILLI_SECONDS, 9, choices),
        Kind::SqlDate | Kind::SqlTime | Kind::UtilDate => {
            timestamp(-MILLI_SECONDS, MILLI_SECONDS, 3, choices)
        }
        _ => of_parts(kind, choices),
    }
}

fn of_parts(kind: &Kind, choices: &mut Choices<'_>) -> Value {
    match kind {
        Kind::Tuple(types) => {
            Value::List(types.iter().map(|data_type| value(data_type, choices)).collect())
        }
        Kind::Array(element)
        | Kind::List(element)
        | Kind::ObjectArray(element)
        | Kind::PrimitiveArray(element) => Value::List(elements(element, choices)),
        Kind::StringArray => {
            let element = DataType::required(Kind::String).nullable();
            Value::List(elements(&element, choices))
        }
        Kind::Set(element) => Value::List(distinct(elements(element, choices))),
        Kind::Map(key, value) | Kind::JavaMap(key, value) => pairs(key, value, choices),
        Kind::Multiset(element) => pairs(element, &DataType::required(Kind::Int), choices),
        Kind::Row(fields) | Kind::JavaRow(fields) | Kind::Pojo { fields, .. } => {
            let kinds =
                [RowKind::Insert, RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete];
            let row_kind = match kind {
                Kind::Pojo { .. } => RowKind::Insert,
                _ => *choices.one(&kinds),
            };
            let columns = fields.iter().map(|field| value(&field.data_type, choices)).collect();
            Value::Row(row_kind, columns)
        }
        Kind::Either(left, right) => {
            // Flink's Either turns null down.
            if choices.once_in(2) {
                Value::Right(Box::new(of_kind(&right.kind, choices)))
            } else {
                Value::Left(Box::new(of_kind(&left.kind, choices)))
            }
        }
        _ => unreachable!("the kinds without parts are above, and of Nullable the value is"),
    }
}

fn elements(element: &DataType, choices: &mut Choices<'_>) -> Vec<Value> {
    // Now and then more than the 32 whose null bits are one word.
    let plain = !matches!(element.kind, Kind::Row(_) | Kind::Pojo { .. } | Kind::Tuple(_));
    let count = if plain && choices.once_in(24) { 33 } else { choices.below(5) };
    (0..count).map(|_| value(element, choices)).collect()
}

fn pairs(key: &DataType, value_type: &DataType, choices: &mut Choices<'_>) -> Value {
    let keys = distinct(elements(key, choices));
    Value::Map(keys.into_iter().map(|key| (key, value(value_type, choices))).collect())
}

/// Java's sets and maps have each only once. And two sets are the same in whatever order: so what
/// consists of the same letters counts as the same here.
fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let letters = |value: &Value| {
        let mut letters = format!("{value:?}").into_bytes();
        letters.sort_unstable();
        letters
    };
    values.into_iter().filter(|value| seen.insert(letters(value))).collect()
}

fn int(choices: &mut Choices<'_>) -> i32 {
    // Checked: in range.
    choices.between(i32::MIN.into(), i32::MAX.into()) as i32
}

fn integer(choices: &mut Choices<'_>) -> BigInt {
    match choices.below(3) {
        0 => choices.between(-2, 11).into(),
        1 => choices.between(i64::MIN, i64::MAX).into(),
        _ => {
            let length = choices.below(24);
            BigInt::from_signed_bytes_be(&bytes(length, choices))
        }
    }
}

fn timestamp(first: i64, last: i64, precision: u8, choices: &mut Choices<'_>) -> Value {
    let unit = 10i64.pow(u32::from(9 - precision.min(9)));
    let nanos = choices.between(0, 999_999_999) / unit * unit;
    // Checked: below 10^9.
    Value::Timestamp { seconds: choices.between(first, last), nanos: nanos as u32 }
}

/// Often around the seven bytes that a slot holds.
fn length(choices: &mut Choices<'_>) -> usize {
    match choices.below(8) {
        0..=3 => choices.below(6),
        4 => 7,
        5 => 8,
        6 => choices.below(40),
        _ => choices.below(200),
    }
}

fn bytes(length: usize, choices: &mut Choices<'_>) -> Vec<u8> {
    (0..length).map(|_| choices.byte()).collect()
}

fn text(length: usize, choices: &mut Choices<'_>) -> String {
    let char = |_| match choices.below(8) {
        0..=4 => char::from(b' ' + choices.below(95) as u8),
        5 => *choices.one(&['\0', '\t', '"', '\\', 'é', 'ß', '\u{7f}', '\u{80}', '\u{7ff}']),
        6 => *choices.one(&['川', '\u{800}', '\u{ffff}', '\u{2028}', '\u{feff}', '\u{fffd}']),
        _ => *choices.one(&['🦀', '\u{10000}', '\u{10ffff}', '𝔩']),
    };
    (0..length).map(char).collect()
}
