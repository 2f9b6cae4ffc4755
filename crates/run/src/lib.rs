//! Runs pipelines from a Rust program: on its own threads, in an embedded Flink, or on a cluster.
//!
//! A crate of pipelines has a library, of crate types `cdylib` and `rlib`, and a program that links it. The
//! program may be a `src/main.rs` of the same crate, or a crate of its own:
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! # mod word_count {
//! #     use brookite_core::{Result, pipeline::{Arguments, Pipeline}};
//! #     use brookite_executor::FunctionEntry;
//! #     pub fn word_count(_: &Pipeline<FunctionEntry>, _: &Arguments) -> Result<()> { Ok(()) }
//! # }
//! use word_count::word_count;
//!
//! fn main() -> ExitCode {
//!     brookite_run::main(word_count)
//! }
//! ```
//!
//! ```text
//! cargo run --release -- --input words.txt                                    # here, with no JVM
//! cargo run --release -- --input words.txt --runner embedded                  # a Flink of its own
//! cargo run --release -- --input words.txt --runner http://localhost:8081     # a cluster
//! ```
//!
//! [`main`] follows the job to its end, and Ctrl-C ends it. [`run`] hands out a [`JobHandle`] instead, with
//! which a program goes on as it likes: waits, looks at metrics, cancels, and takes what `collect` sinks
//! have. [`RunPipeline::run`] is the same for a pipeline that was made on the spot.
//!
//! # Which runner
//!
//! What the program says is stronger than the command line, and that than the environment:
//!
//! 1. a [`Runner`] in the code: [`Runner::start`];
//! 2. the argument `--runner local`, `embedded`, `flink`, or the URL of a cluster, which the pipeline does
//!    not see;
//! 3. the variable `BROOKITE_RUNNER` with one of these;
//! 4. else [`LocalRunner`].
//!
//! `flink` is the cluster of the variable `BROOKITE_FLINK`, else `http://localhost:8081`.
//!
//! # What Flink needs
//!
//! * **The library.** Flink runs the pipeline's functions in its own processes. They are in the library of
//!   the crate where `#[pipeline]` stands, which Cargo builds with the program: it is looked for beside the
//!   program and in `deps` there. `BROOKITE_LIBRARY` names another file. A library that builds another
//!   graph than the program does is refused before anything runs.
//! * **The wrapper**, the jar with Flink's operators for Rust functions: `BROOKITE_WRAPPER`, else where a
//!   checkout of Brookite or a local Maven repository has it.
//! * For an embedded run a **JDK**, 17 or newer (`JAVA_HOME` or the `PATH`), and **Flink's classes**: those
//!   of `FLINK_HOME`, or the class path `BROOKITE_FLINK_CLASSPATH`.
//!
//! This crate stands apart from `brookite`, so that libraries of functions link neither an HTTP client nor
//! file formats: a crate that has both, library and `main.rs`, depends on both, and its library has nothing
//! of this one.
#![forbid(unsafe_code)]

pub mod checkout;
mod collected;
mod console;
mod deployment;
mod embedded;
mod error;
mod flink;
mod job;
mod library;
mod metrics;
mod program;
mod runner;
mod state;
pub mod wrapper;

pub use brookite_local::LocalRunner;
pub use console::{main, run_registered};
pub use embedded::{Embedded, EmbeddedJob, Java, OLDEST_JAVA, feature_version};
pub use error::{Cause, RunError};
pub use flink::{Flink, FlinkJob};
pub use job::{JobHandle, JobResult};
pub use metrics::{JobMetrics, OperatorMetrics};
pub use program::{PipelineProgram, RunPipeline, run};
pub use runner::{DEFAULT_CLUSTER, Runner, RunnerName};
pub use state::JobState;
