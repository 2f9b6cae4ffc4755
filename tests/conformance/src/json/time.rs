//! Dates and times as the `toString` of `java.time` spells them.

use brookite_core::calendar;

const SECONDS_PER_DAY: i64 = 86_400;
const NANOS_PER_SECOND: i64 = 1_000_000_000;

/// Days since 1970-01-01 of a `LocalDate`.
pub fn parse_date(text: &str) -> Option<i64> {
    let (rest, day) = text.rsplit_once('-')?;
    let (year, month) = rest.rsplit_once('-')?;
    let digits = year.strip_prefix(['-', '+']).unwrap_or(year);
    if digits.len() < 4 {
        return None;
    }
    number(digits)?;
    calendar::days(year.parse().ok()?, two_digits(month)?, two_digits(day)?)
}

/// Nanoseconds since midnight of a `LocalTime`.
pub fn parse_time(text: &str) -> Option<i64> {
    let (time, fraction) = match text.split_once('.') {
        Some((time, fraction)) => (time, nanos(fraction)?),
        None => (text, 0),
    };
    let mut parts = time.split(':').map(two_digits);
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(second) => second?,
        None if fraction == 0 && !text.contains('.') => 0,
        None => return None,
    };
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    Some(seconds * NANOS_PER_SECOND + fraction)
}

/// Seconds and nanoseconds since 1970, as if in UTC, of a `LocalDateTime`.
pub fn parse_date_time(text: &str) -> Option<(i64, u32)> {
    let (date, time) = text.split_once('T')?;
    let (days, nanos) = (parse_date(date)?, parse_time(time)?);
    let seconds = days * SECONDS_PER_DAY + nanos / NANOS_PER_SECOND;
    Some((seconds, u32::try_from(nanos % NANOS_PER_SECOND).ok()?))
}

/// Seconds and nanoseconds since 1970 of an `Instant`.
pub fn parse_instant(text: &str) -> Option<(i64, u32)> {
    parse_date_time(text.strip_suffix('Z')?)
}

/// A `LocalDate`; `None` in years that Java does not have.
pub fn print_date(days: i64) -> Option<String> {
    let (year, month, day) = calendar::date(days)?;
    let sign = match year {
        ..0 => "-",
        0..=9_999 => "",
        _ => "+",
    };
    Some(format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs()))
}

/// A `LocalTime`: seconds, and their fraction in threes of digits, only as far as needed.
pub fn print_time(nanos: i64) -> String {
    let (seconds, nanos) = (nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    let short = format!("{:02}:{:02}", seconds / 3_600, seconds / 60 % 60);
    match (seconds % 60, nanos) {
        (0, 0) => short,
        (second, _) => format!("{short}:{second:02}{}", fraction(nanos)),
    }
}

/// A `LocalDateTime`; `None` in years that Java does not have.
pub fn print_date_time(seconds: i64, nanos: u32) -> Option<String> {
    let (days, second) = days_and_seconds(seconds);
    let time = print_time(second * NANOS_PER_SECOND + i64::from(nanos));
    Some(format!("{}T{time}", print_date(days)?))
}

/// An `Instant`, always with its seconds; `None` in years that Java does not have.
pub fn print_instant(seconds: i64, nanos: u32) -> Option<String> {
    let (days, second) = days_and_seconds(seconds);
    let (hour, minute, fraction) = (second / 3_600, second / 60 % 60, fraction(nanos.into()));
    let date = print_date(days)?;
    Some(format!("{date}T{hour:02}:{minute:02}:{:02}{fraction}Z", second % 60))
}

fn days_and_seconds(seconds: i64) -> (i64, i64) {
    (seconds.div_euclid(SECONDS_PER_DAY), seconds.rem_euclid(SECONDS_PER_DAY))
}

fn fraction(nanos: i64) -> String {
    match nanos {
        0 => String::new(),
        _ if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
        _ if nanos % 1_000 == 0 => format!(".{:06}", nanos / 1_000),
        _ => format!(".{nanos:09}"),
    }
}

fn number(digits: &str) -> Option<()> {
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
}

fn two_digits(text: &str) -> Option<u8> {
    number(text)?;
    if text.len() == 2 { text.parse().ok() } else { None }
}

/// Digits of a second's fraction; what is beyond nanoseconds must be zero.
fn nanos(digits: &str) -> Option<i64> {
    number(digits)?;
    let (nanos, beyond) = digits.split_at(digits.len().min(9));
    if beyond.bytes().any(|digit| digit != b'0') {
        return None;
    }
    format!("{nanos:0<9}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spelled_as_java_does() {
        for (days, text) in [
            (19_782, "2024-02-29"),
            (-735_160, "-0044-03-15"),
            (2_932_897, "+10000-01-01"),
            (-719_528, "0000-01-01"),
        ] {
            assert_eq!(parse_date(text).and_then(print_date).as_deref(), Some(text));
            assert!(text.starts_with('-') || parse_date(text) == Some(days), "{text}");
        }
        for text in ["00:00", "12:30:01", "23:59:59.999999999", "00:00:00.001", "00:00:00.000100"] {
            assert_eq!(print_time(parse_time(text).unwrap()), text);
        }
        for text in ["1969-12-31T23:59:59.999Z", "-1000000000-01-01T00:00:00Z"] {
            let (seconds, nanos) = parse_instant(text).unwrap();
            assert_eq!(print_instant(seconds, nanos).as_deref(), Some(text));
        }
        let (seconds, nanos) = parse_date_time("2024-02-29T12:00").unwrap();
        assert_eq!(print_date_time(seconds, nanos).as_deref(), Some("2024-02-29T12:00"));
        assert_eq!(parse_time("00:00:00.5000000000"), Some(500_000_000));
        assert_eq!(parse_time("12:30:00"), parse_time("12:30"));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["24:00", "12", "12:60", "1:00", "12:00.5", "00:00:00.", "00:00:00.0000000001"]
        {
            assert_eq!(parse_time(text), None, "{text}");
        }
        for text in ["2023-02-29", "24-01-01", "2024-1-01", "2024-01", "x024-01-01"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
