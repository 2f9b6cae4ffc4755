//! The client with a real cluster, as `cargo xtask submission` runs it.
//!
//! The cluster has two TaskManagers with four slots each; the job is `org.brookite.submission.SubmissionJob`.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::env;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use brookite_client::{
    Aggregate, ClaimMode, Client, ClientError, Ended, Event, JarId, JobId, JobState, LogSource,
    Next, SavepointOptions, Submission, WaitOptions,
};

const IGNORED: &str = "set by `cargo xtask submission`";

/// A job that lasts as long as it is let.
const ENDLESS: &str = "100000000";

const PATIENCE: Duration = Duration::from_secs(60);

/// A cluster, and the job's jar on it.
struct Cluster {
    client: Client,
    jar: JarId,
}

impl Cluster {
    fn connect() -> Self {
        let client = Client::connect(&env::var("BROOKITE_TEST_CLUSTER").expect(IGNORED)).unwrap();
        let jar = PathBuf::from(env::var_os("BROOKITE_TEST_JAR").expect(IGNORED));
        let jar = client.upload_jar(&jar).unwrap();
        Self { client, jar }
    }

    fn submit(&self, submission: &Submission) -> JobId {
        self.client.run_jar(&self.jar, submission).unwrap()
    }

    fn cancel(&self, job: &JobId) {
        self.client.cancel(job).unwrap();
        let error = self.client.wait(job, &hasty(), |_| Next::Continue).unwrap_err();
        assert!(matches!(error, ClientError::JobCanceled { .. }), "{error:?}");
    }

    /// Waits until `job` has made `count` checkpoints.
    fn checkpoints(&self, job: &JobId, count: u64) {
        self.client.wait_until_running(job, PATIENCE).unwrap();
        let started = Instant::now();
        while self.client.checkpoints(job).unwrap().counts.completed < count {
            assert!(started.elapsed() < PATIENCE);
            sleep(Duration::from_millis(50));
        }
    }

