//! What changes a fingerprint, and how a difference is told.

use brookite_core::pipeline::{Connector, Pipeline, PipelineGraph};
use brookite_core::windowing::Tumbling;

use crate::functions::{Keyed, Parse, REJECTED, Sum};
use crate::graph;

fn base(p: &Pipeline) {
    p.sequence(1, 9).map(|n| n + 1).uid("add").key_by(|n| n % 2).process(Keyed::default).print();
}

/// What the second pipeline differs in from the first.
fn difference(one: impl Fn(&Pipeline), other: impl Fn(&Pipeline)) -> String {
    let (one, other) = (graph(one), graph(other));
    assert_ne!(one.fingerprint, other.fingerprint);
    other.difference(&one).expect("the fingerprints differ")
}

fn equal(one: &PipelineGraph, other: &PipelineGraph) {
    assert_eq!(one.fingerprint, other.fingerprint);
    assert_eq!(one.difference(other), None);
}

#[test]
fn the_same_program_has_the_same_fingerprint_whatever_it_and_its_nodes_are_called() {
    equal(&graph(base), &graph(base));
    let named = graph(|p| {
        p.name("other").parallelism(7).option("state.backend.type", "rocksdb");
        let numbers = p.sequence(1, 9).name("numbers").uid("sequence").parallelism(1);
        let added = numbers.map(|n| n + 1).name("plus one").uid("add");
        let keyed = added.key_by(|n| n % 2).process(Keyed::default).state_cache(10, 1_000);
        keyed.parallelism(3).max_parallelism(30).print().name("out").uid("print");
    });
    equal(&graph(base), &named);
}

#[test]
fn a_fingerprint_stays_what_it_is() {
    // It is in jobs that run: a change is a new version of the graph's format.
    let expected = "bd19cca8815cbdca4d6790c2212179d398bb8552e7b38f43bbee82530638e346";
    assert_eq!(graph(base).fingerprint, expected);
}

#[test]
fn a_stateless_node_more_changes_the_fingerprint_and_no_other_uid() {
    let more = |p: &Pipeline| {
        let numbers = p.sequence(1, 9).filter(|n| *n > 0).map(|n| n + 1).uid("add");
        numbers.key_by(|n| n % 2).process(Keyed::default).print();
    };
    let (before, after) = (graph(base), graph(more));
    for node in &before.nodes {
        assert!(after.node(&node.uid).is_some(), "{} is gone", node.uid);
    }
    for stage in before.stages.iter().filter(|stage| stage.uid != "add") {
        assert!(after.stages.iter().any(|other| other.uid == stage.uid), "{} is gone", stage.uid);
    }
    let found = difference(base, more);
    assert_eq!(
        found,
        "there is a node 'filter', a function (filter), that the submitted job does not have"
    );
    let found = difference(more, base);
    assert_eq!(found, "the submitted job has node 'filter', a function (filter), which is missing");
}

#[test]
fn types_are_told() {
    let text = |p: &Pipeline| {
        p.sequence(1, 9).map(|n| n.to_string()).uid("add").print();
    };
    let number = |p: &Pipeline| {
        p.sequence(1, 9).map(|n| n + 1).uid("add").print();
    };
    assert_eq!(
        difference(text, number),
        "node 'add' returns BIGINT NOT NULL, and the submitted job's returns STRING NOT NULL"
    );
}

#[test]
fn kinds_inputs_windows_keys_side_outputs_and_stages_are_told() {
    let with = |size: i64| {
        move |p: &Pipeline| {
            let keyed = p.sequence(1, 9).key_by(|n| n % 2);
            keyed.window(Tumbling::of(size)).aggregate(Sum::default).print();
        }
    };
    let found = difference(with(10), with(20));
    assert_eq!(found, "node 'window' has other windows than the submitted job's");

    let map = |p: &Pipeline| _ = p.sequence(1, 9).map(|n| n).name("x").print();
    let filter = |p: &Pipeline| _ = p.sequence(1, 9).filter(|_| true).name("x").print();
    assert_eq!(
        difference(map, filter),
        "node 'x' is a function (filter), and the submitted job's is a function (map)"
    );

    let side = |p: &Pipeline| {
        let numbers = p.from_values(["1"]).process(Parse::default);
        numbers.map(|n| n.to_string()).print();
        numbers.side_output(&REJECTED).collect("x");
    };
    let main = |p: &Pipeline| {
        let numbers = p.from_values(["1"]).process(Parse::default);
        numbers.map(|n| n.to_string()).print();
        numbers.map(|n| n.to_string()).collect("x");
    };
    let found = difference(side, main);
    assert!(found.starts_with("there is a node 'map-2'"), "{found}");

    let keys = |p: &Pipeline| _ = p.from_values([(1, 2)]).key_by_field::<i32>("f0").print();
    let other = |p: &Pipeline| {
        _ = p.from_values([(1, 2)]).key_by_field::<i32>("f1").uid("key-by-f0").print();
    };
    assert_eq!(
        difference(keys, other),
        "node 'key-by-f0' keys by field 'f1', and the submitted job's keys by field 'f0'"
    );

    let apart = |p: &Pipeline| {
        _ = p.sequence(1, 9).map(|n| n).map(|n| n).start_new_chain().print();
    };
    let fused = |p: &Pipeline| _ = p.sequence(1, 9).map(|n| n).map(|n| n).print();
    assert_eq!(
        difference(fused, apart),
        "the nodes map run as one stage, and in the submitted job map -> map-2 do"
    );
}

#[test]
fn values_of_options_are_not_told() {
    let with = |password: &'static str| {
        move |p: &Pipeline| {
            let connector = Connector::new("jdbc").option("password", password);
            p.source::<crate::errors::Click>(connector).map(|click| click.user).print();
        }
    };
    let found = difference(with("secret"), with("other"));
    assert_eq!(
        found,
        "node 'jdbc' has another value of option 'password' than the submitted job's"
    );
}
