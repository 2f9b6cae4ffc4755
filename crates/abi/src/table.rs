//! The two tables of functions that a plugin and its host hand each other, and the contract between
//! the two.
//!
//! A plugin is a dynamic library with one exported symbol, the static [`PluginTable`] named
//! [`SYMBOL`]. The host (the JNI bridge, a runner, a test) opens the library, checks the table's
//! header, and from then on calls nothing but the functions in the table. When it opens a stage it
//! passes a [`HostTable`], through which the plugin calls back.
//!
//! **Versions.** Both sides carry their own copy of Rust's runtime and may come from different
//! compilers, so only C types cross. The first sixteen bytes of [`PluginTable`], the
//! [`TableHeader`], never change; everything behind them belongs to one [`ABI_VERSION`]. A host
//! reads nothing behind the header of a table whose version or size is not its own.
//!
//! **Memory.** Nobody frees what the other side allocated. A [`ByteSlice`] is always a loan:
//! * what is passed *into* a call is lent for that call;
//! * what a call of a stage hands *out* (output, or the report of a failure) belongs to the stage's
//!   instance and is lent until the next call on that instance, its release included;
//! * what a callback hands out belongs to the host and is lent until the next callback;
//! * the manifest, or the report why there is none, is lent for as long as the library is loaded.
//!   A pipeline's graph, or the report why there is none, belongs to an instance of its own.
//!
//! **Instances.** [`PluginTable::open`] makes an instance *even when it fails*, because the report
//! needs a place to live; whoever got an instance calls [`PluginTable::release`] exactly once, after
//! which the host may be freed too. `close` runs the user's code and may be called at any time and
//! repeatedly. `release` closes what was not closed, and reports nothing. When `open` fails, the
//! plugin has already closed what it had opened. [`PluginTable::describe_pipeline`] makes an instance,
//! too, which does nothing but keep the graph, and is released like the others.
//!
//! **Threads.** An instance is used by one thread at a time, and callbacks happen only during a call
//! of the instance, on the calling thread. An instance may move to another thread between calls; the
//! host sees to the necessary ordering. Instances of one library know nothing of each other and may
//! run in parallel. `manifest` and `describe_pipeline` may be called from any thread.
//!
//! **Failures.** A call that did not succeed returns [`Status::FAILED`] and an encoded
//! [`proto::Failure`](brookite_core::proto::Failure), in either direction.
//!
//! **Panics** never cross. Every function of either table catches them at its own end and reports
//! them as failures; should one slip through nevertheless, `extern "C"` ends the process before it
//! can unwind into foreign frames.

use std::ffi::{CStr, c_void};
use std::mem::offset_of;

use crate::slice::ByteSlice;

/// Version of everything in the tables behind [`TableHeader`].
pub const ABI_VERSION: u32 = 3;

/// The first eight bytes of every plugin's table: `BROOKITE` in ASCII.
pub const MAGIC: u64 = u64::from_le_bytes(*b"BROOKITE");

/// Name of the symbol under which a plugin exports its [`PluginTable`].
pub const SYMBOL: &CStr = c"BROOKITE_PLUGIN";

/// The part of a plugin's table that is the same in all versions, past and to come.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableHeader {
    /// [`MAGIC`]; anything else is no plugin.
    pub magic: u64,
    /// The [`ABI_VERSION`] that the plugin was built with.
    pub abi_version: u32,
    /// Size of the plugin's whole table in bytes, this header included.
    pub table_size: u32,
}

/// How a call across the table went. A number, because an unknown value of a Rust enum would be
/// undefined behaviour; a value that is none of the constants counts as a failure.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(u32);

impl Status {
    /// It succeeded.
    pub const OK: Self = Self(0);
    /// It failed; the call's slice holds an encoded `Failure`.
    pub const FAILED: Self = Self(1);
    /// It succeeded and found no value. Only [`HostTable::read_state`] says this.
    pub const ABSENT: Self = Self(2);
}

/// An open stage behind the table. Opaque: only the plugin that made it knows what it is.
#[repr(C)]
pub struct Instance {
    _opaque: [u8; 0],
}

