//! What can be wrong with a pipeline.

use crate::coder::EncodeError;
use crate::windowing::InvalidWindowing;

/// Why a pipeline cannot be built. It says which node it is about, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// A node that cannot be.
    #[error("node {node}: {problem}")]
    Node {
        /// Which node: its name, and its uid if that says more.
        node: String,
        /// What is wrong with it.
        #[source]
        problem: NodeProblem,
    },
    /// Two nodes of one uid.
    #[error(
        "nodes {first} and {second} have the same uid '{uid}', which identifies their state in \
         savepoints: give each its own with `.uid(\"..\")`"
    )]
    DuplicateUid {
        /// The uid.
        uid: String,
        /// The name of one node.
        first: String,
        /// The name of the other one.
        second: String,
    },
    /// Two sinks for tests of one name.
    #[error(
        "nodes {first} and {second} both collect under the name '{name}', by which the program gets the \
         records: give each its own"
    )]
    DuplicateCollect {
        /// What both collect under.
        name: String,
        /// The name of one node.
        first: String,
        /// The name of the other one.
        second: String,
    },
    /// Nothing to run.
    #[error(
        "pipeline '{pipeline}' has no nodes: begin with a source such as `read_text`, `from_values` or \
         `source`"
    )]
    Empty {
        /// The pipeline's name.
        pipeline: String,
    },
    /// Nothing takes the results.
    #[error(
        "pipeline '{pipeline}' has no sink, so that nobody sees its results: end a stream with `print`, \
         `collect`, `write_text` or `sink`"
    )]
    NoSink {
        /// The pipeline's name.
        pipeline: String,
    },
    /// A setting of the whole pipeline that cannot be.
    #[error("pipeline '{pipeline}': {problem}")]
    Setting {
        /// The pipeline's name.
        pipeline: String,
        /// What is wrong.
        problem: String,
    },
}

/// What is wrong with a node.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NodeProblem {
    /// A name or uid without characters.
    #[error("its {what} is empty: give it another one, or leave it away")]
    Empty {
        /// What is empty.
        what: &'static str,
    },
    /// A number that must be positive.
    #[error("its {what} must be at least 1, found 0")]
    Zero {
        /// What is zero.
        what: &'static str,
    },
    /// More instances than there are groups of keys.
    #[error(
        "its parallelism is {parallelism}, and its max parallelism is {most}: expected at most that"
    )]
    TooParallel {
        /// How many instances it has.
        parallelism: u32,
        /// How many it may have.
        most: u32,
    },
    /// More groups of keys than Flink has.
    #[error("its max parallelism must be at most {most}, found {found}")]
    TooManyKeyGroups {
        /// How many there can be.
        most: u32,
        /// How many were asked for.
        found: u32,
    },
    /// Records that cannot stay in their instance.
    #[error(
        "it leaves records in their instances, but {from} has {from_parallelism} of them and {to} has \
         {to_parallelism}: give both the same parallelism, or use `rescale` or `rebalance`"
    )]
    ForwardToOthers {
        /// The node that is read from.
        from: String,
        /// How many instances it has.
        from_parallelism: u32,
        /// The node that reads.
        to: String,
        /// How many instances it has.
        to_parallelism: u32,
    },
    /// A stream of another pipeline.
    #[error(
        "it reads from pipeline '{here}' and from pipeline '{there}': streams can be brought together \
         only if they come from one pipeline"
    )]
    OtherPipeline {
        /// The pipeline of the node.
        here: String,
        /// The pipeline of the stream.
        there: String,
    },
    /// Windows that cannot be.
    #[error("it cannot have such windows: {0}")]
    Windowing(#[from] InvalidWindowing),
    /// An interval that has no time in it.
    #[error("{0}")]
    Interval(String),
    /// A column that does not exist.
    #[error("there is no {what} '{column}' in {found}")]
    NoColumn {
        /// What the column is for.
        what: &'static str,
        /// The column.
        column: String,
        /// Where it was looked for.
        found: String,
    },
    /// A column of another type.
    #[error("{what} '{column}' has another type: {difference}")]
    ColumnType {
        /// What the column is for.
        what: &'static str,
        /// The column.
        column: String,
        /// What was expected, and what was found.
        difference: String,
    },
    /// Records seen as a type that is not theirs.
    #[error("its records cannot be seen as {seen_as}: {difference}")]
    View {
        /// The Rust type.
        seen_as: &'static str,
        /// What was expected, and what was found.
        difference: String,
    },
    /// A side output that the node does not have.
    #[error("it has no side output '{name}': expected {known}; {hint}")]
    NoSideOutput {
        /// The side output.
        name: String,
        /// Those that it has.
        known: String,
        /// What to do instead.
        hint: &'static str,
    },
    /// A side output of another type.
    #[error("its side output '{name}' has another type: {difference}")]
    SideOutputType {
        /// The side output.
        name: String,
        /// What was expected, and what was found.
        difference: String,
    },
    /// An option that nodes of this kind do not have.
    #[error("{what} cannot be set here: {hint}")]
    NoSuchOption {
        /// What was set.
        what: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
    /// A value of a source that has no representation.
    #[error("value {index} cannot be encoded: {source}")]
    Value {
        /// Which value, from 0.
        index: usize,
        /// Why not.
        source: EncodeError,
    },
    /// A connector that cannot be described to Flink.
    #[error("{0}")]
    Connector(String),
}
