//! Numbers, dates and times between [`Value`] and the formats.

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use crate::coder::{DecodeError, EncodeError, EncodeErrorKind};
use crate::dynamic::{out_of_range, wrong_type};
use crate::format::{self, decimal_data, timestamp_data};
use crate::types::Kind;
use crate::value::Value;

const NANOS_PER_MILLI: i64 = 1_000_000;
const MILLIS_PER_DAY: i32 = 86_400_000;

/// The unscaled value of a `DECIMAL(precision, scale)` that equals the number.
pub(super) fn decimal(
    number: &BigInt,
    number_scale: i32,
    precision: u8,
    scale: u8,
) -> Result<i128, EncodeError> {
    let shift = i64::from(scale) - i64::from(number_scale);
    let digits = u32::try_from(shift.unsigned_abs()).unwrap_or(u32::MAX);
    let unscaled = if shift == 0 || number.is_zero() {
        number.to_i128()
    } else if shift > 0 {
        10i128.checked_pow(digits).and_then(|power| number.to_i128()?.checked_mul(power))
    } else if u64::from(digits) < number.bits() {
        // Only zeros may go. No number has more of them than bits.
        let power = BigInt::from(10).pow(digits);
        (number % &power).is_zero().then(|| (number / power).to_i128()).flatten()
    } else {
        None
    };
    let unscaled = unscaled.ok_or_else(|| {
        let found = format!("{number}E{}", -i64::from(number_scale));
        EncodeError::new(EncodeErrorKind::Precision { precision, scale, found })
    })?;
    decimal_data::check_encode(unscaled, precision, scale).map(|()| unscaled)
}

/// Days as `DATE` has them.
pub(super) fn date(days: i64, value: &Value) -> Result<i32, EncodeError> {
    i32::try_from(days).map_err(|_| out_of_range("days since 1970 that an i32 holds", value))
}

/// Milliseconds of the day as `TIME` has them.
pub(super) fn time_to_millis(nanos: i64, value: &Value) -> Result<i32, EncodeError> {
    i32::try_from(nanos / NANOS_PER_MILLI)
        .ok()
        .filter(|millis| nanos % NANOS_PER_MILLI == 0 && (0..MILLIS_PER_DAY).contains(millis))
        .ok_or_else(|| out_of_range("a time of day in whole milliseconds", value))
}

/// A time of day from `TIME`'s milliseconds.
pub(super) fn time_from_millis(millis: i32, offset: usize) -> Result<Value, DecodeError> {
    if (0..MILLIS_PER_DAY).contains(&millis) {
        return Ok(Value::Time(i64::from(millis) * NANOS_PER_MILLI));
    }
    Err(format::out_of_range(offset, "milliseconds of a day", millis))
}

/// A point in time.
pub(super) fn timestamp((seconds, nanos): (i64, u32)) -> Value {
    Value::Timestamp { seconds, nanos }
}

/// A point in time from milliseconds and nanoseconds of the millisecond.
pub(super) fn timestamp_from_millis(millis: i64, nano_of_milli: u32) -> Value {
    timestamp(timestamp_data::to_seconds(millis, nano_of_milli))
}

/// The milliseconds and nanoseconds of the millisecond of a point in time.
pub(super) fn timestamp_to_millis(kind: &Kind, value: &Value) -> Result<(i64, u32), EncodeError> {
    let Value::Timestamp { seconds, nanos } = value else { return Err(wrong_type(kind, value)) };
    timestamp_data::from_seconds(*seconds, *nanos)
        .filter(|_| *nanos < 1_000_000_000)
        .ok_or_else(|| out_of_range("milliseconds since 1970 that an i64 holds", value))
}

/// The milliseconds of a point in time that has no smaller part.
pub(super) fn whole_millis(kind: &Kind, value: &Value) -> Result<i64, EncodeError> {
    match timestamp_to_millis(kind, value)? {
        (millis, 0) => Ok(millis),
        _ => Err(out_of_range("a point in time in whole milliseconds", value)),
    }
}
