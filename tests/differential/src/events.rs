//! The events: a key, and a number that no other event has.

/// The numbers of events as text.
pub(crate) fn numbers(events: &[(i64, i64)], sorted: bool) -> String {
    let mut numbers: Vec<i64> = events.iter().map(|(_, number)| *number).collect();
    if sorted {
        numbers.sort_unstable();
    }
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(" ")
}
