//! [`NodeKind`]: what a node is, with its message.

use prost::Message;

use crate::pipeline::urn;
use crate::proto::{
    CollectNode, CollectionNode, ConnectorNode, Function, FunctionNode, KeyByNode, PartitionNode,
    PrintNode, SequenceNode, TestStreamNode, TextFilesNode, TimestampsNode, key_by_node,
};

/// What a node is: its URN's message, decoded.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum NodeKind {
    /// A function of one input or two.
    Function(FunctionNode),
    /// Records of one key go to one subtask.
    KeyBy(KeyByNode),
    /// Says which subtask gets a record.
    Partition(PartitionNode),
    /// Several streams of one type as one.
    Union,
    /// Gives records their timestamps, and tells the watermarks.
    Timestamps(TimestampsNode),
    /// A source of values in the graph.
    Collection(CollectionNode),
    /// A source that does what a test wrote down.
    TestStream(TestStreamNode),
    /// A source of numbers.
    Sequence(SequenceNode),
    /// A source of the lines of files.
    TextFiles(TextFilesNode),
    /// A connector of Flink SQL as source.
    ConnectorSource(ConnectorNode),
    /// A connector of Flink SQL as sink.
    ConnectorSink(ConnectorNode),
    /// Writes records to the task's standard output.
    Print(PrintNode),
    /// A sink from which a test gets the records.
    Collect(CollectNode),
}

impl NodeKind {
    /// The URN that says so.
    pub fn urn(&self) -> &'static str {
        match self {
            Self::Function(_) => urn::FUNCTION,
            Self::KeyBy(_) => urn::KEY_BY,
            Self::Partition(_) => urn::PARTITION,
            Self::Union => urn::UNION,
            Self::Timestamps(_) => urn::TIMESTAMPS,
            Self::Collection(_) => urn::COLLECTION,
            Self::TestStream(_) => urn::TEST_STREAM,
            Self::Sequence(_) => urn::SEQUENCE,
            Self::TextFiles(_) => urn::TEXT_FILES,
            Self::ConnectorSource(_) => urn::CONNECTOR_SOURCE,
            Self::ConnectorSink(_) => urn::CONNECTOR_SINK,
            Self::Print(_) => urn::PRINT,
            Self::Collect(_) => urn::COLLECT,
        }
    }

    /// The node's message.
    pub fn payload(&self) -> Vec<u8> {
        match self {
            Self::Function(node) => node.encode_to_vec(),
            Self::KeyBy(node) => node.encode_to_vec(),
            Self::Partition(node) => node.encode_to_vec(),
            Self::Union => Vec::new(),
            Self::Timestamps(node) => node.encode_to_vec(),
            Self::Collection(node) => node.encode_to_vec(),
            Self::TestStream(node) => node.encode_to_vec(),
            Self::Sequence(node) => node.encode_to_vec(),
            Self::TextFiles(node) => node.encode_to_vec(),
            Self::ConnectorSource(node) | Self::ConnectorSink(node) => node.encode_to_vec(),
            Self::Print(node) => node.encode_to_vec(),
            Self::Collect(node) => node.encode_to_vec(),
        }
    }

    /// The function that the node runs, if it runs one.
    pub fn function(&self) -> Option<&Function> {
        match self {
            Self::Function(node) => node.function.as_ref(),
            Self::KeyBy(KeyByNode { by: Some(key_by_node::By::Selector(function)), .. }) => {
                Some(function)
            }
            Self::Partition(node) => node.partitioner.as_ref(),
            Self::Timestamps(node) => node.assigner.as_ref(),
            _ => None,
        }
    }

    pub(crate) fn function_mut(&mut self) -> Option<&mut Function> {
        match self {
            Self::Function(node) => node.function.as_mut(),
            Self::KeyBy(KeyByNode { by: Some(key_by_node::By::Selector(function)), .. }) => {
                Some(function)
            }
            Self::Partition(node) => node.partitioner.as_mut(),
            Self::Timestamps(node) => node.assigner.as_mut(),
            _ => None,
        }
    }

    /// Whether nothing is read from it.
    pub fn is_sink(&self) -> bool {
        matches!(self, Self::ConnectorSink(_) | Self::Print(_) | Self::Collect(_))
    }

    /// Whether it is an operator that runs, and not just a way of bringing together or dealing out
    /// records.
    pub fn runs(&self) -> bool {
        match self {
            Self::Union => false,
            Self::KeyBy(_) | Self::Partition(_) => self.function().is_some(),
            _ => true,
        }
    }

    /// Whether it reads from nothing.
    pub fn is_source(&self) -> bool {
        matches!(
            self,
            Self::Collection(_)
                | Self::TestStream(_)
                | Self::Sequence(_)
                | Self::TextFiles(_)
                | Self::ConnectorSource(_)
        )
    }

    /// Reads the message of a URN; `None` when the URN is not known.
    pub fn decode(urn: &str, payload: &[u8]) -> Option<Result<Self, prost::DecodeError>> {
        Some(match urn {
            urn::FUNCTION => FunctionNode::decode(payload).map(Self::Function),
            urn::KEY_BY => KeyByNode::decode(payload).map(Self::KeyBy),
            urn::PARTITION => PartitionNode::decode(payload).map(Self::Partition),
            urn::UNION => Ok(Self::Union),
            urn::TIMESTAMPS => TimestampsNode::decode(payload).map(Self::Timestamps),
            urn::COLLECTION => CollectionNode::decode(payload).map(Self::Collection),
            urn::TEST_STREAM => TestStreamNode::decode(payload).map(Self::TestStream),
            urn::SEQUENCE => SequenceNode::decode(payload).map(Self::Sequence),
            urn::TEXT_FILES => TextFilesNode::decode(payload).map(Self::TextFiles),
            urn::CONNECTOR_SOURCE => ConnectorNode::decode(payload).map(Self::ConnectorSource),
            urn::CONNECTOR_SINK => ConnectorNode::decode(payload).map(Self::ConnectorSink),
            urn::PRINT => PrintNode::decode(payload).map(Self::Print),
            urn::COLLECT => CollectNode::decode(payload).map(Self::Collect),
            _ => return None,
        })
    }
}
