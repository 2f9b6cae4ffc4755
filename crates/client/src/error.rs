//! Why something that was asked of a cluster did not happen.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::cause::JavaException;
use crate::failure::JobFailure;
use crate::job_id::JobId;
use crate::progress::SlotShortage;
use crate::version::Version;

/// Why something that was asked of a cluster did not happen, and what helps.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The address cannot be one of a cluster.
    #[error(
        "'{url}' is not the address of a Flink cluster: {reason}; expected one such as \
             http://localhost:8081"
    )]
    InvalidUrl {
        /// What was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },

    /// Nobody answers at the address.
    #[error(
        "no Flink cluster answers at {url} ({request}: {reason}); is the cluster started, and is this the \
         address of its REST API (rest.address and rest.port in its configuration, 8081 by default)?"
    )]
    Unreachable {
        /// The cluster's address.
        url: String,
        /// What was tried, such as `GET /config`.
        request: String,
        /// What the network said.
        reason: String,
    },

    /// The connection broke off in the middle: what was ordered may have happened or not.
    #[error("the connection to {url} broke off during {request}: {reason}")]
    Interrupted {
        /// The cluster's address.
        url: String,
        /// What was asked.
        request: String,
        /// What the network said.
        reason: String,
    },

    /// Somebody answers, but not as Flink's REST API does.
    #[error(
        "what answers at {url} is not Flink's REST API: {request} gave {found}; another program may have \
         that port, or a proxy stands in between"
    )]
    NotFlink {
        /// The cluster's address.
        url: String,
        /// What was asked.
        request: String,
        /// The beginning of the answer.
        found: String,
    },

    /// The cluster's version is one that this client was not made for.
    #[error(
        "the cluster at {url} is Flink {found}; expected Flink {} or a later 1.x or 2.x",
        Version::OLDEST
    )]
    UnsupportedVersion {
        /// The cluster's address.
        url: String,
        /// Its version, as it says.
        found: String,
    },

    /// The cluster refused.
    #[error("{request}: HTTP status {status}: {}", JavaException::root_first(.causes))]
    Refused {
        /// What was asked.
        request: String,
        /// The HTTP status, such as 400.
        status: u16,
        /// Why, the root cause first.
        causes: Vec<JavaException>,
    },

    /// A jar is too large for what stands in front of the cluster. Flink itself sets no limit to uploads: its
    /// rest.server.max-content-length is for other requests.
    #[error(
        "the jar '{}' has {bytes} bytes, which is more than is let through to {url} (HTTP status 413): raise \
         the limit of the proxy in front of the cluster, such as nginx's client_max_body_size, or leave out \
         libraries for platforms that the TaskManagers do not run on",
        .jar.display()
    )]
    JarTooLarge {
        /// The cluster's address.
        url: String,
        /// The jar.
        jar: PathBuf,
        /// Its size.
        bytes: u64,
    },

    /// The connection broke off while a jar was handed over.
    #[error(
        "the connection to {url} broke off while the jar '{}' ({bytes} bytes) was handed over: {reason}; a \
         proxy in front of the cluster may let no request of that size through, or the JobManager has ended: \
         its log would say why",
        .jar.display()
    )]
    UploadInterrupted {
        /// The cluster's address.
        url: String,
        /// The jar.
        jar: PathBuf,
        /// Its size.
        bytes: u64,
        /// What the network said.
        reason: String,
    },

    /// The cluster could not store a jar.
    #[error(
        "the cluster at {url} could not store the jar '{}' ({bytes} bytes): {}; is there room on the \
         JobManager's disk, in {folder}? Its log says more",
        .jar.display(),
        JavaException::root_first(.causes)
    )]
    JarNotStored {
        /// The cluster's address.
        url: String,
        /// The jar.
        jar: PathBuf,
        /// Its size.
        bytes: u64,
        /// Where the cluster keeps jars, as far as it tells.
        folder: String,
        /// Why, the root cause first; Flink says little.
        causes: Vec<JavaException>,
    },

    /// A jar cannot be read on this machine.
    #[error("cannot read the jar '{}': {source}", .jar.display())]
    UnreadableJar {
        /// The jar.
        jar: PathBuf,
        /// Why.
        source: io::Error,
    },

    /// The program in the jar failed before there was a job.
    #[error("the jar's program failed, and no job runs: {}", JavaException::root_first(.causes))]
    ProgramFailed {
        /// Why, the root cause first.
        causes: Vec<JavaException>,
    },

    /// A job waits for slots, or has failed because there were none.
    #[error(
        "job {job} has no slots to run in: {shortage}; start more TaskManagers, cancel other jobs, \
             raise taskmanager.numberOfTaskSlots or lower the parallelism"
    )]
    NoSlots {
        /// The job.
        job: JobId,
        /// How many there are.
        shortage: SlotShortage,
    },

    /// The job failed.
    #[error("job {job} '{name}' failed: {failure}")]
    JobFailed {
        /// The job.
        job: JobId,
        /// Its name.
        name: String,
        /// Why.
        failure: Box<JobFailure>,
    },

    /// Somebody cancelled the job while it was waited for.
    #[error("job {job} '{name}' was cancelled")]
    JobCanceled {
        /// The job.
        job: JobId,
        /// Its name.
        name: String,
    },

    /// The cluster knows no such job.
    #[error(
        "the cluster at {url} knows no job {job}; it forgets jobs some time after their end, and all when \
         its JobManager is started again without high availability"
    )]
    JobNotFound {
        /// The cluster's address.
        url: String,
        /// The job.
        job: JobId,
    },

    /// The job is over, so that nothing can be done with it.
    #[error("job {job} is over ({state}): {wanted} needs a job that runs")]
    JobIsOver {
        /// The job.
        job: JobId,
        /// How it ended.
        state: crate::JobState,
        /// What was wanted of it.
        wanted: &'static str,
    },

    /// The job has no operator of that name.
    #[error("job {job} has no operator '{operator}'; it has {}", .known.join(", "))]
    NoSuchOperator {
        /// The job.
        job: JobId,
        /// The name that was looked for.
        operator: String,
        /// The tasks that there are, each with the operators that are chained in it.
        known: Vec<String>,
    },

    /// While the job was waited for, the cluster was out of reach for too long.
    #[error(
        "lost the connection to {url} while waiting for job {job} ({attempts} attempts in {} s; the last: \
         {reason}); the job may still run: look with `cargo brookite status {job} --flink {url}`",
        .outage.as_secs()
    )]
    ConnectionLost {
        /// The cluster's address.
        url: String,
        /// The job.
        job: JobId,
        /// How often it was tried.
        attempts: u32,
        /// How long the cluster was out of reach.
        outage: Duration,
        /// What the network said last.
        reason: String,
    },

    /// What was waited for did not come in time.
    #[error("{what} took longer than {} s", .after.as_secs_f64())]
    TimedOut {
        /// What was waited for.
        what: String,
        /// How long that was.
        after: Duration,
    },

    /// A savepoint was not made, or not disposed of.
    #[error("{what} failed: {}", JavaException::root_first(.causes))]
    SavepointFailed {
        /// What was to be done.
        what: String,
        /// Why not, the root cause first.
        causes: Vec<JavaException>,
    },

    /// What a job collected cannot be read.
    #[error(transparent)]
    Accumulator(#[from] crate::AccumulatorError),

    /// HTTP cannot be set up in this program.
    #[error("cannot set up HTTP: {reason}")]
    Setup {
        /// Why.
        reason: String,
    },
}

impl ClientError {
    /// Whether the same request may well succeed in a moment: nobody answered, or somebody who said to come
    /// again, as Flink does while no JobManager leads.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Interrupted { .. } | Self::TimedOut { .. } => true,
            Self::Refused { status, .. } => matches!(status, 502..=504),
            _ => false,
        }
    }
}
