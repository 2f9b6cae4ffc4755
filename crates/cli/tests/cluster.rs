//! The commands with a real cluster, as `cargo xtask submission` runs them.
//!
//! The jobs are `org.brookite.submission.SubmissionJob` and pipelines of tests/pipelines.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod road;

use std::env;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use brookite_client::package::{Package, Platform};
use brookite_client::{Client, JobId, JobState, Submission};
use brookite_core::Data;
use brookite_core::coder::{Arena, Input};
use brookite_core::proto::PipelineCall;
use brookite_executor::Registry;
use prost::Message as _;
use road::Road;

// Its pipelines are registered where they are linked.
use pipelines as _;

const PATIENCE: Duration = Duration::from_secs(60);

fn url() -> String {
    env::var("BROOKITE_TEST_CLUSTER").expect("set by `cargo xtask submission`")
}

/// Starts a job that lasts until it is ended, unless there is more to say to it.
fn start(name: &str, more: &[&str]) -> (Client, JobId) {
    let client = Client::connect(&url()).unwrap();
    let jar = PathBuf::from(env::var_os("BROOKITE_TEST_JAR").unwrap());
    let jar = client.upload_jar(&jar).unwrap();
    let arguments = ["--records", "100000000", "--name", name];
    let submission = Submission::default().arguments(arguments).arguments(more.iter().copied());
    let job = client.run_jar(&jar, &submission.parallelism(1)).unwrap();
    client.delete_jar(&jar).unwrap();
    (client, job)
}

/// What a command prints to standard output and to standard error, when it ends with that status.
fn run(arguments: &[&str], status: i32) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-brookite"));
    let assert = command.args(arguments).env("BROOKITE_FLINK", url()).assert().code(status);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    (text(&assert.get_output().stdout), text(&assert.get_output().stderr))
}

/// Makes a jar of small pipelines, each under a name and with its arguments, and returns its path.
fn jar(folder: &Path, pipelines: &[(&str, &str, &[&str])]) -> String {
    let variable =
        |name| PathBuf::from(env::var_os(name).expect("set by `cargo xtask submission`"));
    let platform = Platform::of_this_machine();
    let library = variable("BROOKITE_TEST_LIBRARIES").join(platform.file_name("pipelines"));
    let mut package = Package::new(variable("BROOKITE_TEST_WRAPPER")).library(platform, library);
    for (name, pipeline, arguments) in pipelines {
        let call = PipelineCall {
            pipeline: (*pipeline).to_owned(),
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        };
        let graph = Registry::linked().pipeline(&call).unwrap().graph;
        package = package.pipeline(*name, graph.encode_to_vec());
    }
    let jar = folder.join("pipelines.jar");
    package.write(&jar).unwrap();
    jar.display().to_string()
}

/// Fails a job when it first fails.
const NO_RESTART: [&str; 2] = ["-D", "restart-strategy.type=none"];

/// The line that says what is wrong.
fn error(err: &str) -> &str {
    err.lines().find(|line| line.starts_with("error: ")).unwrap_or_default()
}

/// The text that a job has collected.
fn collected(client: &Client, job: &JobId, sink: &str) -> Vec<String> {
    let text = |bytes: &Vec<u8>| {
        let arena = Arena::default();
        <String as Data>::decode(&mut Input::new(bytes, &arena)).unwrap()
    };
    client.collected(job, sink).unwrap_or_default().iter().map(text).collect()
}

