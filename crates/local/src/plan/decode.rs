//! What nodes say.

use brookite_core::pipeline::NodeKind;
use brookite_core::proto::PipelineNode;
use brookite_core::types::DataType;

use crate::connector;
use crate::error::JobError;

/// Whether it is no source without end.
pub(super) fn is_bounded(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::ConnectorSource(node) => connector::is_bounded(node),
        _ => true,
    }
}

/// What a node is.
pub(super) fn kind(node: &PipelineNode) -> Result<NodeKind, JobError> {
    let urn = &node.urn;
    let decoded = NodeKind::decode(urn, &node.payload).ok_or_else(|| {
        let reason = "the local runner is older than the graph";
        JobError::graph(&node.uid, format!("there are no nodes of kind '{urn}': {reason}"))
    })?;
    decoded
        .map_err(|error| JobError::graph(&node.uid, format!("its message is malformed: {error}")))
}

/// What a node emits.
pub(super) fn output(node: &PipelineNode) -> Result<DataType, JobError> {
    let wire = node.output.as_ref().ok_or_else(|| {
        JobError::graph(&node.uid, "something is read from it, and it emits nothing")
    })?;
    DataType::try_from(wire).map_err(|error| JobError::graph(&node.uid, error.to_string()))
}
