//! Flink's REST API, as far as a job needs it: from the jar to the root cause of its failure.
//!
//! ```no_run
//! use brookite_client::{Client, ClientError, Event, Next, Submission, WaitOptions};
//!
//! # fn main() -> Result<(), ClientError> {
//! let client = Client::connect("http://localhost:8081")?;
//! let jar = client.upload_jar("target/word-count.jar".as_ref())?;
//! let job = client.run_jar(&jar, &Submission::default().argument("--input").argument("words"))?;
//! client.wait(&job, &WaitOptions::default(), |event| {
//!     if let Event::Progress(progress) = event {
//!         println!("{}, {} records read", progress.state, progress.records_in());
//!     }
//!     Next::Continue
//! })?;
//! # Ok(())
//! # }
//! ```
//!
//! * [`Client`] talks to one cluster. Each method is one question or one order of the REST API; only
//!   [`wait`](Client::wait), [`stop`](Client::stop) and [`savepoint`](Client::savepoint) ask again and
//!   again until what they wait for has come.
//! * [`ClientError`] says what went wrong in terms of what was to be done: no cluster at the URL, something
//!   there that is not Flink, a job that failed. Where Java exceptions are behind it, the root cause stands
//!   first: see [`JavaException`]. A failure of a Rust function keeps its parts: [`RustFailure`].
//! * [`package`] makes the jar that is submitted.
//!
//! # Why it blocks
//!
//! A client asks one thing, waits for the answer, and polls: there is nothing to do meanwhile. What uses it
//! (the command line, a pipeline's `run`, tests) is synchronous, and would have to bring an executor of
//! futures for no gain. Each call therefore blocks its thread for no longer than the
//! [timeout](Client::timeout), 60 s unless told otherwise. Asynchronous programs call it where they may
//! block, as in tokio's `spawn_blocking`; within a tokio task it would panic.
#![forbid(unsafe_code)]

mod accumulator;
mod cause;
mod checkpoint;
mod client;
mod cluster;
mod error;
mod failure;
mod http;
mod jar;
mod job;
mod job_id;
mod log_file;
mod metric;
mod millis;
pub mod package;
mod progress;
mod rust_failure;
mod savepoint;
mod version;
mod wait;

pub use accumulator::{Accumulator, AccumulatorError};
pub use cause::JavaException;
pub use checkpoint::{Checkpoint, CheckpointCounts, Checkpoints};
pub use client::Client;
pub use cluster::{JvmEnvironment, Overview, TaskManager};
pub use error::ClientError;
pub use failure::JobFailure;
pub use jar::{ClaimMode, Jar, JarId, Submission};
pub use job::{Job, JobState, JobSummary, Vertex, VertexRecords};
pub use job_id::{JobId, JobIdError};
pub use log_file::{LogFile, LogSource};
pub use metric::{Aggregate, Backpressure};
pub use progress::{Progress, SlotShortage, VertexProgress};
pub use rust_failure::RustFailure;
pub use savepoint::{SavepointFormat, SavepointOptions};
pub use version::Version;
pub use wait::{Ended, Event, Next, WaitOptions};
