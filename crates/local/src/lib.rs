//! Runs pipelines on the threads of one process, with no JVM.
//!
//! [`LocalRunner`] takes a pipeline's graph and functions, and gives a [`JobHandle`]. Each subtask of a
//! stage has a thread, which it shares with the source before it and the sink behind it where records
//! need not change sides; between threads there are channels of limited size, so that a fast source
//! waits for a slow sink. Records are bytes, as Flink's serializers write them. What a stage does with
//! them is up to the executor, the same one as inside Flink.
//!
//! It is a default for development and for small jobs, and no cluster: state is in memory, and a failure
//! ends the job, which can [go on](LocalRunner::resume) from its last checkpoint.
//!
//! * `plan`: which operators run, and how records get from one to the other.
//! * `seed`: which subtasks share a thread.
//! * `task`, `operator`, `source`: what a thread runs.
//! * `gate`: watermarks of several channels, the end of them, and barriers of checkpoints.
//! * `job`, `checkpoint`: what is above the threads.
#![forbid(unsafe_code)]

mod body;
mod checkpoint;
mod clock;
mod connector;
mod control;
mod error;
mod files;
mod format;
mod gate;
mod host;
mod job;
mod key;
mod operator;
mod plan;
mod record;
mod router;
mod runner;
mod seed;
mod show;
mod source;
mod state_bytes;
mod task;
mod text;

pub use error::JobError;
pub use job::{JobControl, JobHandle, JobMetrics, JobResult, JobState, StageMetrics};
pub use runner::LocalRunner;
