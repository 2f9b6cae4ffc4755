//! What can be wrong with a graph that comes from elsewhere.

use prost::DecodeError;

use crate::pipeline::build::GRAPH_VERSION;
use crate::types::MalformedType;

/// Why bytes are no graph that can be run. It names the node.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The bytes are something else.
    #[error("expected an encoded pipeline graph, found other bytes: {0}")]
    Malformed(#[from] DecodeError),
    /// The graph was written by a newer version, or by none.
    #[error(
        "the pipeline graph has version {found}, and this version of Brookite reads versions 1 to \
         {GRAPH_VERSION}: use the same version of Brookite on both sides"
    )]
    Version {
        /// The graph's version.
        found: u32,
    },
    /// A node whose kind is not known here.
    #[error(
        "node {node} is of an unknown kind, '{urn}': use the same version of Brookite on both sides"
    )]
    UnknownKind {
        /// Which node.
        node: String,
        /// Its kind's URN.
        urn: String,
    },
    /// A node whose message cannot be read.
    #[error("node {node} has a malformed message for '{urn}': {source}")]
    Payload {
        /// Which node.
        node: String,
        /// Its kind's URN.
        urn: String,
        /// Why not.
        source: DecodeError,
    },
    /// A type that is none.
    #[error("node {node}: its {what} has no proper type: {source}")]
    Type {
        /// Which node.
        node: String,
        /// What should have a type.
        what: &'static str,
        /// Why it has none.
        source: MalformedType,
    },
    /// A node that cannot be run as it is.
    #[error("node {node}: {problem}")]
    Node {
        /// Which node.
        node: String,
        /// What is wrong.
        problem: String,
    },
    /// A stage that cannot be run as it is.
    #[error("stage '{stage}': {problem}")]
    Stage {
        /// The stage's name.
        stage: String,
        /// What is wrong.
        problem: String,
    },
    /// Two nodes of one uid.
    #[error("two nodes of the pipeline graph have the uid '{uid}'")]
    DuplicateUid {
        /// The uid.
        uid: String,
    },
    /// The graph was changed after it was built.
    #[error(
        "the pipeline graph's fingerprint is {found}, and that of its nodes is {expected}: it was changed \
         after it was built"
    )]
    Fingerprint {
        /// What the graph says.
        found: String,
        /// What it should say.
        expected: String,
    },
}
