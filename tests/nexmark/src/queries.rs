//! The queries, on the local runner.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use brookite_core::proto::PipelineCall;
use brookite_executor::Registry;
use brookite_local::LocalRunner;

use crate::input::Input;

// The pipelines are registered where they are linked.
use nexmark_queries as _;

/// All queries.
pub(crate) const ALL: [&str; 10] = ["q0", "q1", "q2", "q3", "q5", "q7", "q8", "q11", "q12", "q13"];

/// Runs a query, and returns how many seconds it took.
pub(crate) fn run(query: &str, input: &Input, results: &Path, parallelism: u32) -> Result<f64> {
    let paths = [("--events", input.events.as_path()), ("--results", results)];
    let side = (query == "q13").then_some(("--side", input.side.as_path()));
    let arguments = paths
        .into_iter()
        .chain(side)
        .flat_map(|(option, path)| [option.to_owned(), path.to_string_lossy().into_owned()]);
    let call = PipelineCall { pipeline: query.to_owned(), arguments: arguments.collect() };
    let started = Instant::now();
    let built = Registry::linked().pipeline(&call).map_err(|failure| anyhow!("{failure}"))?;
    LocalRunner::new().parallelism(parallelism).run(built).with_context(|| query.to_owned())?;
    Ok(started.elapsed().as_secs_f64())
}
