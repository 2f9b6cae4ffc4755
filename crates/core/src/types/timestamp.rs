//! [`Timestamp`], [`TimestampLtz`] and [`Time`]: SQL's times, with their precision.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use crate::coder::{DecodeError, EncodeError, EncodeErrorKind};
use crate::format::{out_of_range, timestamp_data};
use crate::types::date_time::{nanos_of_day, seconds};
use crate::types::own_view::{own_column, own_view};
use crate::types::{Key, Kind};

const NANOS_PER_MILLI: u32 = 1_000_000;
const MILLIS_PER_DAY: i32 = 86_400_000;

/// A point in time that the other type does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct TimeRangeError {
    expected: &'static str,
    found: String,
}

impl TimeRangeError {
    pub(crate) fn into_decode(self, offset: usize) -> DecodeError {
        out_of_range(offset, self.expected, self.found)
    }
}

impl From<TimeRangeError> for EncodeError {
    fn from(error: TimeRangeError) -> Self {
        let (expected, found) = (error.expected.to_owned(), error.found);
        EncodeError::new(EncodeErrorKind::OutOfRange { expected, found })
    }
}

/// Turns down a fraction of a second of more than `precision` digits.
fn check_digits(millis: i64, nano_of_milli: u32, precision: u8) -> Result<(), EncodeError> {
    // Checked: the remainder is below 1,000.
    let nanos = millis.rem_euclid(1_000) as u32 * NANOS_PER_MILLI + nano_of_milli;
    if precision >= 9 || nanos.is_multiple_of(10u32.pow(9 - u32::from(precision))) {
        return Ok(());
    }
    Err(EncodeError::new(EncodeErrorKind::OutOfRange {
        expected: format!("at most {precision} digits of a second's fraction"),
        found: format!("{nanos} ns"),
    }))
}

macro_rules! timestamp {
    ($name:ident, $kind:ident, $chrono:ty, $to_utc:expr, $from_utc:expr, $doc:literal) => {
        #[doc = $doc]
        ///
        /// Milliseconds and nanoseconds of the millisecond, as Flink holds it: copied freely, compared
        /// as a number, and read from a row without arithmetic. Calendars are chrono's: convert with
        /// `TryFrom`. A fraction of more than `P` digits is an error when it is written.
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name<const P: u8> {
            millis: i64,
            nano_of_milli: u32,
        }

        impl<const P: u8> $name<P> {
            /// Turned down by the compiler when there is no such type.
            const CHECKED: () = assert!(P <= 9, "a second's fraction has at most 9 digits");

            /// So many milliseconds after 1970-01-01T00:00.
            #[inline]
            pub fn from_millis(millis: i64) -> Self {
                Self { millis, nano_of_milli: 0 }
            }

            /// So many milliseconds and nanoseconds after 1970-01-01T00:00; `None` when the nanoseconds
            /// are a millisecond or more.
            #[inline]
            pub fn new(millis: i64, nano_of_milli: u32) -> Option<Self> {
                (nano_of_milli < NANOS_PER_MILLI).then_some(Self { millis, nano_of_milli })
            }

            /// Milliseconds since 1970-01-01T00:00, rounded down.
            #[inline]
            pub fn millis(self) -> i64 {
                self.millis
            }

            /// Nanoseconds of the millisecond, 0 to 999,999.
            #[inline]
            pub fn nano_of_milli(self) -> u32 {
                self.nano_of_milli
            }
        }

        impl<const P: u8> TryFrom<$chrono> for $name<P> {
            type Error = EncodeError;

            /// Turns down leap seconds.
            fn try_from(value: $chrono) -> Result<Self, EncodeError> {
                let to_utc: fn($chrono) -> DateTime<Utc> = $to_utc;
                let (seconds, nanos) = seconds(to_utc(value))?;
                match timestamp_data::from_seconds(seconds, nanos) {
                    Some((millis, nano_of_milli)) => Ok(Self { millis, nano_of_milli }),
                    None => Err(EncodeError::from(TimeRangeError {
                        expected: "milliseconds since 1970 that an i64 holds",
                        found: value.to_string(),
                    })),
                }
            }
        }

        impl<const P: u8> TryFrom<$name<P>> for $chrono {
            type Error = TimeRangeError;

            /// Turns down what lies beyond chrono's years, -262143 to 262142.
            fn try_from(value: $name<P>) -> Result<Self, TimeRangeError> {
                let from_utc: fn(DateTime<Utc>) -> $chrono = $from_utc;
                let (seconds, nanos) =
                    timestamp_data::to_seconds(value.millis, value.nano_of_milli);
                DateTime::from_timestamp(seconds, nanos).map(from_utc).ok_or_else(|| {
                    TimeRangeError {
                        expected: "a point in time that chrono has",
                        found: format!("{seconds} s since 1970"),
                    }
                })
            }
        }

        impl<const P: u8> fmt::Debug for $name<P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match <$chrono>::try_from(*self) {
                    Ok(value) => write!(f, "{value:?}"),
                    Err(_) => write!(f, "{} ms and {} ns", self.millis, self.nano_of_milli),
                }
            }
        }

        own_view! {
            const [P] $name<P>, {
                let () = Self::CHECKED;
                Kind::$kind(P)
            },
            encode: |value, out| {
                check_digits(value.millis, value.nano_of_milli, P)?;
                timestamp_data::encode(value.millis, value.nano_of_milli, P, out)
            },
            decode: |input| {
                let (millis, nano_of_milli) = timestamp_data::decode(input, P)?;
                Ok(Self { millis, nano_of_milli })
            },
            describe: |value, f| write!(f, "{value:?}"),
        }

        own_column! {
            const [P] $name<P>, size 8,
            read: |slots, index| {
                let (millis, nano_of_milli) = slots.read_timestamp(index, P)?;
                Ok(Self { millis, nano_of_milli })
            },
            write: |value, slots, index| {
                check_digits(value.millis, value.nano_of_milli, P)?;
                slots.write_timestamp(index, value.millis, value.nano_of_milli, P)
            },
        }

        impl<const P: u8> Key for $name<P> {}
    };
}