/// A timer that came due, lent for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct DueTimer {
    /// What the timer was set to, in milliseconds since the epoch.
    pub time: i64,
    /// Bytes of its key.
    pub key: ByteSlice,
    /// Bytes of its namespace.
    pub namespace: ByteSlice,
    /// Code of its `TimeDomain`: 0 for event time, 1 for processing time.
    pub domain: u32,
}

/// A place in the current key's state, or in state that is not keyed; and what is wanted there.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct StateAccess {
    /// Which part of the key's state.
    pub namespace: ByteSlice,
    /// Bytes of a map's key, for what is about one entry.
    pub entry: ByteSlice,
    /// The state's number.
    pub state: u32,
    /// Code of the `StateQuery` or the `StateChange`.
    pub code: u32,
}

/// A call of an instance that needs nothing but the instance: `flush`, `end_key`, `discard`, `tick`,
/// `finish`, `close`. The slice receives the output, or the report.
pub type InstanceFn =
    unsafe extern "C" fn(instance: *mut Instance, bytes: *mut ByteSlice) -> Status;

/// What a plugin offers. Obligations are those of [the module](self).
#[repr(C)]
pub struct PluginTable {
    /// Who it is and for whom it was built.
    pub header: TableHeader,
    /// Hands out the encoded `Manifest`.
    pub manifest: unsafe extern "C" fn(bytes: *mut ByteSlice) -> Status,
    /// Builds the pipeline of an encoded `PipelineCall`, and hands out its encoded `PipelineGraph`. That
    /// is user code. The instance keeps the graph, or the report, and has no stage.
    pub describe_pipeline: unsafe extern "C" fn(
        call: ByteSlice,
        instance: *mut *mut Instance,
        graph: *mut ByteSlice,
    ) -> Status,
    /// Builds and opens the stage of an encoded `StageSpec`. The host's table is read during this
    /// call only, but its `context` must live until the instance is released.
    pub open: unsafe extern "C" fn(
        spec: ByteSlice,
        host: *const HostTable,
        instance: *mut *mut Instance,
        report: *mut ByteSlice,
    ) -> Status,
    /// Processes one record: the number of its input from 0, bytes of the key (none when that input
    /// is not keyed), bytes of the record, and its timestamp in milliseconds or `i64::MIN` for none.
    pub process: unsafe extern "C" fn(
        instance: *mut Instance,
        input: u32,
        key: ByteSlice,
        record: ByteSlice,
        timestamp: i64,
        output: *mut ByteSlice,
    ) -> Status,
    /// Says where the watermark is, before the timers that it makes due fire; `i64::MIN` for none yet.
    pub advance_watermark: unsafe extern "C" fn(
        instance: *mut Instance,
        watermark: i64,
        output: *mut ByteSlice,
    ) -> Status,
    /// Fires one timer.
    pub fire_timer: unsafe extern "C" fn(
        instance: *mut Instance,
        timer: *const DueTimer,
        output: *mut ByteSlice,
    ) -> Status,
    /// Emits all state that is not yet in the host.
    pub flush: InstanceFn,
    /// Flushes and forgets all cached state, because the current key will not come back.
    pub end_key: InstanceFn,
    /// Forgets all cached state without emitting it.
    pub discard: InstanceFn,
    /// Sees to logs and metrics while no record comes; see `Stage::tick`. Emits nothing.
    pub tick: InstanceFn,
    /// Ends the input.
    pub finish: InstanceFn,
    /// Closes the user's functions.
    pub close: InstanceFn,
    /// Closes the instance if need be, and frees it and whatever it has lent.
    pub release: unsafe extern "C" fn(instance: *mut Instance),
}

