//! Numbers that mean days, months or milliseconds: SQL's `DATE` and intervals, and the dates of
//! `java.sql` and `java.util`.

use chrono::{DateTime, NaiveDate, Utc};

use crate::coder::EncodeError;
use crate::format::{millis, sql_timestamp};
use crate::types::date_time::seconds;
use crate::types::own_view::{own_column, own_view};
use crate::types::{Key, Kind};

macro_rules! number {
    ($name:ident, $int:ty, $kind:expr, $size:literal, $read:ident, $write:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub $int);

        own_view! {
            $name, $kind,
            encode: |value, out| {
                out.extend_from_slice(&value.0.to_be_bytes());
                Ok(())
            },
            decode: |input| Ok(Self(<$int>::from_be_bytes(input.array()?))),
            describe: |value, f| write!(f, "{value:?}"),
        }

        own_column! {
            $name, size $size,
            read: |slots, index| slots.$read(index).map(Self),
            write: |value, slots, index| {
                slots.$write(index, value.0);
                Ok(())
            },
        }

        impl Key for $name {}
    };
}

number!(
    Date,
    i32,
    Kind::Date,
    4,
    read_i32,
    write_i32,
    "`DATE`, on a stream and in a column: days since 1970-01-01. `NaiveDate` is `DATE` in a column, and \
     Java's `LocalDate` on a stream."
);
number!(
    IntervalYearMonth,
    i32,
    Kind::IntervalYearMonth,
    4,
    read_i32,
    write_i32,
    "`INTERVAL YEAR TO MONTH`: months."
);
number!(
    IntervalDayTime,
    i64,
    Kind::IntervalDayTime,
    8,
    read_i64,
    write_i64,
    "`INTERVAL DAY TO SECOND`: milliseconds."
);

impl TryFrom<Date> for NaiveDate {
    type Error = DateRangeError;

    fn try_from(date: Date) -> Result<Self, DateRangeError> {
        NaiveDate::from_epoch_days(date.0).ok_or(DateRangeError(date.0))
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }
}

/// A `DATE` beyond chrono's years, -262143 to 262142.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date that chrono has, found {0} days since 1970")]
pub struct DateRangeError(i32);

macro_rules! millis {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        /// Milliseconds since 1970-01-01T00:00:00Z. The least `i64` is Flink's null, so it is an error.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        own_view! {
            $name, Kind::$name,
            encode: |value, out| millis::encode(value.0, out),
            decode: |input| millis::decode(input).map(Self),
            null: millis::encode_null, |input| Ok(millis::decode_nullable(input)?.map(Self)),
            describe: |value, f| write!(f, "{value:?}"),
        }

        impl Key for $name {}
    };
}

millis!(SqlDate, "Java's `java.sql.Date`, on a stream.");
millis!(SqlTime, "Java's `java.sql.Time`, on a stream.");
millis!(UtilDate, "Java's `java.util.Date`, on a stream.");

/// Java's `java.sql.Timestamp`, on a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SqlTimestamp {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub seconds: i64,
    /// Nanoseconds of the second, 0 to 999,999,999.
    pub nanos: u32,
}

impl TryFrom<DateTime<Utc>> for SqlTimestamp {
    type Error = EncodeError;

    /// Turns down leap seconds.
    fn try_from(value: DateTime<Utc>) -> Result<Self, EncodeError> {
        seconds(value).map(|(seconds, nanos)| Self { seconds, nanos })
    }
}

own_view! {
    SqlTimestamp, Kind::SqlTimestamp,
    encode: |value, out| sql_timestamp::encode(value.seconds, value.nanos, out),
    decode: |input| {
        sql_timestamp::decode(input).map(|(seconds, nanos)| Self { seconds, nanos })
    },
    null: sql_timestamp::encode_null, |input| {
        let parts = sql_timestamp::decode_nullable(input)?;
        Ok(parts.map(|(seconds, nanos)| Self { seconds, nanos }))
    },
    describe: |value, f| write!(f, "{value:?}"),
}

impl Key for SqlTimestamp {}
