//! Which nodes run as one operator.

use brookite_core::function::OutputTag;
use brookite_core::pipeline::{Pipeline, PipelineGraph};
use brookite_core::windowing::Tumbling;

use crate::functions::{Keyed, Parse, REJECTED, Sum, WithKey};
use crate::graph;

/// The stages as "name (uid)".
fn stages(graph: &PipelineGraph) -> Vec<String> {
    graph.stages.iter().map(|stage| format!("{} ({})", stage.name, stage.uid)).collect()
}

fn of(program: impl Fn(&Pipeline)) -> Vec<String> {
    stages(&graph(program))
}

#[test]
fn functions_in_a_row_are_one_stage_and_all_else_stands_alone() {
    let found = of(|p| {
        let numbers = p.from_values(["1"]).map(|text| text.parse::<i64>()).name("parse");
        numbers.filter(|number| *number > 0).rebalance().map(|number| number + 1).print();
    });
    let expected = [
        "values (values)",
        "parse -> filter (parse)",
        "rebalance (rebalance)",
        "map (map)",
        "print (print)",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_function_that_two_read_ends_its_stage() {
    let found = of(|p| {
        let numbers = p.sequence(1, 3).map(|number| number + 1);
        numbers.map(|number| number * 2).name("double").print();
        numbers.map(|number| number * 3).name("triple").print();
    });
    assert_eq!(found[1..4], ["map (map)", "double (double)", "print (print)"]);
    assert_eq!(found[4..], ["triple (triple)", "print (print-2)"]);
}

#[test]
fn side_outputs_do_not_keep_functions_apart() {
    let found = of(|p| {
        let numbers = p.from_values(["1"]).process(Parse::default).name("parse");
        numbers.map(|number| number + 1).print();
        numbers.side_output(&REJECTED).map(|text| text.len() as i64).name("length").print();
    });
    assert_eq!(found[1], "parse -> map (parse)");
    assert!(found.contains(&"length (length)".to_owned()), "{found:?}");
}

#[test]
fn functions_with_a_side_output_of_one_name_are_kept_apart() {
    let found = of(|p| {
        let once = p.from_values(["1"]).process(Parse::default).name("once");
        let text = once.map(|number| number.to_string()).view_as::<&str>();
        text.process(Parse::default).name("again").print();
    });
    assert_eq!(found[1..3], ["once -> map (once)", "again (again)"]);
}

#[test]
fn a_function_with_keys_heads_its_stage_and_gives_it_the_uid_of_its_state() {
    let found = of(|p| {
        let keyed = p.sequence(1, 9).key_by(|number| number % 2).process(Keyed::default);
        keyed.uid("state").map(|number| number + 1).uid("later").print();
    });
    assert_eq!(found[1..3], ["key_by (key-by)", "process -> map (state)"]);

    let found = of(|p| {
        let keyed = p.sequence(1, 9).key_by(|number| number % 2).process(Keyed::default);
        keyed.map(|number| number + 1).uid("later").print();
    });
    assert_eq!(found[2], "process -> map (process)");
}

#[test]
fn a_stage_without_state_has_the_first_uid_that_was_given() {
    let found = of(|p| {
        p.sequence(1, 9).map(|n| n + 1).map(|n| n + 2).uid("two").map(|n| n + 3).uid("x").print();
    });
    assert_eq!(found[1], "map -> map -> map (two)");
}

#[test]
fn windows_that_hand_their_result_to_a_function_are_one_stage_with_its_uid() {
    const LATE: OutputTag<i64> = OutputTag::new("late");
    let graph = graph(|p| {
        let windows =
            p.sequence(1, 9).key_by(|n| n % 2).window(Tumbling::of(10)).late_output(&LATE);
        let sums = windows.aggregate_with_process(Sum::default, WithKey::default);
        let sums = sums.name("sum per key").parallelism(2);
        sums.print();
        sums.side_output(&LATE).print_with("late");
    });
    assert_eq!(stages(&graph)[2], "aggregate -> sum per key (sum-per-key)");
    let aggregate = graph.node("sum-per-key-aggregate").expect("it is named after the other");
    assert_eq!(aggregate.parallelism, Some(2));
    let late = graph.node("print-2").expect("there are two sinks");
    assert_eq!(late.inputs[0].node, "sum-per-key-aggregate");
    graph.check().expect("what was built is right");
}

#[test]
fn parallelism_slots_and_hints_keep_functions_apart() {
    let apart = |change: fn(
        brookite_core::pipeline::Stream<i64>,
    ) -> brookite_core::pipeline::Stream<i64>| {
        let found = of(|p| {
            change(p.sequence(1, 9).map(|n| n + 1).map(|n| n + 2).name("second")).print();
        });
        found[1] == "map (map)" && found[2] == "second (second)"
    };
    assert!(apart(|stream| stream.parallelism(3)));
    assert!(apart(|stream| stream.max_parallelism(30)));
    assert!(apart(|stream| stream.slot_sharing_group("other")));
    assert!(apart(|stream| stream.start_new_chain()));
    assert!(apart(|stream| stream.disable_chaining()));
    assert!(!apart(|stream| stream));
}

#[test]
fn a_function_that_is_never_chained_has_nothing_behind_it_but_one_that_begins_a_chain_has() {
    let found = of(|p| {
        p.sequence(1, 9)
            .map(|n| n + 1)
            .disable_chaining()
            .map(|n| n + 2)
            .start_new_chain()
            .map(|n| n + 3)
            .print();
    });
    assert_eq!(found[1..3], ["map (map)", "map -> map (map-2)"]);
}
