//! Graphs that come from elsewhere: decoding, with checks.

use std::collections::{BTreeMap, BTreeSet};

use prost::Message;

use crate::pipeline::build::{GRAPH_VERSION, label};
use crate::pipeline::check::check_node;
use crate::pipeline::{GraphError, NodeKind};
use crate::proto::{PipelineGraph, PipelineNode, PipelineStage};

impl PipelineGraph {
    /// Reads a graph, and [checks](Self::check) it.
    ///
    /// # Errors
    /// When the bytes are no graph, or one that cannot be run.
    pub fn decode_checked(bytes: &[u8]) -> Result<Self, GraphError> {
        let graph = Self::decode(bytes)?;
        graph.check()?;
        Ok(graph)
    }

    /// Whether the graph can be run by this version: its version and all kinds of nodes are known, each
    /// node reads from nodes before it what it takes, and the stages have every node once.
    ///
    /// # Errors
    /// Says which node is wrong and why.
    pub fn check(&self) -> Result<(), GraphError> {
        if !(1..=GRAPH_VERSION).contains(&self.version) {
            return Err(GraphError::Version { found: self.version });
        }
        let mut before = BTreeMap::new();
        for node in &self.nodes {
            let kind = node.kind()?;
            check_node(node, &kind, &before)?;
            if before.insert(node.uid.as_str(), (node, kind)).is_some() {
                return Err(GraphError::DuplicateUid { uid: node.uid.clone() });
            }
        }
        self.check_stages(&before)?;
        let expected = self.make_fingerprint();
        if self.fingerprint != expected {
            let found = self.fingerprint.clone();
            return Err(GraphError::Fingerprint { found, expected });
        }
        Ok(())
    }

    /// The node of that uid.
    pub fn node(&self, uid: &str) -> Option<&PipelineNode> {
        self.nodes.iter().find(|node| node.uid == uid)
    }

    /// The stage that the node of that uid is in.
    pub fn stage_of(&self, uid: &str) -> Option<&PipelineStage> {
        self.stages.iter().find(|stage| stage.nodes.iter().any(|node| node == uid))
    }

    /// Each node is in one stage; of several, each reads the one before it, and all are functions.
    fn check_stages(
        &self,
        nodes: &BTreeMap<&str, (&PipelineNode, NodeKind)>,
    ) -> Result<(), GraphError> {
        let mut staged = BTreeSet::new();
        for stage in &self.stages {
            let wrong =
                |problem: String| Err(GraphError::Stage { stage: stage.name.clone(), problem });
            let mut last: Option<&str> = None;
            for uid in &stage.nodes {
                let Some((node, kind)) = nodes.get(uid.as_str()) else {
                    return wrong(format!("it has node '{uid}', which the graph does not have"));
                };
                if !staged.insert(uid.as_str()) {
                    return wrong(format!("its node {} is in a stage already", node.label()));
                }
                if stage.nodes.len() > 1 && !matches!(kind, NodeKind::Function(_)) {
                    let node = node.label();
                    return wrong(format!("its node {node} is no function, and must be alone"));
                }
                if let Some(last) = last
                    && (node.inputs.len() != 1
                        || node.inputs[0].node != last
                        || !node.inputs[0].side_output.is_empty())
                {
                    let node = node.label();
                    return wrong(format!("its node {node} does not just read node '{last}'"));
                }
                last = Some(uid);
            }
            if last.is_none() {
                return wrong("it has no nodes".to_owned());
            }
        }
        match self.nodes.iter().find(|node| !staged.contains(node.uid.as_str())) {
            Some(node) => Err(node.wrong("it is in no stage")),
            None => Ok(()),
        }
    }
}

impl PipelineNode {
    /// What the node is.
    ///
    /// # Errors
    /// When the kind is not known, and when its message cannot be read.
    pub fn kind(&self) -> Result<NodeKind, GraphError> {
        let (node, urn) = (|| self.label(), || self.urn.clone());
        match NodeKind::decode(&self.urn, &self.payload) {
            Some(Ok(kind)) => Ok(kind),
            Some(Err(source)) => Err(GraphError::Payload { node: node(), urn: urn(), source }),
            None => Err(GraphError::UnknownKind { node: node(), urn: urn() }),
        }
    }

    /// The node for people: its name, and its uid where the name does not tell it.
    pub fn label(&self) -> String {
        label(&self.name, &self.uid)
    }

    pub(crate) fn wrong(&self, problem: impl Into<String>) -> GraphError {
        GraphError::Node { node: self.label(), problem: problem.into() }
    }
}
