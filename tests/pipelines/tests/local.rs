//! Runs all pipelines of `cases.json` on the local runner: with one subtask of each operator, with
//! four, and on one thread.

use std::path::Path;

use brookite_local::LocalRunner;
use pipeline_cases::Case;

// Its pipelines are registered where they are linked.
use pipelines as _;

fn check_all(runner: &LocalRunner) {
    let cases = cases();
    cases.iter().for_each(|case| case.check(runner));
}

fn cases() -> Vec<Case> {
    let cases = pipeline_cases::all(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(cases.len() >= 30);
    cases
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

#[test]
fn on_one_thread_with_three_subtasks() {
    check_all(&LocalRunner::new().deterministic().parallelism(3));
}
