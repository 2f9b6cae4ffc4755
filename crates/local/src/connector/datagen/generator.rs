//! [`Generator`]: the values of one column.

use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::Value;
use num_bigint::BigInt;

use crate::clock::Clock;
use crate::connector::options::Options;
use crate::error::JobError;

/// How long a random text is if nobody says.
const LENGTH: usize = 100;

/// What stands in a column.
#[derive(Clone, Debug)]
pub(super) struct Generator {
    kind: Kind,
    way: Way,
    /// So many of a thousand values are null.
    nulls: u64,
    seed: u64,
}

#[derive(Clone, Debug)]
enum Way {
    /// From one number to another.
    Sequence {
        start: i64,
        end: i64,
    },
    Whole {
        min: i64,
        max: i64,
    },
    Real {
        min: f64,
        max: f64,
    },
    Text {
        length: usize,
    },
    Boolean,
    /// A point in time up to so many milliseconds ago.
    Past {
        by: i64,
        now: i64,
    },
}

impl Generator {
    pub(super) fn of(options: &Options<'_>, field: &Field) -> Result<Self, JobError> {
        let Field { name, data_type } = field;
        let key = |suffix: &str| format!("fields.{name}.{suffix}");
        let kind = &data_type.kind;
        let sequence = options.choice(&key("kind"), &[("random", false), ("sequence", true)])?;
        let rate: Option<f64> = options.value(&key("null-rate"), "a number from 0 to 1")?;
        // It has no meaning here: texts are as long as said.
        options.flag(&key("var-len"))?;
        let way = if sequence {
            let bound = |suffix| {
                let value = options.value(&key(suffix), "a whole number")?;
                value.ok_or_else(|| options.wrong(&key(suffix), "is missing: a sequence has one"))
            };
            if !is_whole(kind) && !matches!(kind, Kind::String) {
                return Err(unsupported(options, name, data_type, "a sequence"));
            }
            Way::Sequence { start: bound("start")?, end: bound("end")? }
        } else {
            Self::random(options, name, data_type)?
        };
        let nulls = (rate.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0) as u64;
        if nulls > 0 && !data_type.nullable {
            return Err(options.wrong(&key("null-rate"), "is for columns that may be null"));
        }
        let seed = name.bytes().fold(17, |seed, byte| mix(seed ^ u64::from(byte)));
        Ok(Self { kind: kind.clone(), way, nulls, seed })
    }

    fn random(options: &Options<'_>, name: &str, data_type: &DataType) -> Result<Way, JobError> {
        let key = |suffix: &str| format!("fields.{name}.{suffix}");
        let kind = &data_type.kind;
        Ok(match kind {
            Kind::Boolean => Way::Boolean,
            Kind::Float | Kind::Double => Way::Real {
                min: options.value(&key("min"), "a number")?.unwrap_or(0.0),
                max: options.value(&key("max"), "a number")?.unwrap_or(f64::from(f32::MAX)),
            },
            Kind::String | Kind::Bytes => {
                let length = options.value(&key("length"), "a number of characters")?;
                Way::Text { length: length.unwrap_or(LENGTH) }
            }
            Kind::Char(length)
            | Kind::Varchar(length)
            | Kind::Binary(length)
            | Kind::Varbinary(length) => {
                let most = *length as usize;
                let length = options.value(&key("length"), "a number of characters")?;
                Way::Text { length: length.unwrap_or(most).min(most) }
            }
            Kind::Timestamp(_) | Kind::TimestampLtz(_) | Kind::Date | Kind::Time(_) => {
                let past = options.text(&key("max-past"));
                let by = past.map(|text| {
                    milliseconds(text).ok_or_else(|| {
                        options.wrong(
                            &key("max-past"),
                            format!("must be a time such as '10 s', found '{text}'"),
                        )
                    })
                });
                Way::Past { by: by.transpose()?.unwrap_or(0), now: Clock::Machine.now() }
            }
            kind if is_whole(kind) => {
                let (least, most) = bounds(kind);
                let min: i64 = options.value(&key("min"), "a whole number")?.unwrap_or(least);
                let max: i64 = options.value(&key("max"), "a whole number")?.unwrap_or(most);
                if min > max || min < least || max > most {
                    let reason = format!(
                        "must be from {least} to {most} and at least the minimum, found {min} to {max}"
                    );
                    return Err(options.wrong(&key("max"), reason));
                }
                Way::Whole { min, max }
            }
            _ => return Err(unsupported(options, name, data_type, "random values")),
        })
    }

