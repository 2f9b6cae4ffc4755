//! [`Plan`]: which operators run, and how records get from one to the other.
//!
//! A stage of functions, a source, a sink, a selector of keys is an operator. A key that is a field, a
//! partitioning and a union are none: they say how the edges between operators deal out records.

mod decode;
mod legs;
mod spec;

use std::collections::BTreeMap;

use brookite_core::pipeline::NodeKind;
use brookite_core::proto::{
    Chaining, CollectNode, CollectionNode, ConnectorNode, ExecutionMode, PartitionNode,
    PipelineGraph, PipelineNode, PipelineStage, PrintNode, SequenceNode, StageSpec, TestEvent,
    TextFilesNode, TimestampsNode, key_by_node,
};
use brookite_core::types::DataType;

use crate::error::JobError;
use crate::key::Front;
use crate::router::Routing;

use decode::{is_bounded, kind};
use legs::Tracer;

/// All operators of a job, each behind those that it reads from.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) operators: Vec<Operator>,
    /// Whether the keys of a stream come one after the other.
    pub(crate) batch: bool,
}

/// An operator, of which each subtask has one.
#[derive(Debug)]
pub(crate) struct Operator {
    /// The uid of its stage.
    pub(crate) uid: String,
    /// For people.
    pub(crate) name: String,
    pub(crate) parallelism: u32,
    pub(crate) work: Work,
    pub(crate) legs: Vec<Leg>,
    /// Whether it may run on the thread of the one that it reads from.
    pub(crate) chains_up: bool,
    /// Whether others may run on its thread.
    pub(crate) chains_down: bool,
}

/// What an operator does.
#[derive(Debug)]
pub(crate) enum Work {
    Collection(CollectionNode),
    /// What the node is called, and its events.
    TestStream(String, Vec<TestEvent>),
    Sequence(SequenceNode),
    TextFiles(TextFilesNode),
    ReadConnector(ConnectorNode, DataType),
    Functions {
        spec: Box<StageSpec>,
        broadcast: bool,
    },
    Timestamps {
        spec: Box<StageSpec>,
        node: TimestampsNode,
    },
    Print(PrintNode, DataType),
    Collect(CollectNode),
    WriteConnector(ConnectorNode, DataType),
}

/// An edge into an operator.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    /// The number of the operator that it comes from.
    pub(crate) from: usize,
    /// 0 for its results, else a side output.
    pub(crate) port: u32,
    /// The operator's input that it leads to.
    pub(crate) input: u32,
    pub(crate) routing: Routing,
    /// What is to be taken off its records.
    pub(crate) strip: Option<Front>,
    /// Type of the records that arrive.
    pub(crate) data_type: DataType,
    pub(crate) key: Option<DataType>,
}

/// What of the caller's choice a plan depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices {
    /// For nodes and graphs that say none.
    pub(crate) parallelism: u32,
}

impl Plan {
    pub(crate) fn of(graph: &PipelineGraph, choices: Choices) -> Result<Self, JobError> {
        let mut nodes = BTreeMap::new();
        for node in &graph.nodes {
            nodes.insert(node.uid.as_str(), (node, kind(node)?));
        }
        let environment = graph.environment.clone().unwrap_or_default();
        let batch = match environment.mode() {
            ExecutionMode::Batch => true,
            ExecutionMode::Automatic => nodes.values().all(|(_, kind)| is_bounded(kind)),
            ExecutionMode::Unspecified | ExecutionMode::Streaming => false,
        };
        let mut tracer = Tracer { nodes: &nodes, ends: BTreeMap::new() };
        let mut operators: Vec<Operator> = Vec::new();
        let default = environment.parallelism.unwrap_or(choices.parallelism).max(1);
        for stage in &graph.stages {
            let (head, head_kind) = stage_node(&nodes, stage, 0)?;
            if tracer.is_no_operator(head_kind)? {
                continue;
            }
            let legs = tracer.legs(head, &operators)?;
            let (last, _) = stage_node(&nodes, stage, stage.nodes.len().saturating_sub(1))?;
            let work = spec::work(&nodes, graph, stage, &legs)?;
            let parallelism = match head_kind {
                NodeKind::Collection(_) | NodeKind::TestStream(_) => 1,
                // Keys and numbers are told where the records are: their order stays.
                kind if front(kind) => {
                    let own = head.parallelism.or_else(|| parallelism_of(&legs, &operators));
                    own.unwrap_or(default)
                }
                _ => head.parallelism.unwrap_or(default).max(1),
            };
            tracer.ends_at(stage, operators.len(), &work);
            operators.push(Operator {
                uid: stage.uid.clone(),
                name: stage.name.clone(),
                parallelism,
                work,
                legs,
                chains_up: head.chaining() == Chaining::Unspecified,
                chains_down: last.chaining() != Chaining::Never,
            });
        }
        for index in 0..operators.len() {
            settle(&mut operators, index)?;
        }
        Ok(Self { operators, batch })
    }
}

impl Plan {
    /// Whether a test says what comes when.
    pub(crate) fn has_test_streams(&self) -> bool {
        self.operators.iter().any(|operator| matches!(operator.work, Work::TestStream(..)))
    }
}

/// The parallelism of all operators that something is read from, if they have the same.
fn parallelism_of(legs: &[Leg], operators: &[Operator]) -> Option<u32> {
    let mut all = legs.iter().map(|leg| operators[leg.from].parallelism);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// As in Flink, what nobody says how to deal out goes straight on if there are as many subtasks on the
/// other side, and is dealt out in turn if not.
fn settle(operators: &mut [Operator], index: usize) -> Result<(), JobError> {
    let (before, rest) = operators.split_at_mut(index);
    let Some(operator) = rest.first_mut() else { return Ok(()) };
    for leg in &mut operator.legs {
        let same = before[leg.from].parallelism == operator.parallelism;
        match &leg.routing {
            Routing::Unsaid if same => leg.routing = Routing::Forward,
            Routing::Unsaid => leg.routing = Routing::Rebalance,
            Routing::Forward if !same => {
                return Err(JobError::graph(
                    &operator.uid,
                    format!(
                        "a forward edge needs as many subtasks on both sides, found {} of '{}' and {} \
                         of '{}': leave `forward()` away, or give both the same parallelism",
                        before[leg.from].parallelism,
                        before[leg.from].name,
                        operator.parallelism,
                        operator.name
                    ),
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

type Nodes<'g> = BTreeMap<&'g str, (&'g PipelineNode, NodeKind)>;

/// A node of a stage.
fn stage_node<'n, 'g>(
    nodes: &'n Nodes<'g>,
    stage: &PipelineStage,
    index: usize,
) -> Result<(&'g PipelineNode, &'n NodeKind), JobError> {
    let uid = stage.nodes.get(index).ok_or_else(|| {
        JobError::graph(&stage.uid, "a stage of the graph has no nodes".to_owned())
    })?;
    let (node, kind) = nodes.get(uid.as_str()).ok_or_else(|| {
        JobError::graph(uid, format!("stage '{}' names a node that is not there", stage.name))
    })?;
    Ok((node, kind))
}

/// Whether a function stands in front of the edge, whose first field is not for those behind.
fn front(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::KeyBy(node) => matches!(node.by, Some(key_by_node::By::Selector(_))),
        NodeKind::Partition(PartitionNode { partitioner, .. }) => partitioner.is_some(),
        _ => false,
    }
}
