//! The calendar of `java.time`: days since 1970-01-01 to year, month and day, and back.
//!
//! Java's `LocalDate`, and with it SQL's `DATE`, counts years without a gap (year 0 is 1 BC) and applies
//! the Gregorian leap years to all of them, over a range of two billion years. Rust's calendar crates
//! stop far earlier, which is why this module exists; dates in reach of `chrono` convert to its types.

use std::ops::RangeInclusive;

/// The first and the last day of `LocalDate`, as days since 1970-01-01: the years -999,999,999 to
/// 999,999,999.
pub const LOCAL_DAYS: RangeInclusive<i64> = -365_243_219_162..=365_241_780_471;

/// The first and the last second of `Instant`, since 1970-01-01T00:00:00Z: a year more at either end.
pub const INSTANT_SECONDS: RangeInclusive<i64> = -31_557_014_167_219_200..=31_556_889_864_403_199;

/// The years of [`INSTANT_SECONDS`], which are those that the functions here know.
const YEARS: RangeInclusive<i64> = -1_000_000_000..=1_000_000_000;
const DAYS: RangeInclusive<i64> = -365_243_219_528..=365_241_780_837;

/// Nanoseconds of a day.
pub const NANOS_PER_DAY: i64 = 86_400_000_000_000;

/// The calendar repeats itself after so many years, which are so many days.
const CYCLE_YEARS: i64 = 400;
const CYCLE_DAYS: i64 = 146_097;

/// Days from 0000-03-01 to 1970-01-01. A year that starts in March has its leap day at its end.
const MARCH_OF_YEAR_0: i64 = 719_468;

/// Year, month (1 to 12) and day of the month of a day; `None` in a year that `Instant`
/// does not have.
///
/// ```
/// use brookite_core::calendar;
///
/// assert_eq!(calendar::date(0), Some((1970, 1, 1)));
/// assert_eq!(calendar::date(19_782), Some((2024, 2, 29)));
/// assert_eq!(calendar::days(2024, 2, 29), Some(19_782));
/// assert_eq!(calendar::days(2023, 2, 29), None);
/// ```
pub fn date(days: i64) -> Option<(i64, u8, u8)> {
    if !DAYS.contains(&days) {
        return None;
    }
    let days = days + MARCH_OF_YEAR_0;
    let (cycle, day_of_cycle) = (days.div_euclid(CYCLE_DAYS), days.rem_euclid(CYCLE_DAYS));
    // A leap day every 1,461 days, but for the last of each century, but for the last of the cycle.
    let leap_days = day_of_cycle / 1_460 - day_of_cycle / 36_524 + day_of_cycle / (CYCLE_DAYS - 1);
    let year_of_cycle = (day_of_cycle - leap_days) / 365;
    let day_of_year = day_of_cycle - days_before_year(year_of_cycle);
    // 0 is March; five months from March on, and from August on, have 153 days.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - days_before_month(month_from_march) + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = cycle * CYCLE_YEARS + year_of_cycle + i64::from(month <= 2);
    Some((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

/// Days since 1970-01-01; `None` when there is no such date, or none that `Instant` has.
pub fn days(year: i64, month: u8, day: u8) -> Option<i64> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    if !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let year = year - i64::from(month <= 2);
    let (cycle, year_of_cycle) = (year.div_euclid(CYCLE_YEARS), year.rem_euclid(CYCLE_YEARS));
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = days_before_month(month_from_march) + i64::from(day) - 1;
    Some(cycle * CYCLE_DAYS + days_before_year(year_of_cycle) + day_of_year - MARCH_OF_YEAR_0)
}

fn days_in_month(year: i64, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_before_year(year_of_cycle: i64) -> i64 {
    year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100
}

fn days_before_month(month_from_march: i64) -> i64 {
    (153 * month_from_march + 2) / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_one_another_over_two_cycles() {
        let mut expected = (1600, 1, 1);
        let first = days(1600, 1, 1).unwrap();
        // Miri takes as long for two years as the processor for two cycles.
        let days_to_see = if cfg!(miri) { 800 } else { 2 * CYCLE_DAYS + 366 };
        for day in first..first + days_to_see {
            assert_eq!(date(day), Some(expected), "{day}");
            let (year, month, day_of_month) = expected;
            assert_eq!(days(year, month, day_of_month), Some(day), "{expected:?}");
            expected = if day_of_month < days_in_month(year, month) {
                (year, month, day_of_month + 1)
            } else if month < 12 {
                (year, month + 1, 1)
            } else {
                (year + 1, 1, 1)
            };
        }
    }

    #[test]
    fn the_ends_are_those_of_java() {
        assert_eq!(date(*DAYS.start()), Some((*YEARS.start(), 1, 1)));
        assert_eq!(date(*DAYS.end()), Some((*YEARS.end(), 12, 31)));
        assert_eq!(DAYS.start() * 86_400, *INSTANT_SECONDS.start());
        assert_eq!(DAYS.end() * 86_400 + 86_399, *INSTANT_SECONDS.end());
        assert_eq!(days(-999_999_999, 1, 1), Some(*LOCAL_DAYS.start()));
        assert_eq!(days(999_999_999, 12, 31), Some(*LOCAL_DAYS.end()));
        assert_eq!((date(DAYS.end() + 1), date(i64::MIN)), (None, None));
        assert_eq!(days(1, 1, 1), Some(-719_162));
    }

    #[test]
    fn what_is_no_date_has_no_days() {
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0)]
        {
            assert_eq!(days(year, month, day), None);
        }
    }
}
