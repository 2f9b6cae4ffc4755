//! Ctrl-C at each stage of a pipeline that has no end: what is said, the exit status, and what is left.
//!
//! A terminal sends the signal to all programs of a group, `kill` to one: both must mean the same.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod made;

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use brookite_client::{Client, JobId, JobState};

/// Building takes long on a busy machine.
const PATIENCE: Duration = Duration::from_secs(600);

const ENDLESS: &str = "
use brookite::prelude::*;

#[derive(Row)]
pub struct Numbered {
    pub number: i64,
}

/// Numbers without end, and how many there were.
#[pipeline]
pub fn endless(p: &Pipeline) -> Result<()> {
    p.source::<Numbered>(Connector::new(\"datagen\").option(\"rows-per-second\", \"1000\"))
        .parallelism(1)
        .map(|_: Numbered| 1_i64)
        .key_by(|_| 0_i64)
        .window(Global)
        .reduce(|one, other| one + other)
        .map(|count| format!(\"counted {count}\"))
        .print();
    Ok(())
}

brookite::export!();
";

/// The crate; the folder that it is in is removed with the value.
struct Project {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Project {
    /// Each test's crate has a name of its own: what runs of it is looked for by the name.
    fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = Command::new(env!("CARGO_BIN_EXE_cargo-brookite"))
            .args(["new", name, "--template", "pipeline"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let root = folder.path().join(name);
        made::as_this_repository(&root);
        fs::write(root.join("src/lib.rs"), ENDLESS).unwrap();
        Self { _folder: folder, root }
    }

    fn start(&self, arguments: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-brookite"))
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", made::TARGET)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let out = listen(child.stdout.take().unwrap());
        let err = listen(child.stderr.take().unwrap());
        Running { child, out, err }
    }
}

/// What comes out of a pipe, as it comes.
fn listen(pipe: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let heard = text.clone();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let mut heard = heard.lock().unwrap();
            heard.push_str(&line);
            heard.push('\n');
        }
    });
    text
}

/// The command at work.
struct Running {
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

impl Running {
    fn err(&self) -> String {
        self.err.lock().unwrap().clone()
    }

    fn until_it_says(&self, text: &str) {
        until(|| self.err().contains(text), || format!("not a word of '{text}':\n{}", self.err()));
    }

    fn kill(&self, signal: &str, group: bool) {
        let pid = self.child.id();
        let whom = if group { format!("-{pid}") } else { pid.to_string() };
        let killed = Command::new("kill").args(["-s", signal, "--", &whom]).status().unwrap();
        assert!(killed.success());
    }

    /// What it had printed to standard output and to standard error when it ended with status 130.
    fn interrupted(mut self) -> (String, String) {
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < PATIENCE, "it goes on:\n{}", self.err());
            sleep(Duration::from_millis(20));
        };
        assert_eq!(status.code(), Some(130), "{}", self.err());
        // The pipes are read to their ends.
        until(|| Arc::strong_count(&self.err) == 1, || "a pipe stays open".to_owned());
        let out = self.out.lock().unwrap().clone();
        (out, self.err())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended, unless the test has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn until(mut holds: impl FnMut() -> bool, otherwise: impl Fn() -> String) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{}", otherwise());
        sleep(Duration::from_millis(20));
    }
}

/// Waits until no process with that in its command line is left.
fn nothing_runs_of(what: &str) {
    let runs = || {
        let processes = fs::read_dir("/proc").unwrap().flatten();
        processes.into_iter().any(|process| {
            let words = fs::read(process.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&words).contains(what)
        })
    };
    let started = Instant::now();
    while runs() {
        assert!(started.elapsed() < Duration::from_secs(30), "'{what}' is left running");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn ctrl_c_ends_a_local_run_at_each_stage() {
    let project = Project::new("endless-here");
    let building = project.start(&["run", "--profile", "dev"]);
    building.until_it_says("Compiling");
    building.kill("INT", false);
    let (_, err) = building.interrupted();
    assert!(err.contains("interrupted while the crate was built; nothing runs"), "{err}");

    for group in [false, true] {
        let running = project.start(&["run", "--profile", "dev", "--parallelism", "2"]);
        running.until_it_says("records read");
        running.kill("INT", group);
        let (out, err) = running.interrupted();
        assert!(out.contains("counted "), "the window fires:\n{out}{err}");
        assert!(err.contains("the sources stop, what they have emitted is worked on"), "{err}");
        assert!(err.contains("the job has stopped; nothing runs"), "{err}");
        nothing_runs_of("endless-here-local");
    }

    let running = project.start(&["run", "--profile", "dev"]);
    running.until_it_says("records read");
    running.kill("KILL", false);
    nothing_runs_of("endless-here-local");
}

#[test]
#[ignore = "needs Flink's classes: cargo xtask submission"]
fn ctrl_c_ends_an_embedded_run() {
    let project = Project::new("endless-embedded");
    for (signal, group) in [("INT", false), ("INT", true), ("KILL", false)] {
        let running =
            project.start(&["run", "--profile", "dev", "--embedded", "--parallelism", "1"]);
        running.until_it_says("running endless");
        running.kill(signal, group);
        if signal == "INT" {
            let (_, err) = running.interrupted();
            assert!(err.contains("the embedded job is cancelled; nothing runs"), "{err}");
        }
        nothing_runs_of("endless-embedded.jar");
    }
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn ctrl_c_cancels_a_job_on_a_cluster_or_leaves_it_as_was_said() {
    let project = Project::new("endless-elsewhere");
    let url = env::var("BROOKITE_TEST_CLUSTER").expect("set by `cargo xtask submission`");
    let client = Client::connect(&url).unwrap();
    let (jobs, jars) = (client.jobs().unwrap().len(), client.jars().unwrap().len());

    let building = project.start(&["submit", "--profile", "dev", "--flink", &url]);
    building.until_it_says("Compiling");
    building.kill("INT", false);
    let (_, err) = building.interrupted();
    assert!(err.contains("interrupted while the crate was built; nothing runs"), "{err}");
    assert_eq!(client.jobs().unwrap().len(), jobs);

    for (on_interrupt, said, state) in [
        ("cancel", "is cancelled", JobState::Canceled),
        ("leave", "which runs on", JobState::Running),
    ] {
        let run = [
            "run",
            "--profile",
            "dev",
            "--flink",
            &url,
            "--parallelism",
            "1",
            "--on-interrupt",
            on_interrupt,
        ];
        let running = project.start(&run);
        running.until_it_says("started job");
        let err = running.err();
        let id = err.split("started job ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        let job: JobId = id.parse().unwrap();
        client.wait_until_running(&job, PATIENCE).unwrap();
        running.kill("INT", true);
        let (_, err) = running.interrupted();
        assert!(err.contains(said) && err.contains(&id), "{err}");
        assert_eq!(client.state(&job).unwrap(), state);
        if state == JobState::Running {
            client.cancel(&job).unwrap();
        }
    }
    assert_eq!(client.jars().unwrap().len(), jars);
}