    /// How many values there are, if there is an end.
    pub(super) fn count(&self) -> Option<u64> {
        match self.way {
            Way::Sequence { start, end } => {
                let count = i128::from(end) - i128::from(start) + 1;
                Some(u64::try_from(count.max(0)).unwrap_or(u64::MAX))
            }
            _ => None,
        }
    }

    /// What stands in the row of that number.
    pub(super) fn value(&self, row: u64) -> Value {
        let random = mix(self.seed ^ mix(row));
        if mix(random) % 1000 < self.nulls {
            return Value::Null;
        }
        match self.way {
            Way::Sequence { start, .. } => {
                let number = i128::from(start) + i128::from(row);
                self.whole(i64::try_from(number).unwrap_or(i64::MAX))
            }
            Way::Whole { min, max } => {
                let range = i128::from(max) - i128::from(min) + 1;
                let number = i128::from(min) + i128::from(random) % range;
                self.whole(i64::try_from(number).unwrap_or(max))
            }
            Way::Real { min, max } => {
                let part = random as f64 / u64::MAX as f64;
                let number = min + (max - min) * part;
                match self.kind {
                    Kind::Float => Value::Float(number as f32),
                    _ => Value::Double(number),
                }
            }
            Way::Text { length } => {
                let mut random = random;
                let text: String = std::iter::repeat_with(|| {
                    random = mix(random);
                    char::from(b"0123456789abcdef"[(random % 16) as usize])
                })
                .take(length)
                .collect();
                match self.kind {
                    Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) => {
                        Value::Bytes(text.into_bytes())
                    }
                    _ => Value::String(text),
                }
            }
            Way::Boolean => Value::Boolean(random.is_multiple_of(2)),
            Way::Past { by, now } => {
                let ago = i128::from(random) % (i128::from(by) + 1);
                let millis = i64::try_from(i128::from(now) - ago).unwrap_or(now);
                self.moment(millis)
            }
        }
    }

    fn whole(&self, number: i64) -> Value {
        match self.kind {
            Kind::TinyInt => Value::TinyInt(number as i8),
            Kind::SmallInt => Value::SmallInt(number as i16),
            Kind::Int => Value::Int(number as i32),
            Kind::Decimal { scale, .. } => {
                let unscaled = BigInt::from(number) * BigInt::from(10).pow(u32::from(scale));
                Value::Decimal { unscaled, scale: i32::from(scale) }
            }
            Kind::String => Value::String(number.to_string()),
            _ => Value::BigInt(number),
        }
    }

    fn moment(&self, millis: i64) -> Value {
        let (seconds, millis) = (millis.div_euclid(1000), millis.rem_euclid(1000));
        match self.kind {
            Kind::Date => Value::Date(seconds.div_euclid(86_400)),
            Kind::Time(_) => Value::Time((seconds.rem_euclid(86_400) * 1000 + millis) * 1_000_000),
            _ => Value::Timestamp { seconds, nanos: millis as u32 * 1_000_000 },
        }
    }
}

fn is_whole(kind: &Kind) -> bool {
    matches!(kind, Kind::TinyInt | Kind::SmallInt | Kind::Int | Kind::BigInt | Kind::Decimal { .. })
}

/// The least and the most that a whole number can be.
fn bounds(kind: &Kind) -> (i64, i64) {
    match kind {
        Kind::TinyInt => (i8::MIN.into(), i8::MAX.into()),
        Kind::SmallInt => (i16::MIN.into(), i16::MAX.into()),
        Kind::Int => (i32::MIN.into(), i32::MAX.into()),
        Kind::Decimal { precision, scale } => {
            let digits = u32::from(precision - scale).min(18);
            let most = 10_i64.pow(digits) - 1;
            (-most, most)
        }
        _ => (i64::MIN, i64::MAX),
    }
}

fn unsupported(options: &Options<'_>, name: &str, data_type: &DataType, what: &str) -> JobError {
    let key = format!("fields.{name}.kind");
    options.wrong(&key, format!("cannot be {what} for a column of type {data_type} here"))
}

/// A time as Flink's options have it: `10 s`, `5min`, `100` for milliseconds.
pub(crate) fn milliseconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: i64 = number.parse().ok()?;
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "ms" | "milli" | "millis" | "millisecond" | "milliseconds" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000,
        "min" | "m" | "minute" | "minutes" => 60_000,
        "h" | "hour" | "hours" => 3_600_000,
        "d" | "day" | "days" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(factor)
}

/// Scatters a number's bits.
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
