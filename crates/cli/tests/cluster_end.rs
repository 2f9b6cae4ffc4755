//! What becomes of a cluster's end: `cargo xtask submission` runs this last.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use brookite_client::{Client, JobId};

#[test]
#[cfg(unix)]
#[ignore = "needs a cluster: cargo xtask submission"]
fn who_waits_while_the_job_manager_is_killed_learns_of_it_and_ends() {
    let variable = |name| env::var(name).expect("set by `cargo xtask submission`");
    let (url, jar) = (variable("BROOKITE_TEST_CLUSTER"), variable("BROOKITE_TEST_JAR"));
    let mut submitting = Command::new(env!("CARGO_BIN_EXE_cargo-brookite"))
        .args(["submit", "--jar", &jar, "--flink", &url, "--parallelism", "1"])
        .args(["--wait", "--outage", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(submitting.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let job: JobId = line.trim().parse().unwrap();
    let client = Client::connect(&url).unwrap();
    client.wait_until_running(&job, Duration::from_secs(60)).unwrap();
    let process = variable("BROOKITE_TEST_JOB_MANAGER");
    assert!(Command::new("kill").args(["-KILL", &process]).status().unwrap().success());
    let output = submitting.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains(&format!("error: lost the connection to {url}")), "{err}");
    assert!(err.contains(&format!("look with `cargo brookite status {job}")), "{err}");
}
