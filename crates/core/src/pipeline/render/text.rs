//! Graphs as text.

use std::fmt::Write;

use crate::pipeline::render::describe::describe;
use crate::proto::{
    Chaining, Environment, ExecutionMode, NodeInput, PipelineGraph, PipelineNode, PipelineStage,
};

pub(super) fn render(graph: &PipelineGraph) -> String {
    let mut text = format!("pipeline '{}'{}\n", line(&graph.name), settings(graph));
    for (index, stage) in graph.stages.iter().enumerate() {
        let nodes: Vec<_> = stage.nodes.iter().filter_map(|uid| graph.node(uid)).collect();
        let Some(head) = nodes.first() else { continue };
        let _ = write!(text, "\n{}. {}", index + 1, line(&stage.name));
        let _ = writeln!(text, "{}{}", inputs(graph, &head.inputs), options(stage, &nodes));
        for node in &nodes {
            let name =
                if nodes.len() > 1 { format!("{}: ", line(&node.name)) } else { String::new() };
            let _ = writeln!(text, "   {name}{}", line(&describe(node)));
        }
    }
    text
}

/// Names may have line breaks in them.
fn line(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}

fn settings(graph: &PipelineGraph) -> String {
    let Some(environment) = &graph.environment else { return String::new() };
    let Environment { parallelism, max_parallelism, checkpoint_interval_ms, options, .. } =
        environment;
    let mode = match environment.mode() {
        ExecutionMode::Unspecified => None,
        ExecutionMode::Streaming => Some("streaming".to_owned()),
        ExecutionMode::Batch => Some("batch".to_owned()),
        ExecutionMode::Automatic => Some("automatic mode".to_owned()),
    };
    let count = (!options.is_empty()).then(|| format!("{} options of Flink", options.len()));
    let settings = [
        mode,
        parallelism.map(|parallelism| format!("parallelism {parallelism}")),
        max_parallelism.map(|parallelism| format!("at most {parallelism}")),
        checkpoint_interval_ms.map(|interval| format!("checkpoints every {interval} ms")),
        count,
    ];
    settings.into_iter().flatten().map(|setting| format!(", {setting}")).collect()
}

/// The stages that are read, by their numbers.
fn inputs(graph: &PipelineGraph, inputs: &[NodeInput]) -> String {
    let input = |input: &NodeInput| {
        let has = |uids: &[String]| uids.contains(&input.node);
        let stage = graph.stages.iter().position(|stage| has(&stage.nodes));
        let number = stage.map_or_else(|| "?".to_owned(), |index| (index + 1).to_string());
        let side = &input.side_output;
        if side.is_empty() { number } else { format!("{number} '{}'", line(side)) }
    };
    let inputs: Vec<_> = inputs.iter().map(input).collect();
    if inputs.is_empty() { String::new() } else { format!(" <- {}", inputs.join(", ")) }
}

/// What was said about the stage's nodes. Where they differ in what all share, they are no one stage.
fn options(stage: &PipelineStage, nodes: &[&PipelineNode]) -> String {
    let Some(node) = nodes.first() else { return String::new() };
    let explicit = nodes.iter().any(|node| node.explicit_uid && node.uid == stage.uid);
    let group = &node.slot_sharing_group;
    let options = [
        explicit.then(|| format!("uid '{}'", line(&stage.uid))),
        node.parallelism.map(|parallelism| format!("parallelism {parallelism}")),
        node.max_parallelism.map(|parallelism| format!("at most {parallelism}")),
        (!group.is_empty()).then(|| format!("slots of '{}'", line(group))),
        match node.chaining() {
            Chaining::Unspecified => None,
            Chaining::StartNew => Some("new chain".to_owned()),
            Chaining::Never => Some("not chained".to_owned()),
        },
    ];
    let options: Vec<_> = options.into_iter().flatten().collect();
    if options.is_empty() { String::new() } else { format!(" ({})", options.join(", ")) }
}