    /// Waits for a metric that Flink looks at now and then.
    fn metric(&self, job: &JobId, name: &str, aggregate: Aggregate) -> f64 {
        let started = Instant::now();
        loop {
            let value = self.client.operator_metric(job, "counts", name, aggregate).unwrap();
            if let Some(value) = value.filter(|value| *value > 0.0) {
                return value;
            }
            assert!(started.elapsed() < PATIENCE);
            sleep(Duration::from_millis(200));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A test that failed says why itself.
        let _ = self.client.delete_jar(&self.jar);
    }
}

fn records(count: &str) -> Submission {
    Submission::default().arguments(["--records", count]).parallelism(1)
}

fn hasty() -> WaitOptions {
    WaitOptions::default().interval(Duration::from_millis(50)).patience(PATIENCE)
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_cluster_tells_about_itself() {
    let cluster = Cluster::connect();
    let client = &cluster.client;
    assert!(client.version() >= brookite_client::Version::OLDEST);
    let overview = client.overview().unwrap();
    assert_eq!((overview.task_managers, overview.slots), (2, 8));
    let task_managers = client.task_managers().unwrap();
    assert_eq!(task_managers[0].slots, 4);
    assert_eq!(task_managers[0].task_off_heap(), Some(64 << 20));
    assert!(client.environment().unwrap().feature_version() >= Some(17));
    let configuration = client.configuration().unwrap();
    assert_eq!(configuration["taskmanager.numberOfTaskSlots"], "4");
    let names = ["Status.JVM.Memory.Heap.Used"];
    let started = Instant::now();
    while client.task_manager_metrics(&task_managers[0].id, &names).unwrap().is_empty() {
        assert!(started.elapsed() < PATIENCE);
        sleep(Duration::from_millis(200));
    }
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn jars_come_and_go() {
    let cluster = Cluster::connect();
    let jars = cluster.client.jars().unwrap();
    let jar = jars.iter().find(|jar| jar.id == cluster.jar).unwrap();
    let main = "org.brookite.submission.SubmissionJob";
    assert_eq!(jar.entry_class.as_deref(), Some(main));
    cluster.client.delete_jar(&cluster.jar).unwrap();
    assert!(cluster.client.jars().unwrap().iter().all(|jar| jar.id != cluster.jar));
    let error = cluster.client.run_jar(&cluster.jar, &Submission::default()).unwrap_err();
    assert!(error.to_string().contains("does not exist"), "{error}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_job_comes_to_its_end() {
    let cluster = Cluster::connect();
    let job = cluster.submit(&records("2000").arguments(["--name", "two thousand"]));
    let mut states = Vec::new();
    let ended = cluster.client.wait(&job, &hasty(), |event| {
        let Event::Progress(progress) = event else { panic!("{event:?}") };
        assert_eq!(progress.name, "two thousand");
        if progress.state == JobState::Running {
            assert_eq!(progress.vertices.len(), 2);
        }
        states.push(progress.state);
        Next::Continue
    });
    let Ok(Ended::Finished(details)) = ended else { panic!("{ended:?}") };
    assert_eq!(states.last(), Some(&JobState::Finished));
    assert_eq!(details.vertices[0].metrics.write_records, 2000);
    assert_eq!(details.vertices[1].metrics.read_records, 2000);
    assert!(cluster.client.jobs().unwrap().iter().any(|other| other.id == job));
    let collected = cluster.client.collected(&job, "digits").unwrap();
    assert_eq!(collected, [7_i64.to_be_bytes(), (-1_i64).to_be_bytes()]);
    assert!(cluster.client.failures(&job).unwrap().is_empty());
    for error in [
        cluster.client.cancel(&job).unwrap_err(),
        cluster.client.stop(&job, &SavepointOptions::default()).unwrap_err(),
    ] {
        let over = matches!(error, ClientError::JobIsOver { state: JobState::Finished, .. });
        assert!(over, "{error:?}");
    }
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_job_goes_on_from_its_savepoint() {
    let cluster = Cluster::connect();
    let client = &cluster.client;
    let job = cluster.submit(&records(ENDLESS));
    cluster.checkpoints(&job, 2);
    let aside = client.savepoint(&job, &SavepointOptions::default()).unwrap();
    assert_eq!(client.state(&job).unwrap(), JobState::Running, "it goes on");
    let before = cluster.metric(&job, "highestCount", Aggregate::Max);
    let savepoint = client.stop(&job, &SavepointOptions::default()).unwrap();
    client.wait(&job, &hasty(), |_| Next::Continue).unwrap();

    let again = records(ENDLESS).savepoint(&savepoint).claim_mode(ClaimMode::NoClaim);
    let job = cluster.submit(&again.option("execution.checkpointing.interval", "100ms"));
    cluster.checkpoints(&job, 1);
    assert_eq!(client.checkpoints(&job).unwrap().counts.restored, 1);
    assert!(cluster.metric(&job, "highestCount", Aggregate::Max) >= before);
    cluster.cancel(&job);

    client.dispose_savepoint(&aside).unwrap();
    let error = client.dispose_savepoint(&aside).unwrap_err();
    assert!(matches!(error, ClientError::SavepointFailed { .. }), "{error:?}");
    assert!(error.to_string().contains("FileNotFoundException"), "{error}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_savepoint_that_is_not_there_is_the_root_cause() {
    let cluster = Cluster::connect();
    let from = records(ENDLESS).savepoint("file:///no/such/savepoint");
    let error = cluster.client.run_jar(&cluster.jar, &from).unwrap_err();
    assert!(matches!(error, ClientError::ProgramFailed { .. }), "{error:?}");
    let first = error.to_string().lines().next().unwrap().to_owned();
    assert!(first.contains("/no/such/savepoint"), "{error}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn the_root_cause_of_a_failed_job_comes_first() {
    let cluster = Cluster::connect();
    let failing = records(ENDLESS).arguments(["--fail", "java", "--fail-at", "20"]);
    let job = cluster.submit(&failing);
    let error = cluster.client.wait(&job, &hasty(), |_| Next::Continue).unwrap_err();
    let ClientError::JobFailed { failure, .. } = error else { panic!("{error:?}") };
    let classes: Vec<_> = failure.causes.iter().map(|cause| cause.simple_class()).collect();
    assert_eq!(classes, ["ArithmeticException", "IllegalStateException", "JobException"]);
    assert!(failure.causes[0].message.ends_with("is overdrawn"));
    assert!(failure.task.as_deref().unwrap().starts_with("counts -> "), "{failure:?}");
    assert!(failure.task_manager.is_some() && failure.rust.is_none());
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_failed_rust_function_keeps_its_parts() {
    let cluster = Cluster::connect();
    let failing = ["--fail", "rust", "--fail-at", "20", "--restarts", "1"];
    let job = cluster.submit(&records(ENDLESS).arguments(failing));
    let error = cluster.client.wait(&job, &hasty(), |_| Next::Continue).unwrap_err();
    let ClientError::JobFailed { failure, .. } = error else { panic!("{error:?}") };
    let rust = failure.rust.unwrap();
    assert_eq!(rust.function.as_deref(), Some("count"));
    assert_eq!((&*rust.stage, rust.subtask), ("split -> count", Some((1, 2))));
    assert!(rust.message.ends_with("attempt to divide by zero"), "{}", rust.message);
    assert_eq!(rust.location.as_deref(), Some("src/lib.rs:12:5"));
    assert!(rust.backtrace.contains("word_count::count"));
    assert_eq!(cluster.client.failures(&job).unwrap().len(), 2);
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_program_that_fails_submits_no_job() {
    let cluster = Cluster::connect();
    let failing = records(ENDLESS).arguments(["--fail", "main"]);
    let error = cluster.client.run_jar(&cluster.jar, &failing).unwrap_err();
    let ClientError::ProgramFailed { causes } = error else { panic!("{error:?}") };
    assert_eq!(causes[0].message, "no pipeline of that name");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_job_without_slots_says_so() {
    let cluster = Cluster::connect();
    let job = cluster.submit(&records(ENDLESS).parallelism(64));
    let options = hasty().slots_within(Duration::from_secs(1));
    let error = cluster.client.wait(&job, &options, |_| Next::Continue).unwrap_err();
    let ClientError::NoSlots { shortage, .. } = &error else { panic!("{error:?}") };
    assert_eq!(shortage.slots, 8);
    assert!(error.to_string().contains("start more TaskManagers"), "{error}");
    if !cluster.client.state(&job).unwrap().is_over() {
        cluster.cancel(&job);
    }
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn what_is_not_there_is_named() {
    let cluster = Cluster::connect();
    let job: JobId = "00000000000000000000000000000001".parse().unwrap();
    let error = cluster.client.job(&job).unwrap_err();
    assert!(matches!(error, ClientError::JobNotFound { .. }), "{error:?}");
    let job = cluster.submit(&records(ENDLESS));
    cluster.client.wait_until_running(&job, PATIENCE).unwrap();
    let error = cluster.client.operator_metric(&job, "nobody", "x", Aggregate::Sum).unwrap_err();
    assert!(error.to_string().contains("'Source: numbers -> digits'"), "{error}");
    cluster.cancel(&job);
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn logs_are_handed_out() {
    let cluster = Cluster::connect();
    let task_manager = cluster.client.task_managers().unwrap().remove(0).id;
    for source in [LogSource::JobManager, LogSource::TaskManager(task_manager)] {
        let files = cluster.client.log_files(&source).unwrap();
        let log = files.iter().find(|file| file.name.ends_with(".log") && file.size > 0);
        let log = log.unwrap_or_else(|| panic!("{source} has {files:?}"));
        let mut text = Vec::new();
        let copied = cluster.client.copy_log(&source, log, &mut text).unwrap();
        assert_eq!(copied, text.len() as u64);
        assert!(String::from_utf8_lossy(&text).contains(" INFO "), "{source}");
    }
}
