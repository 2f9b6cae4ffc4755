//! Word counts, gathered from what a run wrote.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// The final count of every word.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    counts: HashMap<String, u64>,
}

impl Tally {
    /// Reads the files of a folder, lines of word TAB count.
    ///
    /// The job emits each word once; one that comes again means that its key was in two places, and is
    /// an error.
    pub(crate) fn read(folder: &Path) -> Result<Tally> {
        let mut counts = HashMap::new();
        let paths = files(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for path in paths {
            let file =
                File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
            take_in(&mut counts, BufReader::new(file))
                .with_context(|| format!("in {}", path.display()))?;
        }
        Ok(Tally { counts })
    }

    /// Number of words, repetitions included.
    pub(crate) fn words(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Number of different words.
    pub(crate) fn distinct(&self) -> u64 {
        self.counts.len() as u64
    }

    /// The commonest word first; words of equal count in the order of their UTF-8 bytes.
    pub(crate) fn sorted(&self) -> Vec<(&str, u64)> {
        let mut sorted: Vec<(&str, u64)> =
            self.counts.iter().map(|(word, count)| (word.as_str(), *count)).collect();
        sorted.sort_unstable_by(|(word, count), (other_word, other_count)| {
            other_count.cmp(count).then_with(|| word.cmp(other_word))
        });
        sorted
    }

    /// Writes the sorted counts, a line of word TAB count each.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let write = || -> std::io::Result<()> {
            let mut file = BufWriter::new(File::create(path)?);
            for (word, count) in self.sorted() {
                writeln!(file, "{word}\t{count}")?;
            }
            file.flush()
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }

    /// The first word that two runs count differently, as a sentence; none when they agree.
    pub(crate) fn difference(&self, other: &Tally) -> Option<String> {
        let words = self.sorted().into_iter().chain(other.sorted());
        words.map(|(word, _)| word).find_map(|word| {
            let counts = [self, other].map(|tally| tally.counts.get(word).copied().unwrap_or(0));
            (counts[0] != counts[1])
                .then(|| format!("\"{word}\" was counted {} and {} times", counts[0], counts[1]))
        })
    }
}

/// The files of a folder; a job that wrote nothing at all may have made none.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

fn take_in(counts: &mut HashMap<String, u64>, mut lines: impl BufRead) -> Result<()> {
    let mut line = String::new();
    let mut number = 0;
    while lines.read_line(&mut line).context("cannot read")? > 0 {
        number += 1;
        let Some((word, count)) = line.trim_end_matches('\n').rsplit_once('\t') else {
            bail!("line {number} is not word TAB count: {line:?}");
        };
        let count: u64 =
            count.parse().with_context(|| format!("line {number} ends in no count: {line:?}"))?;
        let doubled = counts.insert(word.to_owned(), count);
        ensure!(doubled.is_none(), "line {number} counts \"{word}\" a second time");
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Tally, take_in};

    fn tally(lines: &str) -> anyhow::Result<Tally> {
        let mut counts = HashMap::new();
        take_in(&mut counts, lines.as_bytes())?;
        Ok(Tally { counts })
    }

    #[test]
    fn equal_counts_are_sorted_by_bytes() {
        let tally = tally("и\t1\nz\t1\nb\t2\né\t1\n").expect("well formed");
        assert_eq!(tally.sorted(), [("b", 2), ("z", 1), ("é", 1), ("и", 1)]);
        assert_eq!((tally.words(), tally.distinct()), (5, 4));
    }

    #[test]
    fn a_word_that_comes_twice_is_an_error() {
        let error = tally("a\t1\nb\t1\na\t3\n").expect_err("a comes twice");
        assert_eq!(error.to_string(), "line 3 counts \"a\" a second time");
        assert!(tally("a 1\n").is_err());
    }

    #[test]
    fn a_difference_names_the_word() {
        let (left, right) = (tally("a\t1\n").expect("ok"), tally("a\t1\nb\t1\n").expect("ok"));
        let difference = left.difference(&right).expect("b differs");
        assert_eq!(difference, "\"b\" was counted 0 and 1 times");
        assert_eq!(left.difference(&left), None);
    }
}
