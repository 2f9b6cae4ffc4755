//! Runs the examples on the local runner: with one subtask of each operator, with four, and on one thread.

use std::path::Path;

use brookite_local::LocalRunner;

// Its pipelines are registered where they are linked.
use example_pipelines as _;

fn check_all(runner: &LocalRunner) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = pipeline_cases::of_library(folder, "example_pipelines");
    cases.iter().for_each(|case| case.check(runner));
}

#[test]
fn with_one_subtask_of_each_operator() {
    check_all(&LocalRunner::new().parallelism(1));
}

#[test]
fn with_four_subtasks_of_each_operator() {
    check_all(&LocalRunner::new().parallelism(4));
}

#[test]
fn on_one_thread() {
    check_all(&LocalRunner::new().deterministic());
}
