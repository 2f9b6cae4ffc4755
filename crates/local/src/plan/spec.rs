//! What operators do: the specifications of stages.

use std::collections::BTreeMap;

use brookite_core::coder;
use brookite_core::function::urn;
use brookite_core::pipeline::NodeKind;
use brookite_core::proto::{
    Edge, Encoding, Function, FunctionNode, PipelineGraph, PipelineNode, PipelineStage, SideOutput,
    StageSpec, key_by_node,
};
use brookite_core::types::DataType;

use crate::error::JobError;
use crate::plan::decode::output;
use crate::plan::legs::side_type;
use crate::plan::{Leg, Nodes, Work, stage_node};

pub(super) fn work(
    nodes: &Nodes<'_>,
    graph: &PipelineGraph,
    stage: &PipelineStage,
    legs: &[Leg],
) -> Result<Work, JobError> {
    let (node, kind) = stage_node(nodes, stage, 0)?;
    let taken = || {
        legs.first().map(|leg| leg.data_type.clone()).ok_or_else(|| {
            JobError::graph(&node.uid, "it reads from nothing, and is no source".to_owned())
        })
    };
    Ok(match kind {
        NodeKind::Collection(node) => Work::Collection(node.clone()),
        NodeKind::TestStream(script) => Work::TestStream(node.name.clone(), script.events.clone()),
        NodeKind::Sequence(node) => Work::Sequence(*node),
        NodeKind::TextFiles(node) => Work::TextFiles(node.clone()),
        NodeKind::ConnectorSource(connector) => {
            Work::ReadConnector(connector.clone(), output(node)?)
        }
        NodeKind::ConnectorSink(connector) => Work::WriteConnector(connector.clone(), taken()?),
        NodeKind::Print(print) => Work::Print(print.clone(), taken()?),
        NodeKind::Collect(collect) => Work::Collect(collect.clone()),
        NodeKind::Function(head) => functions(nodes, graph, stage, (node, head), legs)?,
        NodeKind::KeyBy(key_by) => match &key_by.by {
            Some(key_by_node::By::Selector(function)) => {
                selector(stage, node, function, &taken()?)?
            }
            _ => return Err(unexpected(node)),
        },
        NodeKind::Partition(partition) => match &partition.partitioner {
            Some(function) => selector(stage, node, function, &taken()?)?,
            None => return Err(unexpected(node)),
        },
        NodeKind::Timestamps(timestamps) => {
            let function = timestamps.assigner.as_ref().ok_or_else(|| unexpected(node))?;
            let spec = StageSpec {
                output: Some(edge(&DataType::required(brookite_core::Kind::BigInt))),
                ..one_function(stage, function, &taken()?)
            };
            Work::Timestamps { spec: Box::new(spec), node: timestamps.clone() }
        }
        _ => return Err(unexpected(node)),
    })
}

fn unexpected(node: &PipelineNode) -> JobError {
    JobError::graph(&node.uid, "it has no function".to_owned())
}

/// A stage of one function without keys.
fn one_function(stage: &PipelineStage, function: &Function, input: &DataType) -> StageSpec {
    StageSpec {
        stage: stage.name.clone(),
        functions: vec![function.name.clone()],
        input: Some(edge(input)),
        ..StageSpec::default()
    }
}

fn selector(
    stage: &PipelineStage,
    node: &PipelineNode,
    function: &Function,
    input: &DataType,
) -> Result<Work, JobError> {
    let output = Some(edge(&output(node)?));
    let spec = Box::new(StageSpec { output, ..one_function(stage, function, input) });
    Ok(Work::Functions { spec, broadcast: false })
}

fn functions(
    nodes: &Nodes<'_>,
    graph: &PipelineGraph,
    stage: &PipelineStage,
    (node, head): (&PipelineNode, &FunctionNode),
    legs: &[Leg],
) -> Result<Work, JobError> {
    let mut names = Vec::new();
    for index in 0..stage.nodes.len() {
        let (node, kind) = stage_node(nodes, stage, index)?;
        let NodeKind::Function(function) = kind else { return Err(unexpected(node)) };
        let function = function.function.as_ref().ok_or_else(|| unexpected(node))?;
        names.push(function.name.clone());
    }
    let (last, _) = stage_node(nodes, stage, stage.nodes.len() - 1)?;
    let input = |number: u32| legs.iter().find(|leg| leg.input == number);
    let first = input(0).ok_or_else(|| unexpected(node))?;
    let kind = head.function.as_ref().map(|function| function.kind.as_str()).unwrap_or_default();
    let spec = StageSpec {
        stage: stage.name.clone(),
        functions: names,
        input: Some(edge(&first.data_type)),
        second_input: input(1).map(|leg| edge(&leg.data_type)),
        output: Some(edge(&output(last)?)),
        key: first.key.as_ref().map(edge),
        state_cache_entries: head.state_cache_entries,
        state_cache_bytes: head.state_cache_bytes,
        side_outputs: side_outputs(nodes, graph, stage)?,
        windowing: head.windowing.clone(),
        interval: head.interval,
        windows_keep_last: head.windows_keep_last,
        late_output: head.late_output.clone(),
        ..StageSpec::default()
    };
    let broadcast = [urn::BROADCAST_PROCESS, urn::KEYED_BROADCAST_PROCESS].contains(&kind);
    Ok(Work::Functions { spec: Box::new(spec), broadcast })
}

/// The side outputs that are read, and that for late records.
fn side_outputs(
    nodes: &Nodes<'_>,
    graph: &PipelineGraph,
    stage: &PipelineStage,
) -> Result<Vec<SideOutput>, JobError> {
    let mut outputs = BTreeMap::new();
    for input in graph.nodes.iter().flat_map(|node| &node.inputs) {
        if !input.side_output.is_empty() && stage.nodes.contains(&input.node) {
            let Some((node, kind)) = nodes.get(input.node.as_str()) else { continue };
            let data_type = side_type(node, kind, &input.side_output)?;
            outputs.insert(input.side_output.clone(), edge(&data_type));
        }
    }
    let (head, kind) = stage_node(nodes, stage, 0)?;
    if let NodeKind::Function(function) = kind
        && !function.late_output.is_empty()
    {
        let data_type = side_type(head, kind, &function.late_output)?;
        outputs.insert(function.late_output.clone(), edge(&data_type));
    }
    Ok(outputs.into_iter().map(|(name, edge)| SideOutput { name, edge: Some(edge) }).collect())
}

fn edge(data_type: &DataType) -> Edge {
    let encoding = Encoding::from(coder::Encoding::Serializer);
    Edge { r#type: Some(data_type.into()), encoding: encoding.into() }
}
