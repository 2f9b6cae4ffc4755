//! The bench: functions in Rust against the same functions in Java, inside Flink.
//!
//! Each workload has a JVM of its own, so that one workload does not spoil the profile that the
//! JIT compiler has of another, and a single workload measures the same alone as among all. In
//! that JVM the bare source, the Java job and the Rust job take turns.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::java::Jobs;
use crate::layout::Layout;
use crate::report::{self, Report};
use crate::setup::JavaTools;
use crate::{native, step, trained, versions};

/// The names of the workloads, in the order in which they run.
pub(crate) const WORKLOADS: [&str; 14] = [
    "identity-long",
    "upper-string",
    "upper-row",
    "json",
    "running-average",
    "running-average-row",
    "running-average-rocksdb",
    "running-average-zipf",
    "running-average-uniform",
    "tumbling-count",
    "tumbling-count-rocksdb",
    "session-count",
    "session-count-rocksdb",
    "word-count",
];

/// The packages whose functions the workloads call.
const PLUGINS: [&str; 2] = ["bench-functions", "word-count"];
const HARNESS: &str = "org.brookite.bench.Bench";
const FLUSHES: &str = "org.brookite.bench.FlushBench";

/// Runs one workload or all, prints the table and leaves it in target/bench.
pub(crate) fn run(quick: bool, only: Option<String>) -> Result<()> {
    let layout = Layout::find()?;
    let tools = JavaTools::find_or_install()?;
    native::build(&layout, &[])?;
    let jobs = Jobs::build(&layout, &tools)?;
    let plugins = trained::build(&layout, &PLUGINS, |counting, (variable, counts)| {
        for workload in WORKLOADS {
            let mut command = harness(&jobs, &tools, counting, workload);
            command.args(["--train", "true"]).env(variable, counts);
            step::run(&format!("training with {workload}"), &mut command)?;
        }
        Ok(())
    })?;

    let mut runs = Vec::new();
    for workload in WORKLOADS.iter().filter(|name| only.as_deref().is_none_or(|o| o == **name)) {
        let mut command = harness(&jobs, &tools, &plugins, workload);
        if quick {
            command.args(["--quick", "true"]);
        }
        let output = step::run(workload, &mut command)?;
        let before = runs.len();
        runs.extend(output.lines().filter_map(measurement));
        ensure!(runs.len() > before, "{workload} measured nothing; it printed:\n{output}");
    }

    let flushes = match only.as_deref() {
        None => flushes(&jobs, &tools, &plugins)?,
        Some(_) => Vec::new(),
    };

    let results = layout.results("bench");
    fs::create_dir_all(&results).with_context(|| format!("cannot create {}", results.display()))?;
    let machine = versions::describe(&layout, &tools);
    let report = Report::of(&runs)?;
    let markdown = report.markdown(&machine, quick) + &report::flushes(&flushes)?;
    let everything = json!({
        "machine": machine, "quick": quick, "medians": report.medians(), "runs": runs,
        "flushes": flushes,
    });
    for (file, text) in [("bench.md", &markdown), ("bench.json", &format!("{everything:#}\n"))] {
        let path = results.join(file);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    println!("\n{markdown}");
    println!("Every run: {}", results.join("bench.json").display());
    Ok(())
}

/// What a checkpoint waits for, with each store.
fn flushes(jobs: &Jobs, tools: &JavaTools, plugins: &Path) -> Result<Vec<Value>> {
    let mut command = jobs.command(tools, FLUSHES);
    let output = step::run("flushes", command.arg("--plugins").arg(plugins))?;
    Ok(output.lines().filter_map(measurement).collect())
}

/// The harness, which runs a workload with the plugins of a folder.
fn harness(jobs: &Jobs, tools: &JavaTools, plugins: &Path, workload: &str) -> Command {
    let mut command = jobs.command(tools, HARNESS);
    command.arg("--plugins").arg(plugins).args(["--workload", workload]);
    command
}

/// One run as the harness prints it, a JSON object on a line of its own.
fn measurement(line: &str) -> Option<Value> {
    if line.starts_with('{') { serde_json::from_str(line).ok() } else { None }
}
