//! Dates and times as text in files.

use brookite_core::calendar;

use crate::numbers;

const SECOND: i64 = 1_000_000_000;

/// How points in time look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `2020-12-30 12:13:14.123`
    #[default]
    Sql,
    /// `2020-12-30T12:13:14.123`
    Iso,
}

impl TimestampFormat {
    fn between(self) -> char {
        match self {
            Self::Sql => ' ',
            Self::Iso => 'T',
        }
    }
}

/// Days since 1970-01-01 of `2020-12-30`.
pub(crate) fn date(text: &str) -> Option<i64> {
    let (text, sign) = text.strip_prefix('-').map_or((text, 1), |text| (text, -1));
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() < 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    calendar::days(
        sign * number(year)?,
        number(month)?.try_into().ok()?,
        number(day)?.try_into().ok()?,
    )
}

/// Nanoseconds of the day of `12:13:14.123`; seconds may be missing where ISO allows it.
pub(crate) fn time(text: &str, standard: TimestampFormat) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute, second] => (hour, minute, *second),
        [hour, minute] if standard == TimestampFormat::Iso && fraction.is_empty() => {
            (hour, minute, "00")
        }
        _ => return None,
    };
    if [*hour, *minute, second].iter().any(|part| part.len() != 2) || fraction.len() > 9 {
        return None;
    }
    if clock.len() < text.len() && fraction.is_empty() {
        return None;
    }
    let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let nanos = if fraction.is_empty() { 0 } else { number(&format!("{fraction:0<9}"))? };
    Some(((hour * 60 + minute) * 60 + second) * SECOND + nanos)
}

/// Seconds since 1970-01-01 and nanoseconds.
pub(crate) fn timestamp(text: &str, standard: TimestampFormat) -> Option<(i64, u32)> {
    let (day, clock) = text.split_once(standard.between())?;
    let (days, nanos) = (date(day)?, time(clock, standard)?);
    let seconds = days.checked_mul(86_400)? + nanos / SECOND;
    Some((seconds, u32::try_from(nanos % SECOND).ok()?))
}

/// The time of day with as many digits of the second as it has.
pub(crate) fn show_time(nanos_of_day: i64) -> String {
    let (seconds, nanos) = (nanos_of_day / SECOND, nanos_of_day % SECOND);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if nanos == 0 {
        return clock;
    }
    let fraction = format!("{nanos:09}");
    format!("{clock}.{}", fraction.trim_end_matches('0'))
}

/// Date and time of day.
pub(crate) fn show_timestamp(seconds: i64, nanos: u32, standard: TimestampFormat) -> String {
    let date = numbers::date(seconds.div_euclid(86_400));
    let time = show_time(seconds.rem_euclid(86_400) * SECOND + i64::from(nanos));
    format!("{date}{}{time}", standard.between())
}

fn number(digits: &str) -> Option<i64> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        for (text, standard) in [
            ("2020-12-30 12:13:14.123", TimestampFormat::Sql),
            ("1969-12-31T23:59:59.000000001", TimestampFormat::Iso),
            ("2024-02-29 00:00:00", TimestampFormat::Sql),
        ] {
            let (seconds, nanos) = timestamp(text, standard).unwrap();
            assert_eq!(show_timestamp(seconds, nanos, standard), text);
        }
        assert_eq!(timestamp("2020-12-30T12:13:14", TimestampFormat::Sql), None);
        assert_eq!(timestamp("2020-12-30T12:13", TimestampFormat::Iso), Some((1_609_330_380, 0)));
        assert_eq!(date("2023-02-29"), None);
        assert_eq!(time("24:00:00", TimestampFormat::Sql), None);
    }
}
