//! [`RunError`]: why a pipeline did not run, or not to its end.

use std::fmt;
use std::path::PathBuf;

use brookite_abi::LoadError;
use brookite_client::package::PackageError;
use brookite_client::{ClientError, JobFailure};
use brookite_core::pipeline::PipelineError;
use brookite_core::proto::Failure;
use brookite_local::JobError;

/// Why a pipeline did not run, or not to its end, and what helps.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The job failed.
    #[error("job '{name}' failed: {}", root_first(.causes))]
    JobFailed {
        /// The job's name.
        name: String,
        /// The root cause first, then what it led to.
        causes: Vec<Cause>,
        /// What Flink knows besides, such as the task and the stacks.
        flink: Option<Box<JobFailure>>,
        /// What the function said, when one failed on the local runner.
        function: Option<Box<Failure>>,
    },
    /// Somebody cancelled the job.
    #[error("job '{name}' was cancelled")]
    Cancelled {
        /// The job's name.
        name: String,
    },
    /// The program cannot build its pipeline.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// The program of a registered pipeline failed.
    #[error("{0}")]
    Build(Box<Failure>),
    /// The pipeline is not one that a library builds.
    #[error(
        "{what} can run on the local runner alone: Flink needs a pipeline that a library builds. Write it as \
         `#[pipeline] pub fn {example}(p: &Pipeline, args: &Arguments) -> Result<()>` in the crate's lib.rs, \
         and hand that to brookite_run"
    )]
    NotRegistered {
        /// The pipeline.
        what: String,
        /// How it could be called.
        example: String,
    },
    /// There is no such runner.
    #[error(
        "'{found}' is no runner: expected local, embedded, flink, or the URL of a cluster ({whence})"
    )]
    NoSuchRunner {
        /// What was said.
        found: String,
        /// Where it was said.
        whence: &'static str,
    },
    /// The library of the pipeline's functions is not there.
    #[error(
        "the library {file} with the functions of pipeline '{pipeline}' was not built: {advice}. These places \
         were looked at:{}",
        listed(.looked)
    )]
    NoLibrary {
        /// The library's file name.
        file: String,
        /// The pipeline.
        pipeline: String,
        /// What to do.
        advice: &'static str,
        /// Where it was looked for.
        looked: Vec<PathBuf>,
    },
    /// The library builds another pipeline than this program does.
    #[error(
        "the library {} is not of the same sources as this program ({difference}): build both, with `cargo \
         build` or `cargo run`", .library.display()
    )]
    OtherLibrary {
        /// The library.
        library: PathBuf,
        /// In what they differ.
        difference: String,
    },
    /// The library cannot be opened.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The wrapper's jar is not there.
    #[error("the wrapper's jar is not there; {advice}. These places were looked at:{}", listed(.looked))]
    NoWrapper {
        /// What to do.
        advice: &'static str,
        /// Where it was looked for.
        looked: Vec<PathBuf>,
    },
    /// An embedded run has no JDK.
    #[error(
        "an embedded run needs a JDK, {} or newer: {found}; install one, and set JAVA_HOME to its folder",
        crate::OLDEST_JAVA
    )]
    NoJava {
        /// What there is.
        found: String,
    },
    /// An embedded run has no classes of Flink's.
    #[error(
        "an embedded run takes Flink's classes from FLINK_HOME, {found}: unpack Flink from \
         https://flink.apache.org/downloads and set it to its folder"
    )]
    NoFlink {
        /// What there is.
        found: String,
    },
    /// The JVM of an embedded run did not do what it should.
    #[error("the JVM of the embedded run {what}")]
    Jvm {
        /// What it did.
        what: String,
    },
    /// Flink can make no job of the pipeline.
    #[error("Flink can make no job of it: {}", root_first(.causes))]
    Refused {
        /// The root cause first.
        causes: Vec<Cause>,
    },
    /// The jar of the job cannot be written.
    #[error("cannot package the pipeline: {0}")]
    Package(#[from] PackageError),
    /// A cluster did not do what it should.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The local runner does not take the pipeline.
    #[error(transparent)]
    Local(JobError),
    /// A sink's records cannot be had.
    #[error("collect sink '{sink}': {reason}")]
    Collected {
        /// The sink.
        sink: String,
        /// Why not.
        reason: String,
    },
    /// The runner cannot do that.
    #[error("{runner} cannot {what}: {instead}")]
    Unsupported {
        /// Which runner.
        runner: &'static str,
        /// What was wanted.
        what: &'static str,
        /// What there is instead.
        instead: &'static str,
    },
    /// A file of this machine cannot be written or read.
    #[error("cannot {doing} '{}': {source}", .path.display())]
    File {
        /// What was tried.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Ctrl-C cannot be listened to.
    #[error("cannot listen to Ctrl-C: {0}")]
    Signals(#[from] ctrlc::Error),
}

/// One of the things that ended a job.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// The Java exception's class with its package; empty where there is none.
    pub class: String,
    /// What happened.
    pub message: String,
}

impl Cause {
    pub(crate) fn new(class: impl Into<String>, message: impl Into<String>) -> Self {
        Self { class: class.into(), message: message.into() }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = self.class.rsplit('.').next().unwrap_or_default();
        match (class, &*self.message) {
            ("", message) => f.write_str(message),
            (class, "") => f.write_str(class),
            (class, message) => write!(f, "{class}: {message}"),
        }
    }
}

impl RunError {
    pub(crate) fn file(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::File { doing, path: path.into(), source }
    }

    /// What a cluster says of a job that did not come to its end.
    pub(crate) fn of_job(error: ClientError) -> Self {
        match error {
            ClientError::JobFailed { name, failure, .. } => {
                let causes = failure.causes.iter();
                let causes = causes.map(|cause| Cause::new(&*cause.class, &*cause.message));
                let causes = causes.collect();
                Self::JobFailed { name, causes, flink: Some(failure), function: None }
            }
            ClientError::JobCanceled { name, .. } => Self::Cancelled { name },
            error => Self::Client(error),
        }
    }

    /// What the local runner says of a job that failed.
    pub(crate) fn of_local(name: &str, error: &JobError) -> Self {
        Self::JobFailed {
            name: name.to_owned(),
            causes: vec![Cause::new("", error.to_string())],
            flink: None,
            function: error.failure().cloned().map(Box::new),
        }
    }
}

fn root_first(causes: &[Cause]) -> String {
    match causes {
        [] => "no reason is given".to_owned(),
        causes => {
            causes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  which led to ")
        }
    }
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("\n  {}", path.display())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_cause_comes_first() {
        let causes = vec![Cause::new("a.b.Broken", "no wheel"), Cause::new("", "the cart stands")];
        let error =
            RunError::JobFailed { name: "cart".into(), causes, flink: None, function: None };
        let expected = "job 'cart' failed: Broken: no wheel\n  which led to the cart stands";
        assert_eq!(error.to_string(), expected);
    }
}
