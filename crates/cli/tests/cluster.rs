//! The commands with a real cluster, as `cargo xtask submission` runs them.
//!
//! The job is `org.brookite.submission.SubmissionJob`.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::env;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Command as Process, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use brookite_client::{Client, JobId, JobState, Submission};

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
    assert!(err.contains("1 TaskManagers"), "{err}");
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
    assert!(out.contains("of 2 slots free") && out.contains("0 problems"), "{out}");
}
