//! The model of Brookite: what a record is, how its bytes look, and what a function may do with it.
//!
//! This crate stands alone. It has no threads, no I/O, no `unsafe`, and knows nothing of Flink's
//! processes; a program that only wants Flink's byte formats or the function traits links just this.
//!
//! * [`types`]: [`DataType`] describes a value, [`Data`] connects a Rust type with its description.
//!   A type's [`View`] is what a function sees: `&str` for text, a struct that borrows from the record
//!   for a row. Reading a record copies nothing that can be borrowed.
//! * [`coder`]: values to bytes and back, byte for byte as Flink's serializers write them.
//! * [`beam`][]: Beam's standard coders.
//! * [`row`]: `RowData` in Flink's `BinaryRowData` layout, read in place.
//! * [`function`]: the traits that user code implements, from map to process functions of two streams
//!   with timers and side outputs.
//! * [`state`]: handles to keyed state, with the decoded values in front of the backend.
//! * [`windowing`]: which windows a record is in, and when they tell their results.
//! * [`pipeline`]: whole jobs, written with verbs and built into graphs.
//! * [`calendar`]: days to dates and back, as far as `java.time` goes.
//! * [`value`], [`dynamic`]: values whose type is known at run time only, and their coder.
//! * [`metrics`][]: counters, gauges, meters, histograms.
//! * [`proto`]: the messages that cross process and language boundaries.
//!
//! What runs functions (lifecycle, fusion, the cache's policy) is `brookite-executor`.
#![forbid(unsafe_code)]

pub mod beam;
pub mod calendar;
pub mod coder;
pub mod dynamic;
pub mod error;
pub(crate) mod format;
pub mod function;
pub mod metrics;
pub mod pipeline;
pub mod proto;
pub mod row;
pub mod state;
pub mod types;
pub mod value;
pub mod windowing;

pub use error::{Error, Result};
pub use types::{Data, DataType, Key, Kind, Owned, View};
pub use value::Value;
