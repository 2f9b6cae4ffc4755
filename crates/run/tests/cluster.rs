//! One program on a real cluster and in an embedded Flink, as `cargo xtask submission` runs it.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::env;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use brookite_run::{Embedded, Flink, JobHandle, JobState, RunError, Runner};
use pipelines::runs::{endless, squares, too_much};

const PATIENCE: Duration = Duration::from_secs(60);

fn cluster() -> Runner {
    let url = env::var("BROOKITE_TEST_CLUSTER").expect("set by `cargo xtask submission`");
    // The one that all tests with a cluster run.
    let libraries =
        env::var_os("BROOKITE_TEST_LIBRARIES").expect("set by `cargo xtask submission`");
    let library = PathBuf::from(libraries).join(format!("{DLL_PREFIX}pipelines{DLL_SUFFIX}"));
    Runner::Flink(Flink::at(url).parallelism(1).library(library))
}

fn embedded() -> Runner {
    Runner::Embedded(Embedded::new().parallelism(2).jvm_option("-Xmx1g"))
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}");
        sleep(Duration::from_millis(100));
    }
}

fn ends_with_what_it_collected(runner: &Runner) {
    let job = runner.start(squares, ["--last", "1000"]).unwrap();
    assert_eq!((job.name(), job.id().map(|id| id.len())), ("squares", Some(32)));
    let result = job.wait().unwrap();
    assert_eq!((result.state, job.state().unwrap()), (JobState::Finished, JobState::Finished));
    assert!(result.duration > Duration::ZERO && !result.metrics.operators.is_empty());
    let mut squares = job.collected::<i64>("squares").unwrap();
    squares.sort_unstable();
    assert!(squares.iter().copied().eq((1..=1000).map(|number| number * number)), "{squares:?}");
    let error = job.collected::<i64>("cubes").unwrap_err().to_string();
    assert!(error.contains("cubes") && error.contains("squares"), "{error}");
}

fn tells_the_root_cause_first(runner: &Runner) {
    let job = runner.start(too_much, ["--at", "7"]).unwrap();
    let error = job.wait().unwrap_err();
    let RunError::JobFailed { causes, .. } = &error else { panic!("{error:?}") };
    assert!(causes[0].class.ends_with("RustFunctionException"), "{causes:?}");
    assert!(causes[0].message.contains("it is too much"), "{causes:?}");
    let first = error.to_string().lines().next().unwrap().to_owned();
    assert!(first.starts_with("job 'too_much' failed: RustFunctionException: "), "{first}");
    assert_eq!(job.state().unwrap(), JobState::Failed);
}

fn running(runner: &Runner) -> JobHandle {
    let job = runner.start(endless, [""; 0]).unwrap();
    until("records come", || job.metrics().is_ok_and(|metrics| metrics.read() > 0));
    assert_eq!(job.state().unwrap(), JobState::Running);
    assert!(job.wait_for(Duration::from_millis(100)).unwrap().is_none());
    job
}

fn is_cancelled(runner: &Runner) {
    let job = running(runner);
    job.cancel().unwrap();
    assert!(matches!(job.wait(), Err(RunError::Cancelled { .. })));
    assert_eq!(job.state().unwrap(), JobState::Cancelled);
    job.cancel().unwrap();
}

fn is_drained(runner: &Runner) {
    let job = running(runner);
    let savepoint = job.drain().unwrap().unwrap();
    assert!(savepoint.starts_with("file:"), "{savepoint}");
    job.wait().unwrap();
    let counted = job.collected::<i64>("counted").unwrap();
    assert!(counted.len() == 1 && counted[0] > 0, "the window fires at the end: {counted:?}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_program_runs_its_pipelines_on_a_cluster() {
    ends_with_what_it_collected(&cluster());
    tells_the_root_cause_first(&cluster());
    is_cancelled(&cluster());
    is_drained(&cluster());
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_job_on_a_cluster_outlives_its_handle() {
    let job = running(&cluster());
    let id = job.id().unwrap().parse().unwrap();
    drop(job);
    let Runner::Flink(flink) = cluster() else { panic!() };
    let job = flink.attach(&id).unwrap();
    assert_eq!(job.state().unwrap(), JobState::Running);
    assert!(job.stop().unwrap().starts_with("file:"));
    job.wait().unwrap();
}

#[test]
#[ignore = "needs Flink's classes: cargo xtask submission"]
fn a_program_runs_its_pipelines_in_an_embedded_flink() {
    ends_with_what_it_collected(&embedded());
    tells_the_root_cause_first(&embedded());
}

#[test]
#[ignore = "needs Flink's classes: cargo xtask submission"]
fn an_embedded_job_is_cancelled_and_drained() {
    is_cancelled(&embedded());
    let savepoints = env::temp_dir().join(format!("brookite-savepoints-{}", std::process::id()));
    let Runner::Embedded(flink) = embedded() else { panic!() };
    let directory = format!("file://{}", savepoints.display());
    is_drained(&Runner::Embedded(flink.option("execution.checkpointing.savepoint-dir", directory)));
    fs::remove_dir_all(savepoints).unwrap();
}

#[test]
#[ignore = "needs Flink's classes: cargo xtask submission"]
fn a_library_of_other_sources_is_refused_before_anything_runs() {
    let program = env::current_exe().unwrap();
    let Runner::Embedded(flink) = embedded() else { panic!() };
    let error = Runner::Embedded(flink.clone().library(&program)).start(squares, [""; 0]);
    assert!(matches!(error, Err(RunError::Load(_))), "{error:?}");
    let nowhere = Runner::Embedded(flink.library("/no/such/libpipelines.so"));
    assert!(matches!(nowhere.start(squares, [""; 0]), Err(RunError::Load(_))));
}
