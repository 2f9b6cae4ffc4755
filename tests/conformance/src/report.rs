//! What passed and what failed, by type.

use std::collections::BTreeMap;
use std::fmt;

/// The outcome of a file of cases.
#[derive(Clone, Debug, Default)]
pub struct Report {
    types: BTreeMap<String, Tally>,
    failures: Vec<String>,
    skipped: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

impl Report {
    /// Notes a case of that type down; `case` names it in the list of failures.
    pub fn add(&mut self, data_type: &str, case: &str, outcome: Result<(), String>) {
        let tally = self.types.entry(data_type.to_owned()).or_default();
        match outcome {
            Ok(()) => tally.passed += 1,
            Err(reason) => {
                tally.failed += 1;
                self.failures.push(format!("{case}: {data_type}: {reason}"));
            }
        }
    }

    /// Notes down what was left out, and why.
    pub fn skip(&mut self, what: &str) {
        self.skipped.push(what.to_owned());
    }

    /// What was left out, and why.
    pub fn skipped(&self) -> &[String] {
        &self.skipped
    }

    /// How many cases passed.
    pub fn passed(&self) -> usize {
        self.types.values().map(|tally| tally.passed).sum()
    }

    /// The cases that failed, and why.
    pub fn failures(&self) -> &[String] {
        &self.failures
    }
}

/// A line for each type, what was left out, the failures, and the sum.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (data_type, Tally { passed, failed }) in &self.types {
            writeln!(f, "{passed:>6} passed {failed:>6} failed  {data_type}")?;
        }
        for skipped in &self.skipped {
            writeln!(f, "skipped {skipped}")?;
        }
        for failure in &self.failures {
            writeln!(f, "FAILED {failure}")?;
        }
        write!(f, "{} passed, {} failed", self.passed(), self.failures.len())?;
        match self.skipped.len() {
            0 => Ok(()),
            skipped => write!(f, ", {skipped} skipped"),
        }
    }
}