fn wait_for(client: &Client, job: &JobId, state: JobState) {
    let started = Instant::now();
    while client.state(job).unwrap() != state {
        assert!(started.elapsed() < PATIENCE, "job {job} is not {state}");
        sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_job_is_listed_looked_at_and_cancelled_by_its_name() {
    let (client, job) = start("to be cancelled", &[]);
    client.wait_until_running(&job, PATIENCE).unwrap();
    let (out, err) = run(&["list"], 0);
    assert!(out.contains(job.as_str()) && out.contains("to be cancelled"), "{out}");
    assert!(err.contains("2 TaskManagers"), "{err}");
    let (out, _) = run(&["status", "to be cancelled"], 0);
    assert!(out.starts_with("to be cancelled running for"), "{out}");
    assert!(out.contains("Source: numbers -> digits") && out.contains("checkpoints:"), "{out}");
    let (out, _) = run(&["cancel", &job.as_str()[..8]], 0);
    assert_eq!(out, format!("Job {job} 'to be cancelled' is cancelled."));
    let (_, err) = run(&["stop", job.as_str()], 1);
    assert!(err.contains("is over (canceled)"), "{err}");
    let (out, _) = run(&["list", "--all"], 0);
    assert!(out.contains("canceled"), "{out}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_savepoint_is_made_aside_and_at_the_end() {
    let (client, job) = start("to be stopped", &[]);
    client.wait_until_running(&job, PATIENCE).unwrap();
    let (aside, _) = run(&["savepoint", "to be stopped", "--format", "native"], 0);
    assert!(aside.starts_with("file:/"), "{aside}");
    let (out, _) = run(&["savepoint", "--dispose", &aside], 0);
    assert_eq!(out, format!("Disposed of {aside}."));
    let (_, err) = run(&["savepoint", "--dispose", &aside], 1);
    assert!(err.contains("FileNotFoundException"), "{err}");
    let (last, _) = run(&["stop", "to be stopped"], 0);
    assert!(last.starts_with("file:/"), "{last}");
    wait_for(&client, &job, JobState::Finished);
    let (_, err) = run(&["stop", job.as_str()], 1);
    assert!(err.contains("is over (finished)"), "{err}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_failed_job_shows_its_root_cause_and_fails_the_command() {
    let (client, job) = start("to fail", &["--fail", "rust", "--fail-at", "5"]);
    let (_, err) = run(&["status", job.as_str(), "--watch"], 1);
    assert!(err.contains("RustFunctionException: Rust function 'count' panicked"), "{err}");
    wait_for(&client, &job, JobState::Failed);
    let (out, err) = run(&["status", job.as_str()], 1);
    assert!(out.contains("attempt to divide by zero"), "{out}");
    assert!(err.contains("has failed"), "{err}");
    let (out, _) = run(&["status", job.as_str(), "--trace"], 1);
    assert!(out.contains("\tat org.brookite.submission"), "{out}");
}

#[test]
#[cfg(unix)]
#[ignore = "needs a cluster: cargo xtask submission"]
fn who_presses_ctrl_c_while_watching_leaves_the_job_alone() {
    let (client, job) = start("to be left", &[]);
    client.wait_until_running(&job, PATIENCE).unwrap();
    let mut watching = Process::new(env!("CARGO_BIN_EXE_cargo-brookite"))
        .args(["status", job.as_str(), "--watch", "--flink", &url()])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    sleep(Duration::from_secs(2));
    let pid = watching.id().to_string();
    assert!(Process::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let status = watching.wait().unwrap();
    let mut err = String::new();
    watching.stderr.unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(status.code(), Some(130), "{err}");
    assert!(err.contains("which runs on") && err.contains("cargo brookite cancel"), "{err}");
    assert_eq!(client.state(&job).unwrap(), JobState::Running);
    client.cancel(&job).unwrap();
    wait_for(&client, &job, JobState::Canceled);
}

#[test]
#[cfg(unix)]
#[ignore = "needs a cluster: cargo xtask submission"]
fn ctrl_c_cancels_a_job_that_was_submitted_so_and_its_jar_is_gone() {
    let client = Client::connect(&url()).unwrap();
    let jars = client.jars().unwrap().len();
    let jar = env::var("BROOKITE_TEST_JAR").unwrap();
    let mut submitting = Process::new(env!("CARGO_BIN_EXE_cargo-brookite"))
        .args(["submit", "--jar", &jar, "--flink", &url(), "--parallelism", "1"])
        .args(["--wait", "--on-interrupt", "cancel"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(submitting.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let job: JobId = line.trim().parse().unwrap();
    client.wait_until_running(&job, PATIENCE).unwrap();
    assert_eq!(client.jars().unwrap().len(), jars);
    let pid = submitting.id().to_string();
    assert!(Process::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = submitting.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains(&format!("job {job} is cancelled")), "{err}");
    assert_eq!(client.state(&job).unwrap(), JobState::Canceled);
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn what_is_not_there_is_named() {
    let (_, err) = run(&["status", "no such job"], 1);
    assert!(err.contains("has no job 'no such job'"), "{err}");
    let (_, err) = run(&["cancel", "00000000000000000000000000000001"], 1);
    assert!(err.contains("knows no job"), "{err}");
    let (_, err) = run(&["logs", "--task-manager", "nobody"], 1);
    assert!(err.contains("has no TaskManager 'nobody'; it has "), "{err}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn logs_are_listed_and_printed() {
    let (out, _) = run(&["logs", "--list"], 0);
    assert!(out.contains("JobManager") && out.contains(".log"), "{out}");
    let (out, _) = run(&["logs", "--job-manager"], 0);
    assert!(out.contains(" INFO "), "{}", &out[..200]);
    let (_, err) = run(&["logs", "--job-manager", "--file", "nothing.log"], 1);
    assert!(err.contains("has no file 'nothing.log'; it has "), "{err}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn the_doctor_looks_at_the_cluster() {
    let (out, _) = run(&["doctor"], 0);
    assert!(out.contains("taskmanager.memory.task.off-heap.size is 64.0 MB"), "{out}");
    assert!(out.contains("of 8 slots free") && out.contains("0 problems"), "{out}");
}

/// Waits until a job has collected that many records of which `text` is a part.
fn wait_for_records(client: &Client, job: &JobId, sink: &str, count: usize, text: &str) {
    let started = Instant::now();
    loop {
        let found =
            collected(client, job, sink).iter().filter(|record| record.contains(text)).count();
        if found >= count {
            return;
        }
        let state = client.state(job).unwrap();
        assert!(!state.is_over(), "{state}: {:?}", client.failures(job).unwrap().first());
        assert!(started.elapsed() < PATIENCE, "job {job} has {found} records with '{text}'");
        sleep(Duration::from_millis(100));
    }
}

/// Splits `number count marks`.
fn parts(record: &str) -> (&str, usize, &str) {
    let (number, rest) = record.split_once(' ').unwrap();
    let (count, marks) = rest.split_once(' ').unwrap_or((rest, ""));
    (number, count.parse().unwrap(), marks)
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_savepoint_from_before_stages_were_added_is_gone_on_from() {
    let folder = tempfile::tempdir().unwrap();
    let versions = ["1", "2", "3"].map(|version| ["--version", version]);
    let jar = jar(
        folder.path(),
        &[
            ("first", "growing", &versions[0]),
            ("second", "growing", &versions[1]),
            ("third", "growing", &versions[2]),
        ],
    );
    let client = Client::connect(&url()).unwrap();
    let submit = |name: &str, from: &[&str]| -> JobId {
        let submit = ["submit", name, "--jar", &jar, "--parallelism", "2"];
        run(&[&submit[..], &NO_RESTART, from].concat(), 0).0.parse().unwrap()
    };
    let first = submit("first", &[]);
    wait_for_records(&client, &first, "counts", 100, " ");
    let savepoint = run(&["stop", first.as_str()], 0).0;
    // With functions more within the stages before and behind the one with the state.
    let second = submit("second", &["--from", &savepoint]);
    wait_for_records(&client, &second, "counts", 100, " second");
    let savepoint = run(&["stop", second.as_str()], 0).0;
    // With stages more.
    let third = submit("third", &["--from", &savepoint]);
    wait_for_records(&client, &third, "counts", 100, " second third");
    run(&["stop", third.as_str()], 0);
    wait_for(&client, &third, JobState::Finished);

    // What was collected is in the savepoints, too: all of it is there.
    let records = collected(&client, &third, "counts");
    for number in ["0", "1", "2", "3"] {
        let mut counts: Vec<_> =
            records.iter().map(|record| parts(record)).filter(|parts| parts.0 == number).collect();
        counts.sort_by_key(|(_, count, _)| *count);
        let found: Vec<usize> = counts.iter().map(|(_, count, _)| *count).collect();
        let expected: Vec<usize> = (1..=counts.len()).collect();
        assert_eq!(found, expected, "each count of {number} comes once");
        let last = match number {
            "3" => "",
            "2" => "second",
            _ => "second third",
        };
        assert_eq!(counts.last().unwrap().2, last, "the last version that counts {number}");
        assert!(counts.is_sorted_by_key(|(_, _, marks)| marks.len()), "{counts:?}");
    }
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_library_that_builds_another_graph_fails_with_what_differs() {
    // Here it is another one than in the processes of the cluster.
    let folder = tempfile::tempdir().unwrap();
    let jar = jar(folder.path(), &[("it", "changed", &[])]);
    let submit = ["submit", "--jar", &jar, "--wait"];
    let (job, err) = run(&[&submit[..], &NO_RESTART].concat(), 1);
    let client = Client::connect(&url()).unwrap();
    assert_eq!(client.state(&job.parse().unwrap()).unwrap(), JobState::Failed);
    assert!(error(&err).contains("of this library is another one than was submitted"), "{err}");
    assert!(error(&err).contains("the submitted job has node 'add-one'"), "{err}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn one_of_several_pipelines_in_a_jar_is_submitted_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let jar = jar(folder.path(), &[("doubled", "map", &[]), ("every third", "filter", &[])]);
    let client = Client::connect(&url()).unwrap();
    let jars = client.jars().unwrap().len();
    let (job, _) = run(&["submit", "every third", "--jar", &jar, "--wait"], 0);
    let mut found = collected(&client, &job.parse().unwrap(), "out");
    found.sort();
    assert_eq!(found, ["3", "6", "9"]);
    let jobs = client.jobs().unwrap().len();
    let (out, err) = run(&["submit", "--jar", &jar], 1);
    assert!(out.is_empty() && error(&err).contains("NAME is one of doubled, every third"), "{err}");
    let (_, err) = run(&["submit", "map", "--jar", &jar], 1);
    assert!(error(&err).contains("the jar has no pipeline 'map'; it has doubled, every"), "{err}");
    assert_eq!(client.jobs().unwrap().len(), jobs, "no job was started");
    assert_eq!(client.jars().unwrap().len(), jars, "no jar is left");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_file_that_is_not_there_is_named_before_a_job_runs() {
    let folder = tempfile::tempdir().unwrap();
    let jar = jar(folder.path(), &[("it", "read_text", &["--input", "/no/such/file"])]);
    let client = Client::connect(&url()).unwrap();
    let jobs = client.jobs().unwrap().len();
    let (out, err) = run(&["submit", "--jar", &jar], 1);
    assert!(out.is_empty(), "{out}");
    assert!(error(&err).contains("there is no file or folder /no/such/file"), "{err}");
    assert!(err.contains("node 'read-text'"), "{err}");
    assert_eq!(client.jobs().unwrap().len(), jobs, "no job was started");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_job_without_slots_says_how_many_it_needs_and_then_fails() {
    let folder = tempfile::tempdir().unwrap();
    let jar = jar(folder.path(), &[("it", "growing", &[])]);
    let mut submitting = Process::new(env!("CARGO_BIN_EXE_cargo-brookite"))
        .args(["submit", "--jar", &jar, "--flink", &url(), "--parallelism", "12", "--wait"])
        .args(NO_RESTART)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(submitting.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let job: JobId = line.trim().parse().unwrap();
    let said = "needs 12, and the cluster has 8 on 2 TaskManagers (";
    let started = Instant::now();
    while !run(&["status", job.as_str()], 0).0.contains(said) {
        assert!(started.elapsed() < Duration::from_secs(10), "status does not tell of slots");
        sleep(Duration::from_millis(200));
    }
    let output = submitting.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains(&format!("waits for slots: {said}")), "{err}");
    assert!(
        err.contains("error: job") && err.contains("has no slots to run in: needs 12"),
        "{err}"
    );
    assert!(err.contains("start more TaskManagers"), "{err}");
    wait_for(&Client::connect(&url()).unwrap(), &job, JobState::Failed);
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_connection_that_is_lost_for_a_while_does_not_end_the_wait() {
    let cluster = url().trim_start_matches("http://").to_owned();
    let road = Road::to(&cluster);
    let (client, job) = start("to be out of reach", &[]);
    client.wait_until_running(&job, PATIENCE).unwrap();
    let watching = Process::new(env!("CARGO_BIN_EXE_cargo-brookite"))
        .args(["status", job.as_str(), "--watch", "--flink", &road.url])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    sleep(Duration::from_secs(1));
    road.block(true);
    sleep(Duration::from_secs(2));
    road.block(false);
    sleep(Duration::from_secs(1));
    client.cancel(&job).unwrap();
    let output = watching.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("out of reach, asking again in"), "{err}");
    assert!(err.contains("'to be out of reach' was cancelled"), "it was told of the end: {err}");
    assert_eq!(output.status.code(), Some(1), "{err}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_connection_that_stays_lost_ends_the_wait_and_leaves_the_job_alone() {
    let cluster = url().trim_start_matches("http://").to_owned();
    let road = Road::to(&cluster);
    let (client, job) = start("to be lost", &[]);
    client.wait_until_running(&job, PATIENCE).unwrap();
    let watching = Process::new(env!("CARGO_BIN_EXE_cargo-brookite"))
        .args(["status", job.as_str(), "--watch", "--outage", "2", "--flink", &road.url])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    sleep(Duration::from_secs(1));
    road.block(true);
    let output = watching.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("error: lost the connection to"), "{err}");
    assert!(err.contains("the job may still run: look with `cargo brookite status"), "{err}");
    assert_eq!(client.state(&job).unwrap(), JobState::Running);
    client.cancel(&job).unwrap();
    wait_for(&client, &job, JobState::Canceled);
}
