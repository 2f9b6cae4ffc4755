//! Numbers as people read them.

/// A count with commas between thousands: 1,234,567.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The middle one of some measurements; the mean of the two middle ones of an even number.
pub(crate) fn median(mut measurements: Vec<f64>) -> Option<f64> {
    measurements.sort_by(f64::total_cmp);
    let middle = measurements.len() / 2;
    let upper = measurements.get(middle)?;
    if measurements.len().is_multiple_of(2) {
        Some((measurements[middle - 1] + upper) / 2.0)
    } else {
        Some(*upper)
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, median};

    #[test]
    fn thousands_are_grouped() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")];
        for (count, text) in cases {
            assert_eq!(grouped(count), text);
        }
    }

    #[test]
    fn the_median_does_not_care_for_order() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(vec![]), None);
    }
}
