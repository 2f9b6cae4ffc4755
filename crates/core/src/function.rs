//! What user code implements.
//!
//! A function goes through the same steps in every host, all on one thread:
//!
//! 1. It is made, by its `Default`.
//! 2. `open`, once, before the first record: state and counters are declared here, and nowhere else.
//! 3. Records, one at a time. A value may borrow from the record; so may what is returned.
//! 4. `close`, once, whatever happened before, also after a failure and when the job is cancelled.
//!
//! An `Err` or a panic at any step fails the stage. Nothing but `close` is called after that, and the
//! job restarts from its last checkpoint with new functions.
//!
//! The attributes of the `brookite` crate write most implementations: `#[map]`, `#[flat_map]` and
//! `#[filter]` on an `fn`, `#[function]` on an `impl` of one of these traits.

mod aggregate;
mod collector;
mod context;
mod filter;
mod flat_map;
mod map;
mod process;
mod reduce;
mod time_domain;

pub use aggregate::AggregateFunction;
pub use collector::{Collector, Sink};
pub use context::{Context, KeyReader, OpenContext, OpenHost, Subtask};
pub use filter::FilterFunction;
pub use flat_map::FlatMapFunction;
pub use map::MapFunction;
pub use process::KeyedProcessFunction;
pub use reduce::ReduceFunction;
pub use time_domain::TimeDomain;

/// URNs of the kinds of functions.
pub mod urn {
    /// [`MapFunction`](super::MapFunction).
    pub const MAP: &str = "brookite:function:map:v1";
    /// [`FlatMapFunction`](super::FlatMapFunction).
    pub const FLAT_MAP: &str = "brookite:function:flat_map:v1";
    /// [`FilterFunction`](super::FilterFunction).
    pub const FILTER: &str = "brookite:function:filter:v1";
    /// [`KeyedProcessFunction`](super::KeyedProcessFunction).
    pub const KEYED_PROCESS: &str = "brookite:function:keyed_process:v1";
    /// [`AggregateFunction`](super::AggregateFunction).
    pub const AGGREGATE: &str = "brookite:function:aggregate:v1";
    /// [`ReduceFunction`](super::ReduceFunction).
    pub const REDUCE: &str = "brookite:function:reduce:v1";
}
