//! The demo: one crate of Rust functions counts words with no JVM and inside Flink.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::figures::grouped;
use crate::java::Jobs;
use crate::layout::{Layout, library_file};
use crate::setup::JavaTools;
use crate::tally::Tally;
use crate::{input, native, step};

/// The program that runs the plugin with no JVM.
pub(crate) const LOCAL_PACKAGE: &str = "word-count-local";
const PLUGIN_PACKAGE: &str = "word-count";
const PLUGIN_LIBRARY: &str = "word_count";
const JOB: &str = "org.brookite.examples.WordCountDemo";

/// Builds everything, runs both, compares, prints, and leaves the full result in a file.
pub(crate) fn run(file: Option<PathBuf>) -> Result<()> {
    let layout = Layout::find()?;
    let text = input::text_file(&file.unwrap_or_else(|| layout.root().join("LICENSE")))?;
    let tools = JavaTools::find_or_install()?;
    native::build(&layout, &[PLUGIN_PACKAGE, LOCAL_PACKAGE])?;
    let jobs = Jobs::build(&layout, &tools)?;

    let [local, flink] = count_twice(&layout, &tools, &jobs, &text)?;
    let all = layout.results("demo").join("word-count.tsv");
    flink.tally.write(&all)?;
    report(&text, &local, &flink);
    let shown = all.strip_prefix(layout.root()).unwrap_or(&all);
    println!("\nAll words, sorted by count, then by word: {}", shown.display());
    Ok(())
}

/// Counts the words of `text` with no JVM and inside Flink, with what is built already.
///
/// # Errors
///
/// When one of them fails, and when they disagree.
pub(crate) fn count_twice(
    layout: &Layout,
    tools: &JavaTools,
    jobs: &Jobs,
    text: &Path,
) -> Result<[Run; 2]> {
    let results = layout.results("demo");
    let plugin = layout.release().join(library_file(PLUGIN_LIBRARY));
    let local = count("counting with no JVM", &results.join("local"), |output| {
        let mut command = Command::new(layout.release().join(LOCAL_PACKAGE));
        command.args([plugin.as_path(), text, &output.join("counts.tsv")]);
        command
    })?;
    let flink = count("counting inside Flink", &results.join("flink"), |output| {
        let mut command = jobs.command(tools, JOB);
        let arguments = [("--library", plugin.as_path()), ("--input", text), ("--output", output)];
        for (option, path) in arguments {
            command.arg(option).arg(path);
        }
        command
    })?;
    if let Some(difference) = local.tally.difference(&flink.tally) {
        bail!("the runs disagree: with no JVM and inside Flink {difference}");
    }
    ensure!(
        local.lines == flink.lines,
        "the runs disagree: {} lines with no JVM, {} inside Flink",
        local.lines,
        flink.lines
    );
    Ok([local, flink])
}

/// One run: what it measured of itself, and what it counted.
pub(crate) struct Run {
    lines: u64,
    seconds: f64,
    tally: Tally,
}

impl Run {
    fn line(&self, name: &str) -> String {
        let rate = |count: u64| grouped((count as f64 / self.seconds).round() as u64);
        let words = self.tally.words();
        format!("  {name:<8} {:>14} lines/s {:>14} words/s", rate(self.lines), rate(words))
    }
}

fn count(name: &str, output: &Path, command: impl FnOnce(&Path) -> Command) -> Result<Run> {
    if output.exists() {
        fs::remove_dir_all(output)
            .with_context(|| format!("cannot remove the old {}", output.display()))?;
    }
    fs::create_dir_all(output).with_context(|| format!("cannot create {}", output.display()))?;
    let printed = step::run(name, &mut command(output))?;
    let (lines, seconds) = measured(&printed)
        .with_context(|| format!("{name}: no measurement in the output:\n{printed}"))?;
    Ok(Run { lines, seconds, tally: Tally::read(output)? })
}

/// The measurement that a run prints as its last line: {"lines":N,"seconds":S}.
/// The last line that is JSON says it. A cluster that shuts down may log something behind it.
fn measured(printed: &str) -> Option<(u64, f64)> {
    let last = printed.lines().rev().find(|line| line.starts_with('{'))?;
    let last: Value = serde_json::from_str(last).ok()?;
    Some((last["lines"].as_u64()?, last["seconds"].as_f64()?))
}

fn report(text: &Path, local: &Run, flink: &Run) {
    println!("\nWords of {}", text.display());
    println!("(maximal runs of alphanumeric characters, Unicode, lower-cased)\n");
    for (word, count) in flink.tally.sorted().into_iter().take(10) {
        println!("  {:>14}  {word}", grouped(count));
    }
    println!(
        "\n{} lines, {} words, {} distinct. Both runs agree.",
        grouped(flink.lines),
        grouped(flink.tally.words()),
        grouped(flink.tally.distinct())
    );
    println!("From the first line read to the last count written:\n");
    println!("{}", local.line("no JVM"));
    println!("{}", flink.line("Flink"));
}
