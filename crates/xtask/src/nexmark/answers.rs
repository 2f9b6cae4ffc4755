//! [`Answers`]: the rows that a query has, in any order.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// Counts by the clock: which window a bid is in differs from run to run, and the sum does not.
const BY_THE_CLOCK: &str = "q12";

/// The rows that a query has, in any order: how often each is there.
#[derive(Debug)]
pub(crate) struct Answers(BTreeMap<String, i64>);

impl Answers {
    /// Reads the files of a folder: a row of JSON in each line.
    pub(crate) fn read(query: &str, folder: &Path) -> Result<Self> {
        let mut rows = BTreeMap::new();
        let files =
            fs::read_dir(folder).with_context(|| format!("no rows in {}", folder.display()))?;
        for file in files {
            let path = file?.path();
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            for line in text.lines() {
                let (row, times) = if query == BY_THE_CLOCK {
                    total(line).with_context(|| format!("{}: {line}", path.display()))?
                } else {
                    (line.to_owned(), 1)
                };
                *rows.entry(row).or_default() += times;
            }
        }
        Ok(Self(rows))
    }

    /// How many different rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.0.len()
    }

    /// What the other one has otherwise.
    pub(crate) fn difference(&self, other: &Self) -> Option<String> {
        let times = |rows: &BTreeMap<String, i64>, row| rows.get(row).copied().unwrap_or(0);
        self.0.keys().chain(other.0.keys()).find_map(|row| {
            let (expected, found) = (times(&self.0, row), times(&other.0, row));
            (expected != found).then(|| format!("{row} {expected} times, found {found}"))
        })
    }
}

/// The bidder of a row, and how many bids it counts.
fn total(line: &str) -> Result<(String, i64)> {
    let row: Value = serde_json::from_str(line)?;
    let count = row["bid_count"].as_i64().context("a row without bid_count")?;
    Ok((format!("bidder {}", row["bidder"]), count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(query: &str, files: &[&str]) -> Answers {
        let folder = tempfile::tempdir().unwrap();
        for (index, text) in files.iter().enumerate() {
            fs::write(folder.path().join(index.to_string()), text).unwrap();
        }
        Answers::read(query, folder.path()).unwrap()
    }

    #[test]
    fn rows_are_equal_in_any_order_and_as_often() {
        let one = answers("q0", &["{\"a\":1}\n{\"a\":2}\n{\"a\":1}\n"]);
        assert_eq!(one.rows(), 2);
        assert_eq!(
            one.difference(&answers("q0", &["{\"a\":2}\n", "{\"a\":1}\n{\"a\":1}\n"])),
            None
        );
        let fewer = answers("q0", &["{\"a\":1}\n{\"a\":2}\n"]);
        assert_eq!(one.difference(&fewer).unwrap(), "{\"a\":1} 2 times, found 1");
        assert_eq!(fewer.difference(&one).unwrap(), "{\"a\":1} 1 times, found 2");
    }

    #[test]
    fn counts_by_the_clock_are_summed_up() {
        let one =
            answers("q12", &["{\"bidder\":7,\"bid_count\":3}\n{\"bidder\":7,\"bid_count\":2}\n"]);
        assert_eq!(one.difference(&answers("q12", &["{\"bidder\":7,\"bid_count\":5}\n"])), None);
        assert!(one.difference(&answers("q12", &["{\"bidder\":7,\"bid_count\":4}\n"])).is_some());
    }
}
