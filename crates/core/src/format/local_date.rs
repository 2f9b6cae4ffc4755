//! `LocalDate` as `LocalDateSerializer` writes it: i32 year, i8 month, i8 day. Null is the least i32,
//! then the least i16.

use crate::calendar;
use crate::coder::{DecodeError, EncodeError, EncodeErrorKind, Input};
use crate::format::{out_of_range, required};

const NULL: (i32, [u8; 2]) = (i32::MIN, i16::MIN.to_be_bytes());

/// Appends null.
pub(crate) fn encode_null(out: &mut Vec<u8>) {
    out.extend_from_slice(&NULL.0.to_be_bytes());
    out.extend_from_slice(&NULL.1);
}

/// Appends the date that is so many days after 1970-01-01.
pub(crate) fn encode(days: i64, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let date = calendar::date(days)
        .filter(|_| calendar::LOCAL_DAYS.contains(&days))
        .and_then(|(year, month, day)| Some((i32::try_from(year).ok()?, month, day)));
    let Some((year, month, day)) = date else {
        return Err(EncodeError::new(EncodeErrorKind::OutOfRange {
            expected: "a date that java.time.LocalDate has".to_owned(),
            found: format!("{days} days since 1970"),
        }));
    };
    out.extend_from_slice(&year.to_be_bytes());
    out.extend_from_slice(&[month, day]);
    Ok(())
}

/// Reads the days from 1970-01-01 to a date, which must not be null.
pub(crate) fn decode(input: &mut Input<'_>) -> Result<i64, DecodeError> {
    let offset = input.offset();
    required(decode_nullable(input)?, offset)
}

/// Reads the days from 1970-01-01 to a date, or `None` for null.
pub(crate) fn decode_nullable(input: &mut Input<'_>) -> Result<Option<i64>, DecodeError> {
    let offset = input.offset();
    let year = i32::from_be_bytes(input.array()?);
    let [month, day] = input.array()?;
    if (year, [month, day]) == NULL {
        return Ok(None);
    }
    let days = calendar::days(year.into(), month, day);
    match days.filter(|days| calendar::LOCAL_DAYS.contains(days)) {
        Some(days) => Ok(Some(days)),
        None => {
            let found = format!("year {year}, month {month}, day {day}");
            Err(out_of_range(offset, "a date of the calendar", found))
        }
    }
}
