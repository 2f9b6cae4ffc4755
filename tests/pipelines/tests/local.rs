//! Runs all pipelines of `cases.json` on the local runner: with one subtask of each operator, with
//! four, and on one thread.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod case;

use brookite_core::pipeline::Built;
use brookite_core::proto::PipelineCall;
use brookite_executor::{FunctionEntry, Registry};
use brookite_local::LocalRunner;

use case::Case;

// Its pipelines are registered where they are linked.
use pipelines as _;

fn build(case: &Case) -> Built<FunctionEntry> {
    let call = PipelineCall { pipeline: case.pipeline.clone(), arguments: case.arguments() };
    Registry::linked().pipeline(&call).unwrap_or_else(|failure| panic!("{failure}"))
}

fn check_all(runner: &LocalRunner) {
    for case in case::all() {
        let built = build(&case);
        let job = runner.run(built).unwrap_or_else(|error| panic!("{}: {error}", case.pipeline));
        for (sink, expected) in &case.expected {
            let mut found: Vec<String> = job.collected(sink).unwrap();
            let mut expected = expected.clone();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "sink '{sink}' of pipeline '{}'", case.pipeline);
        }
        assert_eq!(
            job.collect_names(),
            case.expected.keys().cloned().collect::<Vec<_>>(),
            "{}",
            case.pipeline
        );
    }
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
