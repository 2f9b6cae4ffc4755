//! Graphs in Mermaid's language.

use std::fmt::Write;

use crate::pipeline::render::describe::what;
use crate::proto::{PipelineGraph, PipelineNode};

pub(super) fn render(graph: &PipelineGraph) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for (index, stage) in graph.stages.iter().enumerate() {
        let fused = stage.nodes.len() > 1;
        if fused {
            let _ = writeln!(text, "  subgraph s{index}[\"{}\"]", escape(&stage.name));
        }
        for node in stage.nodes.iter().filter_map(|uid| graph.node(uid)) {
            let indent = if fused { "    " } else { "  " };
            let label =
                format!("{}<br/><small>{}</small>", escape(&node.name), escape(&what(node)));
            let _ = writeln!(text, "{indent}{}[\"{label}\"]", id(graph, node));
        }
        if fused {
            text += "  end\n";
        }
    }
    for node in &graph.nodes {
        for input in &node.inputs {
            let Some(from) = graph.node(&input.node) else { continue };
            let arrow = match input.side_output.as_str() {
                "" => "-->".to_owned(),
                side => format!("-. \"{}\" .->", escape(side)),
            };
            let _ = writeln!(text, "  {} {arrow} {}", id(graph, from), id(graph, node));
        }
    }
    text
}

/// A name that is Mermaid's own business: uids may have any characters.
fn id(graph: &PipelineGraph, node: &PipelineNode) -> String {
    let index = graph.nodes.iter().position(|other| other.uid == node.uid);
    format!("n{}", index.unwrap_or_default())
}

/// Whatever may mean something to Mermaid or in HTML, as a number.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.chars() {
        let plain = char.is_alphanumeric() || " -_.,:/'".contains(char);
        if plain {
            escaped.push(char);
        } else {
            let _ = write!(escaped, "#{};", u32::from(if char.is_control() { ' ' } else { char }));
        }
    }
    escaped
}
