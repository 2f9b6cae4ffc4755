//! Runs the whole job on the local runner: with one subtask of each operator, and with four.

use std::path::Path;

use brookite_local::LocalRunner;

// Its pipeline is registered where it is linked.
use word_count as _;

#[test]
fn the_job_gives_the_same_with_one_subtask_of_each_operator_and_with_four() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pipelines");
    for case in pipeline_cases::of_library(&folder, "word_count") {
        case.check(&LocalRunner::new().parallelism(1));
        case.check(&LocalRunner::new().parallelism(4));
    }
}
