//! The demo: a pipeline in Rust counts words with no JVM and inside Flink.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::figures::grouped;
use crate::input::{self, Text};
use crate::java::Jobs;
use crate::layout::{Layout, library_file};
use crate::setup::JavaTools;
use crate::tally::Tally;
use crate::{native, step};

/// The program that runs the pipeline, here or elsewhere.
const PROGRAM: &str = "word-count-run";

/// The package and the library of the pipeline.
const PACKAGE: &str = "word-count";
const LIBRARY: &str = "word_count";

/// Builds everything, runs both, compares, prints, and leaves the full result in a file.
pub(crate) fn run(file: Option<PathBuf>) -> Result<()> {
    let layout = Layout::find()?;
    let text = input::text_file(&file.unwrap_or_else(|| layout.root().join("LICENSE")))?;
    let tools = JavaTools::find_or_install()?;
    native::build(&layout, &[PACKAGE])?;
    let jobs = Jobs::build(&layout, &tools)?;
    let program = native::program(&layout, PROGRAM)?;
    let [local, flink] = count_twice(&layout, &tools, &jobs, &program, &text.path)?;
    let all = layout.results("demo").join("word-count.tsv");
    flink.tally.write(&all)?;
    report(&text, &local, &flink);
    let shown = all.strip_prefix(layout.root()).unwrap_or(&all);
    println!("\nAll words, sorted by count, then by word: {}", shown.display());
    on_a_cluster(&text.path, &layout.results("demo").join("cluster"));
    Ok(())
}

/// The demo on a small file, as a test: with what is built already, as the tests have it.
pub(crate) fn test(layout: &Layout, tools: &JavaTools, jobs: &Jobs) -> Result<()> {
    let program = layout.debug().join(PROGRAM);
    count_twice(layout, tools, jobs, &program, &layout.root().join("LICENSE")).map(|_| ())
}

/// Counts the words of `text` with no JVM and inside Flink, with the libraries that are built already.
///
/// # Errors
///
/// When one of them fails, and when they disagree.
fn count_twice(
    layout: &Layout,
    tools: &JavaTools,
    jobs: &Jobs,
    program: &Path,
    text: &Path,
) -> Result<[Run; 2]> {
    let program = |runner: &str, output: &Path| {
        let mut command = Command::new(program);
        command.arg("--input").arg(text).arg("--output").arg(output).args(["--runner", runner]);
        command.env("BROOKITE_LIBRARY", layout.plugins().join(library_file(LIBRARY)));
        // What somebody has set for jobs of his own.
        command.env_remove("BROOKITE_WRAPPER");
        command
    };
    let results = layout.results("demo");
    let local =
        count("counting with no JVM", &results.join("local"), |output| program("local", output))?;
    let flink = count("counting inside Flink", &results.join("flink"), |output| {
        let mut command = program("embedded", output);
        command.env("JAVA_HOME", tools.home()).env("BROOKITE_FLINK_CLASSPATH", jobs.class_path());
        command
    })?;
    if let Some(difference) = local.tally.difference(&flink.tally) {
        bail!("the runs disagree: with no JVM and inside Flink {difference}");
    }
    Ok([local, flink])
}

/// One run: how long its job took, and what it counted.
struct Run {
    seconds: f64,
    tally: Tally,
}

impl Run {
    fn line(&self, name: &str, lines: u64) -> String {
        let rate = |count: u64| grouped((count as f64 / self.seconds).round() as u64);
        let (lines, words) = (rate(lines), rate(self.tally.words()));
        let seconds = self.seconds;
        format!("  {name:<8} {seconds:>9.3} s {lines:>14} lines/s {words:>14} words/s")
    }
}

fn count(name: &str, output: &Path, command: impl FnOnce(&Path) -> Command) -> Result<Run> {
    if output.exists() {
        fs::remove_dir_all(output)
            .with_context(|| format!("cannot remove the old {}", output.display()))?;
    }
    let printed = step::run(name, &mut command(output))?;
    let seconds = measured(&printed)
        .with_context(|| format!("{name}: no measurement in the output:\n{printed}"))?;
    Ok(Run { seconds, tally: Tally::read(output)? })
}

/// How long the job took, as the program says at its end: `word_count finished after 1.234 s`. A cluster that
/// shuts down may log something behind it.
fn measured(printed: &str) -> Option<f64> {
    let line = printed.lines().rev().find_map(|line| line.split_once(" finished after "))?.1;
    line.strip_suffix(" s")?.parse().ok().filter(|seconds: &f64| *seconds > 0.0)
}

fn report(text: &Text, local: &Run, flink: &Run) {
    println!("\nWords of {}", text.path.display());
    println!("(maximal runs of alphanumeric characters, Unicode, lower-cased)\n");
    for (word, count) in flink.tally.sorted().into_iter().take(10) {
        println!("  {:>14}  {word}", grouped(count));
    }
    println!(
        "\n{} lines, {} words, {} distinct. Both runs agree.",
        grouped(text.lines),
        grouped(flink.tally.words()),
        grouped(flink.tally.distinct())
    );
    println!("The whole job, from its start to its end:\n");
    println!("{}", local.line("no JVM", text.lines));
    println!("{}", flink.line("Flink", text.lines));
}

/// Says how the same pipeline runs on a cluster.
fn on_a_cluster(text: &Path, output: &Path) {
    let arguments = format!("--input {} --output {}", shell(text), shell(output));
    println!("\nThe same on a cluster, here one of this machine (http://localhost:8081):\n");
    println!("  cargo xtask cluster start");
    println!(
        "  cargo run --profile program -p {PROGRAM} -- --runner http://localhost:8081 {arguments}"
    );
    println!(
        "\nor with the command line for pipelines, which leaves the job running unless told to wait:\n"
    );
    println!("  cargo install --path crates/cli");
    println!("  cargo brookite submit --package word-count --wait -- {arguments}");
    println!("\nIts processes must see the files. `cargo xtask cluster stop` ends it.");
}

/// A path as a shell takes it.
fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{measured, shell};

    #[test]
    fn the_measurement_is_found_before_what_a_cluster_logs() {
        let printed =
            "  read text x1: 0 records in, 3 out\nwords finished after 1.250 s\nWARN bye\n";
        assert_eq!(measured(printed), Some(1.25));
        assert_eq!(measured("words was cancelled\n"), None);
    }

    #[test]
    fn paths_are_quoted_where_a_shell_would_cut_them() {
        assert_eq!(shell(Path::new("/a/b-1.txt")), "/a/b-1.txt");
        assert_eq!(shell(Path::new("/a/it's mine")), r"'/a/it'\''s mine'");
    }
}
