//! The C ABI between a host and a plugin, both ends of it.
//!
//! A plugin is what a user builds: a `cdylib` with Rust functions in it. A host is what runs them:
//! the bridge inside Flink's TaskManager, or a test with no JVM in sight. The two are compiled apart,
//! each with its own copy of everything, so between them there is only C: two tables of functions,
//! borrowed bytes and protobuf messages. [`table`] states the contract.
//!
//! ```text
//! host                                     plugin (dlopen)
//! Library::open ── header, version ──────> BROOKITE_PLUGIN: PluginTable   export_plugin!()
//! Library::pipeline ── name, arguments ──> the program that builds it    (brookite-executor)
//! LoadedStage ──── process(key, record) ─> Stage (brookite-executor)
//! Box<dyn Host> <─ read_state, log ... ─── HostAdapter: impl Host
//! ```
//!
//! * [`export_plugin!`] makes the user's crate a plugin.
//! * [`Library`] opens one and says precisely why when it cannot ([`LoadError`]).
//! * [`LoadedStage`] runs functions of it. It has the methods of the executor's `Stage`, so that a
//!   host does not care on which side of the table a stage lives.
//!
//! Together with `brookite-jni` this is the only crate with `unsafe` code.

pub mod export;
mod host_adapter;
mod host_context;
mod library;
mod load_error;
mod report;
pub mod slice;
mod stage;
pub mod table;

pub use brookite_core::{DataType, metrics, proto, state};
pub use brookite_executor::{Failed, frame, guard, host};

pub use library::Library;
pub use load_error::LoadError;
pub use stage::LoadedStage;
