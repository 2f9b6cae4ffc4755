//! Numbers, dates and times as text, the way Java writes them.

use bigdecimal::BigDecimal;
use brookite_core::calendar;
use num_bigint::BigInt;

/// A date, `2024-02-29`.
pub fn date(days: i64) -> String {
    match calendar::date(days) {
        Some((year, month, day)) => {
            let sign = if year > 9999 { "+" } else { "" };
            let (minus, year) = if year < 0 { ("-", -year) } else { ("", year) };
            format!("{sign}{minus}{year:04}-{month:02}-{day:02}")
        }
        None => format!("{days} days since 1970-01-01"),
    }
}

/// A time of day as Java's `LocalTime` shows it: without seconds if there are none, and with 3, 6 or 9
/// digits of them.
pub fn time(nanos_of_day: i64) -> String {
    let (seconds, nanos) = (nanos_of_day / 1_000_000_000, nanos_of_day % 1_000_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = match nanos {
        0 if second == 0 => return format!("{hour:02}:{minute:02}"),
        0 => String::new(),
        nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
        nanos if nanos % 1_000 == 0 => format!(".{:06}", nanos / 1_000),
        nanos => format!(".{nanos:09}"),
    };
    format!("{hour:02}:{minute:02}:{second:02}{fraction}")
}

/// A decimal without exponent.
pub fn decimal(unscaled: &BigInt, scale: i32) -> String {
    let digits = unscaled.magnitude().to_string();
    let sign = if unscaled.sign() == num_bigint::Sign::Minus { "-" } else { "" };
    let Some(scale) = usize::try_from(scale).ok().filter(|scale| *scale > 0) else {
        return format!("{sign}{digits}{}", "0".repeat(scale.unsigned_abs() as usize));
    };
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    format!("{sign}{whole}.{fraction}")
}

/// A decimal as Jackson writes it in Flink's formats: without zeros at the end, as Java's
/// `BigDecimal.toString` shows that. Thousands are `1E+3`.
pub fn big_decimal(unscaled: &BigInt, scale: i64) -> String {
    let stripped = BigDecimal::new(unscaled.clone(), scale).normalized();
    let (unscaled, scale) = stripped.as_bigint_and_exponent();
    let digits = unscaled.magnitude().to_string();
    let exponent = digits.len() as i64 - 1 - scale;
    match i32::try_from(scale) {
        Ok(scale) if scale >= 0 && exponent >= -6 => return decimal(&unscaled, scale),
        _ => {}
    }
    let sign = if unscaled.sign() == num_bigint::Sign::Minus { "-" } else { "" };
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{rest}E{exponent:+}")
}

/// A `double` as Java's `Double.toString` shows it.
pub fn double(value: f64) -> String {
    floating(value, &format!("{value:e}"))
}

/// A `float` as Java's `Float.toString` shows it.
pub fn float(value: f32) -> String {
    floating(f64::from(value), &format!("{value:e}"))
}

/// From `d.ddde±x`: with an exponent where the number is below 0.001 or from ten millions on.
fn floating(value: f64, scientific: &str) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if value != 0.0 && !(-3..7).contains(&exponent) {
        let rest = if rest.is_empty() { "0" } else { rest };
        return format!("{sign}{first}.{rest}E{exponent}");
    }
    let digits = format!("{first}{rest}");
    if exponent < 0 {
        let zeros = "0".repeat((-exponent - 1) as usize);
        return format!("{sign}0.{zeros}{digits}");
    }
    let whole = exponent as usize + 1;
    let digits = format!("{digits:0<width$}", width = whole + 1);
    let (whole, fraction) = digits.split_at(whole);
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_look_as_in_java() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (-12.5, "-12.5"),
            (0.001, "0.001"),
            (0.00012, "1.2E-4"),
            (9_999_999.0, "9999999.0"),
            (1e7, "1.0E7"),
            (1.5e300, "1.5E300"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        cases.into_iter().for_each(|(value, text)| assert_eq!(double(value), text));
        assert_eq!(float(0.1), "0.1");
    }

    #[test]
    fn decimals_have_all_their_digits() {
        assert_eq!(decimal(&BigInt::from(-5), 2), "-0.05");
        assert_eq!(decimal(&BigInt::from(1234), 2), "12.34");
        assert_eq!(decimal(&BigInt::from(12), -2), "1200");
    }

    #[test]
    fn decimals_in_files_have_no_zeros_at_the_end() {
        // As Flink 2.3 writes them, in JSON and in CSV.
        for (unscaled, scale, text) in [
            (237_442_000_000_i64, 8, "2374.42"),
            (100_000, 2, "1E+3"),
            (0, 2, "0"),
            (10, 8, "1E-7"),
            (-1050, 2, "-10.5"),
            (1_227_616_000_000, 5, "1.227616E+7"),
        ] {
            assert_eq!(big_decimal(&BigInt::from(unscaled), scale), text);
        }
    }

    #[test]
    fn times_show_what_they_have() {
        assert_eq!(time(0), "00:00");
        assert_eq!(time(3_600_000_000_000 + 1_000_000_000), "01:00:01");
        assert_eq!(time(1_000_000), "00:00:00.001");
        assert_eq!(date(19_782), "2024-02-29");
    }
}
