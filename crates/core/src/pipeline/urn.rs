//! URNs of the kinds of nodes.

/// A function.
pub const FUNCTION: &str = "brookite:node:function:v1";
/// Records of one key go to one subtask.
pub const KEY_BY: &str = "brookite:node:key_by:v1";
/// Says which subtask gets a record.
pub const PARTITION: &str = "brookite:node:partition:v1";
/// Several streams of one type as one.
pub const UNION: &str = "brookite:node:union:v1";
/// Gives records their timestamps.
pub const TIMESTAMPS: &str = "brookite:node:timestamps:v1";
/// A source of values in the graph.
pub const COLLECTION: &str = "brookite:node:collection:v1";
/// A source that does what a test wrote down.
pub const TEST_STREAM: &str = "brookite:node:test_stream:v1";
/// A source of numbers.
pub const SEQUENCE: &str = "brookite:node:sequence:v1";
/// A source of the lines of files.
pub const TEXT_FILES: &str = "brookite:node:text_files:v1";
/// A connector of Flink SQL as source.
pub const CONNECTOR_SOURCE: &str = "brookite:node:connector_source:v1";
/// A connector of Flink SQL as sink.
pub const CONNECTOR_SINK: &str = "brookite:node:connector_sink:v1";
/// Writes records to the task's standard output.
pub const PRINT: &str = "brookite:node:print:v1";
/// A sink from which a test gets the records.
pub const COLLECT: &str = "brookite:node:collect:v1";
