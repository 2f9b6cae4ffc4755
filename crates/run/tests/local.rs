//! The handle of jobs on the local runner, and what keeps a pipeline from running elsewhere.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::time::Duration;

use brookite::prelude::*;
use brookite_run::{JobState, LocalRunner, RunError, RunPipeline as _, Runner, run};
use pipelines::runs::{endless, squares, too_much};

#[test]
fn a_job_that_ends_hands_out_what_it_collected_and_did() {
    let job = run(squares, ["--last", "4", "--runner", "local"]).unwrap();
    let result = job.wait().unwrap();
    assert_eq!((result.state, job.state().unwrap()), (JobState::Finished, JobState::Finished));
    let mut squares = job.collected::<i64>("squares").unwrap();
    squares.sort_unstable();
    assert_eq!(squares, [1, 4, 9, 16]);
    assert_eq!((result.metrics.read(), job.metrics().unwrap()), (4, result.metrics.clone()));
    assert_eq!(job.id(), None);
    let error = job.collected::<i64>("cubes").unwrap_err().to_string();
    assert_eq!(error, "collect sink 'cubes': there is none; there are [\"squares\"]");
    let error = job.collected::<String>("squares").unwrap_err().to_string();
    assert!(error.contains("its records are no STRING"), "{error}");
}

#[test]
fn the_root_cause_of_a_failed_job_comes_first() {
    let job = run(too_much, ["--at", "7"]).unwrap();
    let RunError::JobFailed { causes, function, .. } = job.wait().unwrap_err() else { panic!() };
    assert!(causes[0].message.contains("it is too much"), "{causes:?}");
    assert_eq!(function.unwrap().function, "measure");
    assert_eq!(job.state().unwrap(), JobState::Failed);
}

#[test]
fn a_job_without_end_is_drained_or_cancelled() {
    let runner = Runner::Local(LocalRunner::new().parallelism(2));
    let job = runner.start(endless, [""; 0]).unwrap();
    assert!(job.wait_for(Duration::from_millis(200)).unwrap().is_none());
    assert_eq!(job.drain().unwrap(), None);
    job.wait().unwrap();
    let counted = job.collected::<i64>("counted").unwrap();
    assert!(counted.len() == 1 && counted[0] > 0, "the window fires at the end: {counted:?}");

    let job = runner.start(endless, [""; 0]).unwrap();
    let error = job.stop().unwrap_err().to_string();
    assert!(error.starts_with("the local runner cannot make a savepoint: drain"), "{error}");
    job.cancel().unwrap();
    assert!(matches!(job.wait(), Err(RunError::Cancelled { .. })));
}

#[test]
fn a_pipeline_that_no_library_has_runs_here_alone() {
    fn unknown(_: &Pipeline) -> Result<()> {
        Ok(())
    }
    let error = run(unknown, [""; 0]).unwrap_err().to_string();
    assert!(error.contains("unknown, on which no `#[pipeline]` stands,"), "{error}");
    assert!(error.contains("`#[pipeline] pub fn unknown("), "{error}");
    let p = Pipeline::new("made here");
    p.sequence(1, 3).collect("all");
    assert_eq!(p.run(&Runner::local()).unwrap().wait().unwrap().metrics.read(), 3);
    let error = p.run(&Runner::flink("http://localhost:1")).unwrap_err().to_string();
    assert!(error.contains("'made here'") && error.contains("the local runner alone"), "{error}");
}

#[test]
fn what_is_out_of_reach_is_named_before_anything_runs() {
    let error = run(squares, ["--runner", "spark"]).unwrap_err().to_string();
    assert!(error.starts_with("'spark' is no runner"), "{error}");
    let error = run(squares, ["--runner", "http://localhost:1"]).unwrap_err().to_string();
    assert!(error.starts_with("no Flink cluster answers at http://localhost:1"), "{error}");
    let error = run(too_much, [""; 0]).unwrap_err().to_string();
    assert!(error.contains("argument --at is missing"), "{error}");
}
