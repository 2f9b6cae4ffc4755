//! What user code implements.
//!
//! A function goes through the same steps in every host, all on one thread:
//!
//! 1. It is made, by its `Default`.
//! 2. `open`, once, before the first record: state and counters are declared here, and nowhere else.
//! 3. Records and timers, one at a time. A value may borrow from the record; so may what is returned.
//! 4. `close`, once, whatever happened before, also after a failure and when the job is cancelled.
//!
//! An `Err` or a panic at any step fails the stage. Nothing but `close` is called after that, and the
//! job restarts from its last checkpoint with new functions.
//!
//! The attributes of the `brookite` crate write most implementations: `#[map]`, `#[flat_map]`,
//! `#[filter]` and `#[timestamps]` on an `fn`, `#[function]` on an `impl` of one of these traits.
//!
//! What a function may do in a call is in the type of its context: [`PlainContext`] has timestamps,
//! clocks and side outputs, [`Context`] of a keyed function also the key and its timers,
//! [`WindowContext`] the key and the window.

mod aggregate;
mod broadcast_context;
mod broadcast_process;
mod call_host;
mod co_flat_map;
mod co_group;
mod co_map;
mod co_process;
mod collector;
mod context;
mod filter;
mod flat_map;
mod join;
mod keyed_broadcast_process;
mod keyed_co_process;
mod keyed_context;
mod keyed_process;
mod map;
mod plain_context;
mod process;
mod process_join;
mod process_window;
mod reduce;
mod side_output;
mod side_output_error;
mod time_domain;
mod timer;
mod timestamp_assigner;
mod window_context;

pub use aggregate::AggregateFunction;
pub use broadcast_context::{
    BroadcastContext, ReadOnlyContext, ReadOnlyKeyedContext, ReadOnlyPlainContext,
};
pub use broadcast_process::BroadcastProcessFunction;
pub use call_host::{CallHost, SideWriter};
pub use co_flat_map::CoFlatMapFunction;
pub use co_group::CoGroupFunction;
pub use co_map::CoMapFunction;
pub use co_process::CoProcessFunction;
pub use collector::{Collector, Sink};
pub use context::{OpenContext, OpenHost, Subtask};
pub use filter::FilterFunction;
pub use flat_map::FlatMapFunction;
pub use join::JoinFunction;
pub use keyed_broadcast_process::KeyedBroadcastProcessFunction;
pub use keyed_co_process::KeyedCoProcessFunction;
pub use keyed_context::{Context, KeyReader};
pub use keyed_process::KeyedProcessFunction;
pub use map::MapFunction;
pub use plain_context::PlainContext;
pub use process::ProcessFunction;
pub use process_join::{JoinContext, ProcessJoinFunction};
pub use process_window::ProcessWindowFunction;
pub use reduce::ReduceFunction;
pub use side_output::{OutputTag, SideOutput, SideOutputs};
pub use side_output_error::SideOutputError;
pub use time_domain::TimeDomain;
pub use timer::{Timer, TimerCommand};
pub use timestamp_assigner::TimestampAssigner;
pub use window_context::WindowContext;

/// URNs of the kinds of functions.
pub mod urn {
    /// [`MapFunction`](super::MapFunction).
    pub const MAP: &str = "brookite:function:map:v1";
    /// [`FlatMapFunction`](super::FlatMapFunction).
    pub const FLAT_MAP: &str = "brookite:function:flat_map:v1";
    /// [`FilterFunction`](super::FilterFunction).
    pub const FILTER: &str = "brookite:function:filter:v1";
    /// [`ProcessFunction`](super::ProcessFunction).
    pub const PROCESS: &str = "brookite:function:process:v1";
    /// [`KeyedProcessFunction`](super::KeyedProcessFunction).
    pub const KEYED_PROCESS: &str = "brookite:function:keyed_process:v1";
    /// [`AggregateFunction`](super::AggregateFunction).
    pub const AGGREGATE: &str = "brookite:function:aggregate:v1";
    /// [`ReduceFunction`](super::ReduceFunction).
    pub const REDUCE: &str = "brookite:function:reduce:v1";
    /// [`ProcessWindowFunction`](super::ProcessWindowFunction).
    pub const PROCESS_WINDOW: &str = "brookite:function:process_window:v1";
    /// [`JoinFunction`](super::JoinFunction).
    pub const JOIN: &str = "brookite:function:join:v1";
    /// [`CoGroupFunction`](super::CoGroupFunction).
    pub const CO_GROUP: &str = "brookite:function:co_group:v1";
    /// [`ProcessJoinFunction`](super::ProcessJoinFunction).
    pub const PROCESS_JOIN: &str = "brookite:function:process_join:v1";
    /// [`WindowFn`](crate::windowing::WindowFn).
    pub const WINDOW_FN: &str = "brookite:function:window_fn:v1";
    /// [`CoMapFunction`](super::CoMapFunction).
    pub const CO_MAP: &str = "brookite:function:co_map:v1";
    /// [`CoFlatMapFunction`](super::CoFlatMapFunction).
    pub const CO_FLAT_MAP: &str = "brookite:function:co_flat_map:v1";
    /// [`CoProcessFunction`](super::CoProcessFunction).
    pub const CO_PROCESS: &str = "brookite:function:co_process:v1";
    /// [`KeyedCoProcessFunction`](super::KeyedCoProcessFunction).
    pub const KEYED_CO_PROCESS: &str = "brookite:function:keyed_co_process:v1";
    /// [`BroadcastProcessFunction`](super::BroadcastProcessFunction).
    pub const BROADCAST_PROCESS: &str = "brookite:function:broadcast_process:v1";
    /// [`KeyedBroadcastProcessFunction`](super::KeyedBroadcastProcessFunction).
    pub const KEYED_BROADCAST_PROCESS: &str = "brookite:function:keyed_broadcast_process:v1";
    /// [`TimestampAssigner`](super::TimestampAssigner).
    pub const TIMESTAMPS: &str = "brookite:function:timestamps:v1";
}
