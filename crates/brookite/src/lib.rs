//! Rust for Apache Flink: functions written in Rust that run inside the TaskManager, next to Java's.
//!
//! A plugin is an ordinary crate of crate type `cdylib`. Functions are registered by attributes, and
//! [`export!`] makes the library a plugin:
//!
//! ```
//! use brookite::prelude::*;
//!
//! #[flat_map]
//! fn split(line: &str, out: &mut Collector<'_, &str>) {
//!     line.split_whitespace().for_each(|word| out.collect(word));
//! }
//!
//! brookite::export!();
//! # fn main() {}
//! ```
//!
//! A Java job calls it by name, with its own types on both sides:
//!
//! ```java
//! RustLibrary library = RustLibrary.at(Path.of("target/release/libword_count.so"));
//! DataStream<String> words = library.on(lines).call("split").as(Types.STRING);
//! ```
//!
//! Or the whole job is in Rust, a pipeline that runs on a cluster or with no JVM at all:
//!
//! ```
//! use brookite::prelude::*;
//!
//! #[derive(Default)]
//! struct Count;
//!
//! impl AggregateFunction for Count {
//!     // ..
//! #     type In = &'static str;
//! #     type Acc = i64;
//! #     type Out = i64;
//! #     fn create_accumulator(&self) -> i64 {
//! #         0
//! #     }
//!     fn add(&self, _word: &str, count: &mut i64) -> Result<()> {
//!         *count += 1;
//!         Ok(())
//!     }
//! #     fn merge(&self, count: &mut i64, other: i64) -> Result<()> {
//! #         *count += other;
//! #         Ok(())
//! #     }
//! #     fn get_result(&self, count: &i64) -> Result<i64> {
//! #         Ok(*count)
//! #     }
//! }
//!
//! /// Counts how often each word comes in ten seconds.
//! #[pipeline]
//! fn word_count(p: &Pipeline, args: &Arguments) -> Result<()> {
//!     p.read_text(args.get("input")?)
//!         .flat_map(|line: &str, out: &mut Collector<'_, String>| {
//!             line.split_whitespace().for_each(|word| out.collect(word.to_lowercase()));
//!         })
//!         .name("split")
//!         .key_by_value()
//!         .window(Tumbling::of(Duration::from_secs(10)))
//!         .processing_time()
//!         .aggregate(Count::default)
//!         .name("count per word")
//!         .print();
//!     Ok(())
//! }
//!
//! brookite::export!();
//! # fn main() {}
//! ```
//!
//! Closures with the state of a key go to [`map_with_state`](core::pipeline::KeyedStream::map_with_state) and its
//! like. Functions with timers or several states implement
//! [`function::KeyedProcessFunction`](core::function::KeyedProcessFunction). Both are tested without a JVM
//! by the [`harness`].
#![forbid(unsafe_code)]

mod streams;

pub use brookite_abi::export_plugin as export;
pub use brookite_core as core;
pub use brookite_core::pipeline::{Arguments, Connector, ExecutionMode, WatermarkStrategy};
pub use brookite_core::{Error, Result};
pub use brookite_executor::harness;
pub use brookite_macros::{Enum, Pojo, Row, filter, flat_map, function, map, pipeline, timestamps};
pub use log;
pub use streams::{
    BroadcastStream, Built, ConnectedKeyedStreams, ConnectedStreams, KeyedStream, Pipeline, Stream,
    TestStream, WindowedStream,
};
pub use tracing;

/// What a crate of functions imports.
pub mod prelude {
    pub use std::time::Duration;

    pub use crate::core::coder::serde::{Serde, Versioned};
    pub use crate::core::function::{
        AggregateFunction, BroadcastContext, BroadcastProcessFunction, CoFlatMapFunction,
        CoGroupFunction, CoMapFunction, CoProcessFunction, Collector, Context, FilterFunction,
        FlatMapFunction, JoinContext, JoinFunction, KeyedBroadcastProcessFunction,
        KeyedCoProcessFunction, KeyedProcessFunction, MapFunction, OpenContext, OutputTag,
        PlainContext, ProcessFunction, ProcessJoinFunction, ProcessWindowFunction,
        ReadOnlyKeyedContext, ReadOnlyPlainContext, ReduceFunction, SideOutputs, TimeDomain, Timer,
        TimestampAssigner, WindowContext,
    };
    pub use crate::core::metrics::{Counter, Gauge, Histogram, Meter};
    pub use crate::core::row::{Change, Row, RowKind};
    pub use crate::core::state::{
        AggregatingState, BroadcastHandle, BroadcastState, ListState, MapState, OperatorListState,
        ReadOnlyBroadcastState, ReducingState, StateDescriptor, Ttl, ValueState,
    };
    pub use crate::core::types::{
        Array, Data, Date, Decimal, Enum, JavaRow, Pojo, Time, Timestamp, TimestampLtz, View,
    };
    pub use crate::core::windowing::{
        Assigned, Global, Named, PaneInfo, PaneTiming, Session, Sliding, Trigger, Tumbling, Window,
        WindowFn,
    };
    pub use crate::core::{Error, Result};
    pub use crate::{
        Arguments, BroadcastStream, ConnectedKeyedStreams, ConnectedStreams, Connector,
        ExecutionMode, KeyedStream, Pipeline, Stream, WatermarkStrategy, WindowedStream,
    };
    pub use crate::{Enum, Pojo, Row, filter, flat_map, function, map, pipeline, timestamps};
}

/// What generated code uses. Not for people.
#[doc(hidden)]
pub mod __private {
    pub use brookite_executor::{FunctionEntry, PipelineEntry, WindowFnEntry, inventory};
}

/// The examples of the documentation, run by the tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/metrics-and-logs.md")]
mod metrics_and_logs {}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/pipelines.md")]
mod pipelines {}
