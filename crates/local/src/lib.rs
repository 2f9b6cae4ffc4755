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
//! A test runs a pipeline on one thread, in the [deterministic mode](LocalRunner::deterministic), or feeds
//! it step by step with a [`TestJob`].
//!
//! Connectors have the names and options of Flink SQL's, and the same file has the same rows:
//!
//! | connector | | what is otherwise than in Flink |
//! |---|---|---|
//! | `datagen` | source | draws other random values, the same ones in each run; texts are as long as `length` says, without `var-len` |
//! | `filesystem` | source, sink | formats `csv`, `json`, `raw` and `parquet`, the last for columns of plain types; a folder is read once; parts are complete at checkpoints and at the end, whatever the rolling policy; no folders by column |
//! | `print`, `blackhole` | sink | |
//!
//! A record that is malformed fails the job with file, line and column, unless the format is told to
//! pass over errors. Text that is not UTF-8 is malformed.
//!
//! In STREAMING mode timers of processing time that are not due when the input ends do not fire, in
//! BATCH mode they do, both as in Flink. BATCH mode keeps a stage's records in memory until all have
//! come, and takes no checkpoints. Operator state is not dealt out anew: a job goes on from a checkpoint
//! with the parallelism that it had.
//!
//! Inside:
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
mod flink_option;
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
mod test_job;
mod text;

pub use error::JobError;
pub use job::{JobControl, JobHandle, JobMetrics, JobResult, JobState, StageMetrics};
pub use runner::LocalRunner;
pub use test_job::{TestInput, TestJob};
