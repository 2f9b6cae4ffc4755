//! Functions that are fused into one stage give what they give one after the other.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use brookite_executor::memory::MemoryHost;
use brookite_executor::{Registry, Stage};
use common::{records, stateless, text};

fn run(functions: &[&str], inputs: &[&str]) -> Vec<Vec<u8>> {
    let mut stage = Stage::build(Registry::linked(), stateless(functions)).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    let mut results = Vec::new();
    for input in inputs {
        results.extend(records(stage.process(0, &[], &text(input), i64::MIN).unwrap()));
    }
    results
}

#[test]
fn a_chain_of_all_kinds_equals_its_parts_in_sequence() {
    let inputs = ["ab", "b", "", "c", "日本"];
    let fused = run(&["not_b", "repeat", "first", "second"], &inputs);
    let mut texts: Vec<String> =
        inputs.iter().filter(|text| **text != "b").map(ToString::to_string).collect();
    texts = texts.iter().flat_map(|text| text.chars().map(|_| text.clone())).collect();
    let expected: Vec<_> = texts.iter().map(|word| text(&format!("{word}>1>2"))).collect();
    assert_eq!(fused, expected);
    assert_eq!(fused.len(), 5);
}

#[test]
fn a_failure_behind_a_collector_ends_the_record_and_is_told_of_the_function_at_fault() {
    let spec = stateless(&["repeat", "fail_on_x"]);
    let mut stage = Stage::build(Registry::linked(), spec).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    // `repeat` ignores what becomes of its results; the stage does not.
    let failure = stage.process(0, &[], &text("xyz"), 0).unwrap_err();
    assert_eq!(failure.function, "fail_on_x");
    assert_eq!(failure.message, "no xyz please");
}
