//! Nexmark with no JVM: events from the published generator, and the queries on the local runner.
//!
//! `nexmark-local FOLDER --events N` writes `events.json` and `side.csv` there, runs each query with one
//! subtask of each operator and with four, and leaves the rows in `local-1/q0` and so on. Each run prints
//! a line of JSON: what ran, and how long it took.

mod event;
mod input;
mod queries;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use crate::input::Input;

/// Writes Nexmark's events into a file, and runs the queries on it with no JVM.
#[derive(Parser)]
struct Arguments {
    /// Where events and results go; what was there of an earlier run is removed.
    folder: PathBuf,
    /// How many events.
    #[arg(long)]
    events: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let input = Input::write(&arguments.folder, arguments.events)?;
    for parallelism in [1, 4] {
        for query in queries::ALL {
            let results = arguments.folder.join(format!("local-{parallelism}")).join(query);
            let seconds = queries::run(query, &input, &results, parallelism)?;
            println!(
                "{}",
                serde_json::json!({
                    "query": query, "runner": format!("local-{parallelism}"), "seconds": seconds,
                })
            );
        }
    }
    Ok(())
}
