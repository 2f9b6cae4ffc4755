//! Decimals as Java's `BigDecimal.toString` spells them.

use num_bigint::BigInt;

/// The unscaled value and the scale of a decimal; `None` when the text is none.
pub fn parse(text: &str) -> Option<(BigInt, i32)> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(unsigned) || !digits(fraction) || (unsigned.is_empty() && fraction.is_empty()) {
        return None;
    }
    let unscaled = format!("{whole}{fraction}").parse().ok()?;
    let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    Some((unscaled, i32::try_from(scale).ok()?))
}

/// The text of a decimal: with an exponent when the scale is negative or the number below 10^-6.
pub fn print(unscaled: &BigInt, scale: i32) -> String {
    let text = unscaled.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let Ok(count) = i64::try_from(digits.len()) else { return text };
    let adjusted = count - 1 - i64::from(scale);
    if scale == 0 {
        return text;
    }
    if scale > 0 && adjusted >= -6 {
        let width = usize::try_from(scale).unwrap_or(0) + 1;
        let padded = format!("{digits:0>width$}");
        let (whole, fraction) = padded.split_at(padded.len() - (width - 1));
        return format!("{sign}{whole}.{fraction}");
    }
    let (first, others) = digits.split_at(1);
    let point = if others.is_empty() { "" } else { "." };
    match adjusted {
        0 => format!("{sign}{first}{point}{others}"),
        _ => format!("{sign}{first}{point}{others}E{adjusted:+}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_spelled_as_java_does() {
        for (unscaled, scale, text) in [
            (0, 0, "0"),
            (0, 2, "0.00"),
            (0, -3, "0E+3"),
            (1, -3, "1E+3"),
            (-123, -1, "-1.23E+3"),
            (-123, 2, "-1.23"),
            (5, 6, "0.000005"),
            (5, 7, "5E-7"),
            (12, 8, "1.2E-7"),
            (1, i32::MAX, "1E-2147483647"),
            (1, i32::MIN, "1E+2147483648"),
        ] {
            assert_eq!(print(&unscaled.into(), scale), text);
            assert_eq!(parse(text), Some((unscaled.into(), scale)));
        }
        assert_eq!(parse("1e3"), Some((1.into(), -3)));
        for text in ["", ".", "-", "1E", "1.2.3", "--1", "1_0", "0x1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
