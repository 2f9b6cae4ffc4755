//! Runs the pipelines of `failures.json`, which fail, on the local runner. On Flink `PipelineCasesTest` does.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_core::proto::PipelineCall;
use brookite_executor::Registry;
use brookite_local::LocalRunner;
use serde::Deserialize;

// Its pipelines are registered where they are linked.
use pipelines as _;

/// A pipeline that fails.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Failure {
    pipeline: String,
    /// `{tables}` stands for the folder of that name.
    arguments: Vec<String>,
    /// What the error says, among other things.
    message: String,
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let failures: Vec<Failure> = serde_json::from_str(include_str!("../failures.json")).unwrap();
    assert!(!failures.is_empty());
    let tables = concat!(env!("CARGO_MANIFEST_DIR"), "/tables");
    for Failure { pipeline, arguments, message } in failures {
        let place = |argument: String| argument.replace("{tables}", tables);
        let arguments = arguments.into_iter().map(place).collect();
        let call = PipelineCall { pipeline, arguments };
        for runner in [LocalRunner::new().deterministic(), LocalRunner::new().parallelism(4)] {
            let built = Registry::linked().pipeline(&call).unwrap();
            let error = runner.run(built).unwrap_err().to_string();
            assert!(error.contains(&message), "{error}");
        }
    }
}
