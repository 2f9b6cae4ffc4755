//! Jobs over the REST API: submitted, watched, stopped with a savepoint.

use std::fmt;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cluster::rest::Rest;

/// How long a savepoint may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often a job is looked at while it is waited for.
const PAUSE: Duration = Duration::from_millis(100);

/// A job's number in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct JobId(String);

/// Where a job stands, in Flink's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum JobState {
    Initializing,
    Created,
    Running,
    Failing,
    Failed,
    Cancelling,
    Canceled,
    Finished,
    Restarting,
    Suspended,
    Reconciling,
}

impl JobState {
    /// Whether nothing more happens to the job.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Failed | Self::Canceled | Self::Finished)
    }
}

/// A job of `GET /jobs/overview`.
#[derive(Deserialize)]
pub(crate) struct Listed {
    jid: JobId,
    name: String,
    state: JobState,
}

/// How a job is to be run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Submission {
    /// The class with main; the one that the jar's manifest names when there is none.
    pub(crate) main: Option<String>,
    /// What main is called with.
    pub(crate) arguments: Vec<String>,
    pub(crate) parallelism: u32,
    /// Where it goes on; from the start when there is none.
    pub(crate) savepoint: Option<String>,
}

/// How often a job's state was made safe, and taken back.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Checkpoints {
    pub(crate) completed: u64,
    pub(crate) failed: u64,
    pub(crate) restored: u64,
}

/// An operator and what comes chained to it, as `GET /jobs/:id` lists it.
#[derive(Deserialize)]
struct Vertex {
    status: String,
}

#[derive(Deserialize)]
struct Job {
    state: JobState,
    vertices: Vec<Vertex>,
}

impl Rest {
    /// All jobs that the cluster knows of.
    pub(super) fn jobs(&self) -> Result<Vec<Listed>> {
        #[derive(Deserialize)]
        struct Overview {
            jobs: Vec<Listed>,
        }
        Ok(self.get::<Overview>("/jobs/overview")?.jobs)
    }

    /// Hands a jar to the cluster and returns the name under which it is kept there.
    pub(crate) fn upload(&self, jar: &Path) -> Result<String> {
        #[derive(Deserialize)]
        struct Uploaded {
            filename: String,
        }
        let content =
            std::fs::read(jar).with_context(|| format!("cannot read {}", jar.display()))?;
        let name = jar.file_name().unwrap_or_default().to_string_lossy();
        let uploaded: Uploaded = self.post_file("/jars/upload", &name, &content)?;
        let kept = uploaded.filename.rsplit('/').next().unwrap_or_default();
        Ok(kept.to_owned())
    }

    /// Runs main of a class in an uploaded jar, which submits a job.
    pub(crate) fn run(&self, jar: &str, submission: &Submission) -> Result<JobId> {
        #[derive(Deserialize)]
        struct Submitted {
            jobid: JobId,
        }
        let Submission { main, arguments, parallelism, savepoint } = submission;
        let mut body = json!({ "programArgsList": arguments, "parallelism": parallelism });
        if let Some(main) = main {
            body["entryClass"] = json!(main);
        }
        if let Some(savepoint) = savepoint {
            body["savepointPath"] = json!(savepoint);
        }
        Ok(self.post::<Submitted>(&format!("/jars/{jar}/run"), &body)?.jobid)
    }

    pub(crate) fn state(&self, job: &JobId) -> Result<JobState> {
        Ok(self.job(job)?.state)
    }

    fn job(&self, job: &JobId) -> Result<Job> {
        self.get(&format!("/jobs/{job}"))
    }

    /// Waits until the job is over; any end but a good one is an error with the job's exceptions.
    pub(crate) fn wait_for_end(&self, job: &JobId, patience: Duration) -> Result<()> {
        let started = Instant::now();
        loop {
            let state = self.state(job)?;
            if state == JobState::Finished {
                return Ok(());
            }
            if state.is_over() {
                bail!("the job has {state}:\n{}", self.exceptions(job)?.join("\n"));
            }
            let seconds = patience.as_secs();
            ensure!(started.elapsed() < patience, "the job is {state} after {seconds} s");
            sleep(PAUSE);
        }
    }

    /// Waits until each of the job's tasks runs, or has done its work.
    pub(crate) fn wait_for_tasks(&self, job: &JobId, patience: Duration) -> Result<()> {
        let started = Instant::now();
        loop {
            let Job { state, vertices } = self.job(job)?;
            let up = |vertex: &Vertex| matches!(&*vertex.status, "RUNNING" | "FINISHED");
            if state == JobState::Finished
                || (state == JobState::Running && vertices.iter().all(up))
            {
                return Ok(());
            }
            if state.is_over() {
                bail!("the job has {state}:\n{}", self.exceptions(job)?.join("\n"));
            }
            let seconds = patience.as_secs();
            ensure!(
                started.elapsed() < patience,
                "the job's tasks do not all run after {seconds} s:\n{}",
                self.exceptions(job)?.join("\n")
            );
            sleep(PAUSE);
        }
    }

    pub(crate) fn checkpoints(&self, job: &JobId) -> Result<Checkpoints> {
        let answer: Value = self.get(&format!("/jobs/{job}/checkpoints"))?;
        let count = |name: &str| answer["counts"][name].as_u64().unwrap_or_default();
        Ok(Checkpoints {
            completed: count("completed"),
            failed: count("failed"),
            restored: count("restored"),
        })
    }

    /// What made the job fail, each with its stack, the latest first; Flink keeps the last few.
    pub(crate) fn exceptions(&self, job: &JobId) -> Result<Vec<String>> {
        let answer: Value = self.get(&format!("/jobs/{job}/exceptions?maxExceptions=20"))?;
        let entries = answer["exceptionHistory"]["entries"].as_array().cloned().unwrap_or_default();
        let text = |entry: &Value| entry["stacktrace"].as_str().unwrap_or_default().to_owned();
        Ok(entries.iter().map(text).collect())
    }

    /// Stops the job with a savepoint, and returns where that is.
    pub(crate) fn stop(&self, job: &JobId) -> Result<String> {
        #[derive(Deserialize)]
        struct Triggered {
            #[serde(rename = "request-id")]
            request: String,
        }
        let Triggered { request } =
            self.post(&format!("/jobs/{job}/stop"), &json!({ "drain": false }))?;
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let answer: Value = self.get(&format!("/jobs/{job}/savepoints/{request}"))?;
            if answer["status"]["id"] == "COMPLETED" {
                let operation = &answer["operation"];
                return match operation["location"].as_str() {
                    Some(location) => Ok(location.to_owned()),
                    None => bail!("the savepoint failed: {}", operation["failure-cause"]),
                };
            }
            sleep(PAUSE);
        }
        bail!("the savepoint is not complete after {} s", PATIENCE.as_secs())
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("{self:?}").to_lowercase())
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { jid, name, state } = self;
        write!(f, "job {jid} '{name}' {state}")
    }
}
