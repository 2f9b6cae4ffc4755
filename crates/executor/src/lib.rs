//! Runs stages of Rust functions, the same way in every host.
//!
//! A [`Stage`] is a chain of functions that run one after the other on one thread: at its head at most
//! one function with keys or with two inputs, behind it any number of others, fused so that a record
//! crosses them without being encoded in between. A stage performs no I/O. It owns no thread and no clock. It is
//! given bytes and returns bytes, and turns to its [`Host`](host::Host) for what it lacks: stored state,
//! metrics, logs. Three hosts exist: the JNI bridge inside Flink, [`memory::MemoryHost`] without a
//! JVM, and the [`harness`] for unit tests of user functions, which builds on the latter.
//!
//! * [`registry`]: the functions and pipelines that this binary offers by name.
//! * [`stage`]: building a stage, and its lifecycle.
//! * [`frame`]: what a stage returns: results, side outputs, timers, and changes of state.
//! * [`guard`][]: panics of user code, kept with text, place and backtrace.
//! * [`windowing`]: what happens to records in windows, whatever they are kept in.
#![forbid(unsafe_code)]

mod cache;
mod effects;
mod failure;
pub mod frame;
pub mod guard;
pub mod harness;
pub mod host;
mod logs;
pub mod memory;
mod metrics;
mod node;
mod opening;
mod position;
pub mod registry;
mod runtime;
pub mod stage;
mod states;
pub mod windowing;

pub use brookite_core::proto::{Failure, StageSpec};
pub use failure::Failed;
pub use registry::{FunctionEntry, PipelineEntry, Registry, WindowFnEntry};
pub use stage::Stage;

#[doc(hidden)]
pub use inventory;
