//! The types of the `chrono` crate: Java's `LocalDate`, `LocalTime`, `LocalDateTime` and `Instant` on a
//! stream; `DATE`, `TIME(9)`, `TIMESTAMP(9)` and `TIMESTAMP_LTZ(9)` in a column, which is also what Flink
//! takes Java's classes for.
//!
//! Chrono is the crate that most others speak, and it is used without its clocks and time zones. It
//! reaches from the year -262143 to 262142; Java reaches further, and what lies beyond is an error, as is
//! a leap second, which Java does not have. Columns of other precisions, and cheaper ones, are
//! [`Timestamp`](crate::types::Timestamp), [`TimestampLtz`](crate::types::TimestampLtz) and
//! [`Time`](crate::types::Time).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use crate::coder::{DecodeError, EncodeError, EncodeErrorKind};
use crate::format::{instant, local_date, local_date_time, local_time, out_of_range};
use crate::types::own_view::{own_column, own_view};
use crate::types::{Key, Kind, Time, Timestamp, TimestampLtz};

const NANOS_PER_SECOND: u32 = 1_000_000_000;

own_view! {
    NaiveDate, Kind::LocalDate,
    encode: |value, out| local_date::encode(value.to_epoch_days().into(), out),
    decode: |input| {
        let offset = input.offset();
        local_date::decode(input).and_then(|days| date(days, offset))
    },
    null: local_date::encode_null, |input| {
        let offset = input.offset();
        local_date::decode_nullable(input)?.map(|days| date(days, offset)).transpose()
    },
    describe: |value, f| write!(f, "{value}"),
}

own_column! {
    NaiveDate, type Kind::Date, size 4,
    read: |slots, index| date(slots.read_i32(index)?.into(), slots.slot_offset(index)),
    write: |value, slots, index| {
        slots.write_i32(index, value.to_epoch_days());
        Ok(())
    },
}

own_view! {
    NaiveTime, Kind::LocalTime,
    encode: |value, out| local_time::encode(nanos_of_day(*value)?, out),
    decode: |input| {
        let offset = input.offset();
        local_time::decode(input).and_then(|nanos| time(nanos, offset))
    },
    null: local_time::encode_null, |input| {
        let offset = input.offset();
        local_time::decode_nullable(input)?.map(|nanos| time(nanos, offset)).transpose()
    },
    describe: |value, f| write!(f, "{value}"),
}

own_column! {
    NaiveTime, type Kind::Time(9), size 4,
    read: |slots, index| {
        let millis = Time::<9>::read(slots, index)?.millis();
        time(i64::from(millis) * 1_000_000, slots.slot_offset(index))
    },
    write: |value, slots, index| Time::<9>::write(&Time::try_from(*value)?, slots, index),
}

own_view! {
    NaiveDateTime, Kind::LocalDateTime,
    encode: |value, out| {
        let (seconds, nanos) = seconds(value.and_utc())?;
        local_date_time::encode(seconds, nanos, out)
    },
    decode: |input| {
        let offset = input.offset();
        local_date_time::decode(input).and_then(|parts| point(parts, offset)).map(|it| it.naive_utc())
    },
    null: local_date_time::encode_null, |input| {
        let offset = input.offset();
        let parts = local_date_time::decode_nullable(input)?;
        parts.map(|parts| point(parts, offset).map(|it| it.naive_utc())).transpose()
    },
    describe: |value, f| write!(f, "{value}"),
}

own_column! {
    NaiveDateTime, type Kind::Timestamp(9), size 8,
    read: |slots, index| {
        let timestamp = Timestamp::<9>::read(slots, index)?;
        NaiveDateTime::try_from(timestamp).map_err(|error| error.into_decode(slots.slot_offset(index)))
    },
    write: |value, slots, index| Timestamp::<9>::write(&Timestamp::try_from(*value)?, slots, index),
}

own_view! {
    DateTime<Utc>, Kind::Instant,
    encode: |value, out| {
        let (seconds, nanos) = seconds(*value)?;
        instant::encode(seconds, nanos, out)
    },
    decode: |input| {
        let offset = input.offset();
        instant::decode(input).and_then(|parts| point(parts, offset))
    },
    null: instant::encode_null, |input| {
        let offset = input.offset();
        instant::decode_nullable(input)?.map(|parts| point(parts, offset)).transpose()
    },
    describe: |value, f| write!(f, "{value:?}"),
}

own_column! {
    DateTime<Utc>, type Kind::TimestampLtz(9), size 8,
    read: |slots, index| {
        let timestamp = TimestampLtz::<9>::read(slots, index)?;
        DateTime::try_from(timestamp).map_err(|error| error.into_decode(slots.slot_offset(index)))
    },
    write: |value, slots, index| {
        TimestampLtz::<9>::write(&TimestampLtz::try_from(*value)?, slots, index)
    },
}

impl Key for NaiveDate {}
impl Key for NaiveTime {}
impl Key for NaiveDateTime {}
impl Key for DateTime<Utc> {}

/// The date of that many days after 1970-01-01.
fn date(days: i64, offset: usize) -> Result<NaiveDate, DecodeError> {
    i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).ok_or_else(|| {
        out_of_range(offset, "a date that chrono has", format!("{days} days since 1970"))
    })
}

/// The time of day that many nanoseconds after midnight.
fn time(nanos: i64, offset: usize) -> Result<NaiveTime, DecodeError> {
    let per_second = i64::from(NANOS_PER_SECOND);
    u32::try_from(nanos.div_euclid(per_second))
        .ok()
        .zip(u32::try_from(nanos.rem_euclid(per_second)).ok())
        .and_then(|(seconds, nanos)| NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos))
        .ok_or_else(|| out_of_range(offset, "nanoseconds of a day", nanos))
}

/// The nanoseconds since midnight.
pub(crate) fn nanos_of_day(time: NaiveTime) -> Result<i64, EncodeError> {
    let (seconds, nanos) = (time.num_seconds_from_midnight(), no_leap(time.nanosecond(), time)?);
    Ok(i64::from(seconds) * i64::from(NANOS_PER_SECOND) + i64::from(nanos))
}

/// Chrono tells a leap second as a second of more than 10^9 nanoseconds.
fn no_leap(nanos: u32, found: impl ToString) -> Result<u32, EncodeError> {
    if nanos < NANOS_PER_SECOND {
        return Ok(nanos);
    }
    Err(EncodeError::new(EncodeErrorKind::OutOfRange {
        expected: "a time that is no leap second".to_owned(),
        found: found.to_string(),
    }))
}

/// Seconds and nanoseconds since 1970.
pub(crate) fn seconds(value: DateTime<Utc>) -> Result<(i64, u32), EncodeError> {
    Ok((value.timestamp(), no_leap(value.timestamp_subsec_nanos(), value)?))
}

/// The point in time that many seconds and nanoseconds after 1970.
fn point((seconds, nanos): (i64, u32), offset: usize) -> Result<DateTime<Utc>, DecodeError> {
    DateTime::from_timestamp(seconds, nanos).ok_or_else(|| {
        let found = format!("{seconds} s since 1970");
        out_of_range(offset, "a point in time that chrono has", found)
    })
}
