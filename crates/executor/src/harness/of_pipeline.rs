//! Stages of pipelines, to be run by themselves.

use brookite_core::coder::Encoding;
use brookite_core::pipeline::{Built, NodeKind};
use brookite_core::proto::{
    self, Edge, FailureKind, FunctionNode, PipelineGraph, PipelineNode, PipelineStage, SideOutput,
    StageSpec, Subtask,
};
use brookite_core::types::DataType;

use crate::failure::{Failed, failure};
use crate::registry::FunctionEntry;

/// What runs in a stage, which is found by its name, its uid, or the uid of a node in it. All its side
/// outputs are taken.
pub(super) fn spec_of(built: &Built<FunctionEntry>, stage: &str) -> Result<StageSpec, Failed> {
    let Built { graph, functions, .. } = built;
    let stage = find(graph, stage)?;
    let of_node = |uid: &String| functions.iter().find(|function| function.name() == uid);
    let functions: Vec<_> = stage.nodes.iter().filter_map(of_node).collect();
    let (Some(first), Some(last)) = (functions.first(), functions.last()) else {
        return Err(refused(format!("stage '{}' has no function to run", stage.name)));
    };
    let how = match kind(graph, first.name())? {
        Some(NodeKind::Function(function)) => function,
        _ => FunctionNode::default(),
    };
    let key = match key_of(graph, first.name())? {
        None => functions.iter().find_map(|function| function.key()),
        key => key,
    };
    Ok(StageSpec {
        stage: stage.name.clone(),
        functions: functions.iter().map(|function| function.name().to_owned()).collect(),
        input: Some(edge(&first.input())),
        second_input: first.second_input().as_ref().map(edge),
        output: Some(edge(&last.output())),
        key: key.as_ref().map(edge),
        subtask: Some(Subtask { index: 0, parallelism: 1, attempt: 0 }),
        side_outputs: side_outputs(&functions, &how.late_output),
        windowing: how.windowing,
        interval: how.interval,
        windows_keep_last: how.windows_keep_last,
        late_output: how.late_output,
        state_cache_entries: how.state_cache_entries,
        state_cache_bytes: how.state_cache_bytes,
        ..StageSpec::default()
    })
}

/// All side outputs of the functions, and that for late records.
fn side_outputs(functions: &[&FunctionEntry], late: &str) -> Vec<SideOutput> {
    let mut outputs: Vec<SideOutput> = Vec::new();
    let mut add = |name: &str, data_type: DataType| {
        if outputs.iter().all(|known| known.name != name) {
            outputs.push(SideOutput { name: name.to_owned(), edge: Some(edge(&data_type)) });
        }
    };
    for function in functions {
        function.side_outputs().iter().for_each(|output| add(output.name(), output.data_type()));
    }
    if let Some(first) = functions.first().filter(|_| !late.is_empty()) {
        add(late, first.input());
    }
    outputs
}

pub(super) fn edge(data_type: &DataType) -> Edge {
    let encoding = proto::Encoding::from(Encoding::Serializer).into();
    Edge { r#type: Some(data_type.into()), encoding }
}

fn find<'g>(graph: &'g PipelineGraph, wanted: &str) -> Result<&'g PipelineStage, Failed> {
    let is = |stage: &&PipelineStage| {
        stage.name == wanted || stage.uid == wanted || stage.nodes.iter().any(|uid| uid == wanted)
    };
    graph.stages.iter().find(is).ok_or_else(|| {
        let names = graph.stages.iter().map(|stage| format!("'{}'", stage.name));
        let names = names.collect::<Vec<_>>().join(", ");
        let (kind, pipeline) = (FailureKind::UnknownFunction, &graph.name);
        let message =
            format!("expected a stage of pipeline '{pipeline}' ({names}), found '{wanted}'");
        Box::new(failure(kind, message))
    })
}

fn kind(graph: &PipelineGraph, uid: &str) -> Result<Option<NodeKind>, Failed> {
    let kind = graph.node(uid).map(PipelineNode::kind).transpose();
    kind.map_err(|error| refused(error.to_string()))
}

/// The type of the keys that the records of a node's first input have.
fn key_of(graph: &PipelineGraph, uid: &str) -> Result<Option<DataType>, Failed> {
    let input = graph.node(uid).and_then(|node| node.inputs.first());
    let before = input.map(|input| kind(graph, &input.node)).transpose()?.flatten();
    let Some(NodeKind::KeyBy(key_by)) = before else { return Ok(None) };
    let key = key_by.key.as_ref().map(DataType::try_from).transpose();
    key.map_err(|error| refused(format!("the key of node '{uid}' has no type: {error}")))
}

fn refused(message: String) -> Failed {
    Box::new(failure(FailureKind::InvalidStage, message))
}
