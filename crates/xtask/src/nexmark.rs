//! Nexmark: queries as pipelines in Rust, against Flink SQL's answers on the same events.

mod answers;

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail, ensure};
use serde_json::Value;

use crate::figures::grouped;
use crate::java::Jobs;
use crate::layout::{Layout, library_file};
use crate::setup::JavaTools;
use crate::{native, step};

use answers::Answers;

/// The program that writes the events, and runs the queries with no JVM.
const LOCAL_PACKAGE: &str = "nexmark-local";
const PLUGIN_PACKAGE: &str = "nexmark-queries";
const PLUGIN_LIBRARY: &str = "nexmark_queries";
const JOBS: &str = "org.brookite.nexmark.Nexmark";
const STATEMENTS: &str = "examples/nexmark/sql";

/// All queries, in the order of their numbers.
const QUERIES: [&str; 10] = ["q0", "q1", "q2", "q3", "q5", "q7", "q8", "q11", "q12", "q13"];

/// What answers a query: the first one is right.
const RUNNERS: [&str; 5] = ["sql", "rust-1", "rust-4", "local-1", "local-4"];

/// How many events are enough for every query to have an answer.
pub(crate) const FEW: u64 = 20_000;

/// Builds everything, runs all queries everywhere, compares, and prints how long each took.
pub(crate) fn run(events: u64) -> Result<()> {
    let layout = Layout::find()?;
    let tools = JavaTools::find_or_install()?;
    native::build(&layout, &[PLUGIN_PACKAGE, LOCAL_PACKAGE])?;
    let jobs = Jobs::build(&layout, &tools)?;
    prove(&layout, &tools, &jobs, &layout.built("release"), events)?.print();
    Ok(())
}

/// A few events, as a test: with what is built already, as the tests have it.
pub(crate) fn test(layout: &Layout, tools: &JavaTools, jobs: &Jobs) -> Result<Proved> {
    prove(layout, tools, jobs, &layout.debug(), FEW)
}

/// Runs all queries everywhere, with what is built already. `programs` is the folder of the program that
/// runs them with no JVM.
///
/// # Errors
///
/// When one of them fails, has no answer, or has another one than Flink SQL.
fn prove(
    layout: &Layout,
    tools: &JavaTools,
    jobs: &Jobs,
    programs: &Path,
    events: u64,
) -> Result<Proved> {
    let folder = layout.results("nexmark");
    let mut local = Command::new(programs.join(LOCAL_PACKAGE));
    local.arg(&folder).args(["--events", &events.to_string()]);
    let mut printed = step::run("Nexmark with no JVM", &mut local)?;
    let mut flink = jobs.command(tools, JOBS);
    flink.arg("--folder").arg(&folder);
    flink.arg("--statements").arg(layout.root().join(STATEMENTS));
    flink.arg("--library").arg(layout.plugins().join(library_file(PLUGIN_LIBRARY)));
    flink.args(["--queries", &QUERIES.join(",")]);
    printed.push_str(&step::run("Nexmark inside Flink", &mut flink)?);

    let mut queries = Vec::new();
    for query in QUERIES {
        let rows = compare(&folder, query)?;
        let seconds = RUNNERS.map(|runner| seconds(&printed, query, runner));
        queries.push(Query { name: query, rows, seconds });
    }
    Ok(Proved { events, queries })
}

/// Sees to it that all runners have the same answer; returns how many rows it has.
fn compare(folder: &Path, query: &str) -> Result<usize> {
    let read = |runner: &str| Answers::read(query, &folder.join(runner).join(query));
    let [right, others @ ..] = RUNNERS;
    let expected = read(right)?;
    ensure!(expected.rows() > 0, "{query}: Flink SQL has no rows, which proves nothing");
    for runner in others {
        if let Some(difference) = expected.difference(&read(runner)?) {
            bail!("{query}: {runner} has another answer than Flink SQL: {difference}");
        }
    }
    Ok(expected.rows())
}

/// How long a run took, from the line of JSON that it printed.
fn seconds(printed: &str, query: &str, runner: &str) -> Option<f64> {
    let lines = printed.lines().filter(|line| line.starts_with('{'));
    let mut runs = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let run = runs.find(|run| run["query"] == query && run["runner"] == runner)?;
    run["seconds"].as_f64()
}

/// Queries whose answers are the same everywhere.
pub(crate) struct Proved {
    events: u64,
    queries: Vec<Query>,
}

struct Query {
    name: &'static str,
    rows: usize,
    /// One for each runner.
    seconds: [Option<f64>; RUNNERS.len()],
}

impl Proved {
    /// One line, for the tests.
    pub(crate) fn summary(&self) -> String {
        let rows: usize = self.queries.iter().map(|query| query.rows).sum();
        format!(
            "Nexmark: {} queries on {} events have Flink SQL's {} rows on every runner",
            self.queries.len(),
            grouped(self.events),
            grouped(rows as u64)
        )
    }

    /// The seconds that each query took, from nothing to the last row on the disk.
    fn print(&self) {
        println!("\n{}.\n", self.summary());
        println!("Seconds, each of one run, the start of the job included:\n");
        println!(
            "  query         rows  Flink SQL   Rust in Flink    ratio  x 4 subtasks    no JVM   x 4 subtasks"
        );
        for query in &self.queries {
            let [sql, rust, rust_4, local, local_4] =
                query.seconds.map(|seconds| seconds.unwrap_or(f64::NAN));
            println!(
                "  {:<5} {:>12} {sql:>10.2} {rust:>15.2} {:>8.2} {rust_4:>13.2} {local:>9.2} {local_4:>14.2}",
                query.name,
                grouped(query.rows as u64),
                rust / sql,
            );
        }
    }
}