timestamp!(
    Timestamp,
    Timestamp,
    NaiveDateTime,
    |value| value.and_utc(),
    |value| value.naive_utc(),
    "`TIMESTAMP(P)`: a date and a time of day, in no zone."
);
timestamp!(
    TimestampLtz,
    TimestampLtz,
    DateTime<Utc>,
    |value| value,
    |value| value,
    "`TIMESTAMP_LTZ(P)`: a point in time."
);

/// `TIME(P)`: a time of day. Flink holds milliseconds, whatever `P` is; one of more digits than `P`,
/// and one of more than three, is an error when it is written.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time<const P: u8>(i32);

impl<const P: u8> Time<P> {
    /// Turned down by the compiler when there is no such type.
    const CHECKED: () = assert!(P <= 9, "a second's fraction has at most 9 digits");

    /// So many milliseconds after midnight; `None` when that is another day.
    #[inline]
    pub fn from_millis(millis: i32) -> Option<Self> {
        (0..MILLIS_PER_DAY).contains(&millis).then_some(Self(millis))
    }

    /// Milliseconds since midnight.
    #[inline]
    pub fn millis(self) -> i32 {
        self.0
    }

    fn read_millis(millis: i32, offset: usize) -> Result<Self, DecodeError> {
        Self::from_millis(millis)
            .ok_or_else(|| out_of_range(offset, "milliseconds of a day", millis))
    }
}

impl<const P: u8> TryFrom<NaiveTime> for Time<P> {
    type Error = EncodeError;

    /// Turns down leap seconds and fractions of a millisecond.
    fn try_from(value: NaiveTime) -> Result<Self, EncodeError> {
        let nanos = nanos_of_day(value)?;
        let per_milli = i64::from(NANOS_PER_MILLI);
        i32::try_from(nanos / per_milli)
            .ok()
            .filter(|_| nanos % per_milli == 0)
            .and_then(Self::from_millis)
            .ok_or_else(|| {
                EncodeError::from(TimeRangeError {
                    expected: "a time of day in whole milliseconds",
                    found: value.to_string(),
                })
            })
    }
}

impl<const P: u8> From<Time<P>> for NaiveTime {
    fn from(value: Time<P>) -> Self {
        let millis = value.0.unsigned_abs();
        NaiveTime::from_num_seconds_from_midnight_opt(
            millis / 1_000,
            millis % 1_000 * NANOS_PER_MILLI,
        )
        .expect("a Time is less than a day")
    }
}

impl<const P: u8> fmt::Debug for Time<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", NaiveTime::from(*self))
    }
}

own_view! {
    const [P] Time<P>, {
        let () = Self::CHECKED;
        Kind::Time(P)
    },
    encode: |value, out| {
        check_digits(value.0.into(), 0, P)?;
        out.extend_from_slice(&value.0.to_be_bytes());
        Ok(())
    },
    decode: |input| {
        let offset = input.offset();
        Self::read_millis(i32::from_be_bytes(input.array()?), offset)
    },
    describe: |value, f| write!(f, "{value:?}"),
}

own_column! {
    const [P] Time<P>, size 4,
    read: |slots, index| Self::read_millis(slots.read_i32(index)?, slots.slot_offset(index)),
    write: |value, slots, index| {
        check_digits(value.0.into(), 0, P)?;
        slots.write_i32(index, value.0);
        Ok(())
    },
}

impl<const P: u8> Key for Time<P> {}
