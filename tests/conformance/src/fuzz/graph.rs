//! Graphs of pipelines.

use brookite_core::pipeline::PipelineGraph;
use prost::Message;

/// Any graph can be drawn and is checked without a panic; one that passes is written as it was read, and
/// does not differ from itself.
pub(super) fn message(bytes: &[u8]) {
    let Ok(graph) = PipelineGraph::decode(bytes) else {
        assert!(PipelineGraph::decode_checked(bytes).is_err(), "other bytes are no graph");
        return;
    };
    let _ = (graph.to_text(), graph.to_mermaid());
    let svg = graph.to_svg();
    assert!(svg.ends_with("</svg>\n"), "a picture is whole");
    assert_eq!(graph.difference(&graph), None);
    if graph.check().is_ok() {
        let written = graph.encode_to_vec();
        assert_eq!(PipelineGraph::decode_checked(&written).as_ref(), Ok(&graph));
    }
}
