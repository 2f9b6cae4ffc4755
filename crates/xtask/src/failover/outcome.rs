//! What a run left behind, and how it differs from what it should have.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Lines, and how often each came. Their order means nothing.
pub(super) struct Outcome {
    counts: BTreeMap<String, i64>,
}

impl Outcome {
    pub(super) fn of(lines: impl IntoIterator<Item = String>) -> Self {
        let mut counts = BTreeMap::new();
        for line in lines {
            *counts.entry(line).or_default() += 1;
        }
        Self { counts }
    }

    /// Reads the files that a sink committed; the others have a dot in front.
    ///
    /// How the events of an account are divided into pulses is up to the clock: of those, the sum counts.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let mut lines = Vec::new();
        let mut pulses = BTreeMap::<String, u64>::new();
        let files =
            fs::read_dir(folder).with_context(|| format!("no results in {}", folder.display()))?;
        for file in files {
            let path = file?.path();
            let hidden = |name: &str| name.starts_with(['.', '_']);
            if path.file_name().and_then(|name| name.to_str()).is_none_or(hidden) {
                continue;
            }
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            for line in text.lines() {
                match pulse(line) {
                    Some((account, count)) => {
                        *pulses.entry(account.to_owned()).or_default() += count;
                    }
                    None => lines.push(line.to_owned()),
                }
            }
        }
        lines.extend(pulses.iter().map(|(account, sum)| format!("pulses {account} {sum}")));
        Ok(Self::of(lines))
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> u64 {
        self.counts.values().sum::<i64>() as u64
    }

    /// What `found` lacks of these lines and has beyond them; none when it is the same.
    pub(super) fn difference(&self, found: &Self) -> Option<String> {
        let surplus = |some: &Self, other: &Self| {
            let mut count = 0;
            let mut first = Vec::new();
            for (line, times) in &some.counts {
                let more = times - other.counts.get(line).unwrap_or(&0);
                if more > 0 {
                    count += more;
                    first.push(line.clone());
                }
            }
            first.truncate(5);
            (count, first)
        };
        let (lost, lost_lines) = surplus(self, found);
        let (added, added_lines) = surplus(found, self);
        (lost + added > 0).then(|| {
            format!(
                "{lost} are missing, such as {lost_lines:?}; {added} should not be there, such as \
                 {added_lines:?}"
            )
        })
    }
}

/// The account and the events of a pulse; none when the line tells something else.
fn pulse(line: &str) -> Option<(&str, u64)> {
    let (account, count) = line.strip_prefix("pulse ")?.split_once(' ')?;
    Some((account, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Outcome {
        Outcome::of(lines.iter().map(|&line| line.to_owned()))
    }

    #[test]
    fn what_is_lost_and_what_came_twice_is_named() {
        let expected = of(&["a", "b", "b"]);
        assert!(expected.difference(&of(&["b", "a", "b"])).is_none());
        let lost = expected.difference(&of(&["a", "b"])).unwrap();
        assert!(lost.starts_with("1 are missing, such as [\"b\"]; 0 "), "{lost}");
        let doubled = expected.difference(&of(&["a", "a", "b", "b"])).unwrap();
        assert!(doubled.starts_with("0 are missing, such as []; 1 "), "{doubled}");
    }

    #[test]
    fn the_pulses_of_an_account_are_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("part-1"), "pulse 7 2\npulse 8 1\n").unwrap();
        fs::write(folder.path().join("part-2"), "pulse 7 40\n").unwrap();
        let outcome = Outcome::read(folder.path()).unwrap();
        assert!(outcome.difference(&of(&["pulses 7 42", "pulses 8 1"])).is_none());
    }

    #[test]
    fn files_that_are_not_committed_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("part-1"), "a\nb\n").unwrap();
        fs::write(folder.path().join(".part-2.inprogress"), "c\n").unwrap();
        let outcome = Outcome::read(folder.path()).unwrap();
        assert_eq!(outcome.len(), 2);
        assert!(outcome.difference(&of(&["a", "b"])).is_none());
    }
}
