//! Graphs from elsewhere: each fault is an error that names the node.

use brookite_core::pipeline::{GraphError, NodeKind, Pipeline, PipelineGraph};
use brookite_core::windowing::Tumbling;
use prost::Message;

use crate::functions::{Both, Sum};
use crate::graph;

fn base() -> PipelineGraph {
    graph(|p: &Pipeline| {
        let sums =
            p.sequence(1, 9).key_by(|n| n % 2).window(Tumbling::of(10)).aggregate(Sum::default);
        sums.name("sums").connect(&p.from_values(["x"])).map(Both::default).print();
    })
}

/// What decoding says to a graph that was changed.
fn changed(change: impl Fn(&mut PipelineGraph)) -> GraphError {
    let mut graph = base();
    change(&mut graph);
    graph.fingerprint = graph.make_fingerprint();
    PipelineGraph::decode_checked(&graph.encode_to_vec()).expect_err("the graph is wrong")
}

fn text(change: impl Fn(&mut PipelineGraph)) -> String {
    changed(change).to_string()
}

fn node<'g>(graph: &'g mut PipelineGraph, uid: &str) -> &'g mut brookite_core::proto::PipelineNode {
    graph.nodes.iter_mut().find(|node| node.uid == uid).expect("there is such a node")
}

/// Changes a function's node.
fn function(
    graph: &mut PipelineGraph,
    uid: &str,
    change: impl Fn(&mut brookite_core::proto::FunctionNode),
) {
    let node = node(graph, uid);
    let Ok(NodeKind::Function(mut function)) = node.kind() else { panic!("it is a function") };
    change(&mut function);
    node.payload = function.encode_to_vec();
}

#[test]
fn what_was_built_can_be_read() {
    let graph = base();
    assert_eq!(PipelineGraph::decode_checked(&graph.encode_to_vec()).unwrap(), graph);
}

#[test]
fn bytes_versions_and_fingerprints_are_checked() {
    let error = PipelineGraph::decode_checked(b"no graph").unwrap_err();
    assert!(matches!(error, GraphError::Malformed(_)), "{error}");
    let error = changed(|graph| graph.version = 2);
    assert_eq!(error, GraphError::Version { found: 2 });
    assert!(error.to_string().contains("use the same version of Brookite"), "{error}");
    assert_eq!(changed(|graph| graph.version = 0), GraphError::Version { found: 0 });

    let mut graph = base();
    graph.fingerprint = "0".to_owned();
    let error = graph.check().unwrap_err().to_string();
    assert!(error.contains("it was changed after it was built"), "{error}");
}

#[test]
fn an_unknown_kind_and_a_malformed_message_name_the_node() {
    let found = text(|graph| node(graph, "sums").urn = "brookite:node:teleport:v1".to_owned());
    assert_eq!(
        found,
        "node 'sums' is of an unknown kind, 'brookite:node:teleport:v1': use the same version of Brookite \
         on both sides"
    );
    let found = text(|graph| node(graph, "sums").payload = vec![0xff]);
    assert!(
        found.starts_with("node 'sums' has a malformed message for 'brookite:node:function:v1'")
    );
}

#[test]
fn nodes_read_from_what_is_before_them() {
    let found = text(|graph| node(graph, "sums").inputs[0].node = "nowhere".to_owned());
    assert_eq!(found, "node 'sums': it reads from node 'nowhere', which is not before it");
    let found = text(|graph| graph.nodes.swap(0, 1));
    assert!(found.contains("it reads from node 'sequence', which is not before it"), "{found}");
    let found = text(|graph| node(graph, "map").inputs.truncate(1));
    assert_eq!(found, "node 'map': expected 2 inputs, found 1");
    let found = text(|graph| node(graph, "print").inputs[0].side_output = "x".to_owned());
    assert!(found.contains("it reads side output 'x' of node 'map', which has none"), "{found}");
    let found = text(|graph| node(graph, "map").inputs.swap(0, 1));
    assert!(found.contains("its input is not what its function takes"), "{found}");
}

#[test]
fn types_must_be_there_and_fit() {
    let found = text(|graph| node(graph, "sums").output = None);
    assert_eq!(found, "node 'sums': it has no output");
    let found = text(|graph| node(graph, "sequence").output = Some(Default::default()));
    assert!(found.starts_with("node 'sequence': its output has no proper type"), "{found}");
    let found = text(|graph| {
        function(graph, "sums", |node| {
            node.function.as_mut().expect("it has one").name = "other".to_owned();
        })
    });
    assert_eq!(found, "node 'sums': its function is named 'other': expected its uid");
}

#[test]
fn windows_must_be_there_and_be_right() {
    let found = text(|graph| function(graph, "sums", |node| node.windowing = None));
    assert_eq!(found, "node 'sums': it has no windows");
    let found = text(|graph| {
        function(graph, "sums", |node| {
            node.windowing.as_mut().expect("it has some").allowed_lateness_ms = -1;
        })
    });
    assert!(found.contains("allowed lateness must not be negative"), "{found}");
    let found = text(|graph| function(graph, "map", |node| node.late_output = "late".to_owned()));
    assert_eq!(found, "node 'map': it has an output for late records and no windows");
}

#[test]
fn stages_have_every_node_once() {
    let found = text(|graph| _ = graph.stages.remove(0));
    assert_eq!(found, "node 'sequence': it is in no stage");
    let found = text(|graph| graph.stages[2].nodes.push("sums".to_owned()));
    assert!(found.contains("is in a stage already"), "{found}");
    let found = text(|graph| graph.stages[0].nodes[0] = "nowhere".to_owned());
    assert_eq!(found, "stage 'sequence': it has node 'nowhere', which the graph does not have");
    let found = text(|graph| {
        let print = graph.stages.pop().expect("the last stage is the sink");
        graph.stages.last_mut().expect("there are others").nodes.extend(print.nodes);
    });
    assert!(found.contains("is no function, and must be alone"), "{found}");
    let found = text(|graph| graph.stages[0].nodes.clear());
    assert!(found.contains("it has no nodes"), "{found}");
}

#[test]
fn uids_are_unique() {
    let found = text(|graph| {
        let again = graph.nodes[0].clone();
        graph.nodes.push(again);
    });
    assert_eq!(found, "two nodes of the pipeline graph have the uid 'sequence'");
}
