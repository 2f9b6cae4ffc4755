//! Small pipelines of every kind. `cases.json` says what they are called with, and what comes of them on
//! every runner.
//!
//! Each collects text, whose order does not count. What depends on the order of records keeps it: it
//! runs with one subtask up to where the records are parted by their keys.

mod basics;
mod broadcast;
mod changed;
mod connected;
mod endless;
mod files;
pub mod formats;
mod joins;
mod keyed;
mod partitions;
pub mod runs;
mod sides;
mod tables;
mod test_streams;
mod windows;

use brookite::prelude::*;

/// A key and a number.
pub(crate) type Pair = (&'static str, i64);

/// Keys, numbers, and the times of event time that the numbers also are.
pub(crate) const NUMBERS: [Pair; 10] = [
    ("a", 1),
    ("b", 2),
    ("a", 7),
    ("a", 12),
    ("b", 14),
    ("a", 30),
    ("b", 31),
    ("c", 32),
    ("a", 34),
    ("b", 58),
];

/// Those numbers, each at its time.
pub(crate) fn numbers(p: &Pipeline) -> Stream<Pair> {
    p.from_values(NUMBERS)
        .assign_timestamps(|(_, number)| *number, WatermarkStrategy::monotonous())
        .parallelism(1)
}

/// The same, keyed.
pub(crate) fn keyed(p: &Pipeline) -> KeyedStream<&'static str, Pair> {
    numbers(p).key_by_field("f0")
}

/// A pair that a function can keep.
pub(crate) type Kept = (String, i64);

/// The same, keyed, to be reduced.
pub(crate) fn kept(p: &Pipeline) -> KeyedStream<&'static str, Kept> {
    numbers(p).view_as::<Kept>().key_by_field("f0")
}

/// Shows a pair.
pub(crate) fn show((key, number): (&str, i64)) -> String {
    format!("{key} {number}")
}

brookite::export!();
