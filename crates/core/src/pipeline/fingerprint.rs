//! The fingerprint of a graph: what the state and the exchange of records depend on.
//!
//! Two graphs with the same fingerprint have the same nodes, connected alike, with the same functions,
//! types and windows, run as the same stages. Names, parallelism and options may differ.

use sha2::{Digest, Sha256};

use crate::pipeline::NodeKind;
use crate::proto::{FunctionNode, PipelineGraph, PipelineNode};
use prost::Message;

impl PipelineGraph {
    /// What the graph's fingerprint is: SHA-256 in hexadecimal digits.
    pub fn make_fingerprint(&self) -> String {
        let mut hash = Hash(Sha256::new());
        hash.number(self.version.into());
        hash.many(&self.nodes, |hash, node| {
            hash.text(&node.uid);
            hash.text(&node.urn);
            hash.bytes(&canonical_payload(node));
            hash.many(&node.inputs, |hash, input| {
                hash.text(&input.node);
                hash.text(&input.side_output);
            });
            let output = node.output.as_ref().map(Message::encode_to_vec);
            hash.many(output.as_slice(), |hash, output| hash.bytes(output));
        });
        hash.many(&self.stages, |hash, stage| {
            hash.text(&stage.uid);
            hash.many(&stage.nodes, |hash, node| hash.text(node));
        });
        hash.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The node's message without what may differ.
pub(crate) fn canonical_payload(node: &PipelineNode) -> Vec<u8> {
    match NodeKind::decode(&node.urn, &node.payload) {
        Some(Ok(NodeKind::Function(function))) => NodeKind::Function(FunctionNode {
            state_cache_entries: 0,
            state_cache_bytes: 0,
            ..function
        })
        .payload(),
        _ => node.payload.clone(),
    }
}

/// Values one after the other, each with its length, so that no two sequences look the same.
struct Hash(Sha256);

impl Hash {
    fn number(&mut self, number: u64) {
        self.0.update(number.to_be_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn many<T>(&mut self, items: &[T], each: impl Fn(&mut Self, &T)) {
        self.number(items.len() as u64);
        items.iter().for_each(|item| each(self, item));
    }
}