/// What a host offers to one instance: [`Host`](brookite_executor::host::Host) in C. Every function
/// gets `context` as its first argument. Obligations are those of [the module](self).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostTable {
    /// The host itself, opaque to the plugin.
    pub context: *mut c_void,
    /// Registers the state of an encoded `StateDeclaration`. On success writes `state`.
    pub register_state: unsafe extern "C" fn(
        context: *mut c_void,
        declaration: ByteSlice,
        state: *mut u32,
        report: *mut ByteSlice,
    ) -> Status,
    /// Asks a state; [`Status::ABSENT`] when there is nothing. The slice receives the answer, or the
    /// report.
    pub read_state: unsafe extern "C" fn(
        context: *mut c_void,
        access: *const StateAccess,
        answer: *mut ByteSlice,
    ) -> Status,
    /// Changes a state at once.
    pub write_state: unsafe extern "C" fn(
        context: *mut c_void,
        access: *const StateAccess,
        value: ByteSlice,
        report: *mut ByteSlice,
    ) -> Status,
    /// Reads the clock. On success writes `time`, in milliseconds since the epoch.
    pub processing_time: unsafe extern "C" fn(
        context: *mut c_void,
        time: *mut i64,
        report: *mut ByteSlice,
    ) -> Status,
    /// Registers the metric of an encoded `MetricDeclaration`. On success writes `metric`.
    pub register_metric: unsafe extern "C" fn(
        context: *mut c_void,
        declaration: ByteSlice,
        metric: *mut u32,
        report: *mut ByteSlice,
    ) -> Status,
    /// Updates a metric.
    pub update_metric: unsafe extern "C" fn(context: *mut c_void, metric: u32, value: i64),
    /// Says which is the most verbose level that the host's log takes of a target (UTF-8): a
    /// [`log::LevelFilter`] as a number.
    pub log_level: unsafe extern "C" fn(context: *mut c_void, target: ByteSlice) -> u32,
    /// Writes a line to the host's log.
    pub log: unsafe extern "C" fn(context: *mut c_void, line: *const LogLine),
}

/// A line for the host's log, lent for the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LogLine {
    /// Where it comes from, usually a module's path; UTF-8.
    pub target: ByteSlice,
    /// The name of its origin, UTF-8; empty for [`ORIGIN_STAGE`].
    pub name: ByteSlice,
    /// What it says, UTF-8.
    pub message: ByteSlice,
    /// Its [`log::Level`] as a number.
    pub level: u32,
    /// Who logged it: one of the three origins.
    pub origin: u32,
}

/// The stage itself logged the line.
pub const ORIGIN_STAGE: u32 = 0;

/// A function of the stage logged it.
pub const ORIGIN_FUNCTION: u32 = 1;

/// A thread logged it that works for no stage.
pub const ORIGIN_THREAD: u32 = 2;

// The frozen prefix: these lines may never change, in no version.
const _: () = {
    assert!(offset_of!(PluginTable, header) == 0);
    assert!(offset_of!(TableHeader, magic) == 0);
    assert!(offset_of!(TableHeader, abi_version) == 8);
    assert!(offset_of!(TableHeader, table_size) == 12);
    assert!(size_of::<TableHeader>() == 16);
};

// Version 3 behind it: thirteen pointers of a plugin, nine of a host. A change here needs a new
// ABI_VERSION.
const _: () = {
    assert!(size_of::<ByteSlice>() == size_of::<[usize; 2]>());
    assert!(size_of::<PluginTable>() == 16 + size_of::<[usize; 13]>());
    assert!(offset_of!(PluginTable, describe_pipeline) == 16 + size_of::<usize>());
    assert!(size_of::<HostTable>() == size_of::<[usize; 9]>());
    assert!(size_of::<DueTimer>() == size_of::<[u64; 2]>() + size_of::<[ByteSlice; 2]>());
    assert!(offset_of!(DueTimer, domain) == 8 + size_of::<[ByteSlice; 2]>());
    assert!(size_of::<StateAccess>() == 8 + size_of::<[ByteSlice; 2]>());
    assert!(offset_of!(StateAccess, state) == size_of::<[ByteSlice; 2]>());
    assert!(size_of::<LogLine>() == 8 + size_of::<[ByteSlice; 3]>());
    assert!(offset_of!(LogLine, level) == size_of::<[ByteSlice; 3]>());
};
