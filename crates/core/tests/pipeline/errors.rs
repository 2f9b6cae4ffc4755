//! What is refused when a pipeline is built, and that the error names the node.

use std::time::Duration;

use brookite_core::function::OutputTag;
use brookite_core::pipeline::{Connector, Pipeline, WatermarkStrategy};
use brookite_core::types::TimestampLtz;
use brookite_core::windowing::{Session, Trigger, Tumbling};
use brookite_macros::Row;

use crate::functions::{Both, Parse, Sum};
use crate::refusal;

/// A click of a user.
#[derive(Debug, Clone, Row)]
pub(crate) struct Click {
    /// Who clicked.
    pub(crate) user: i64,
    /// When.
    pub(crate) at: TimestampLtz<3>,
    /// With what.
    pub(crate) button: Option<String>,
}

#[test]
fn a_pipeline_without_nodes_or_without_sinks_has_nothing_to_do() {
    assert!(refusal(|_| ()).starts_with("pipeline 'test' has no nodes: begin with a source"));
    let found = refusal(|p| _ = p.sequence(1, 3));
    assert!(found.starts_with("pipeline 'test' has no sink"), "{found}");
}

#[test]
fn settings_are_checked() {
    let with = |set: fn(&Pipeline)| {
        refusal(|p| {
            p.sequence(1, 3).print();
            set(p);
        })
    };
    assert_eq!(
        with(|p| _ = p.parallelism(0)),
        "pipeline 'test': its parallelism must be at least 1, found 0"
    );
    assert!(with(|p| _ = p.max_parallelism(40_000)).contains("from 1 to 32768, found 40000"));
    let found = with(|p| _ = p.checkpoint_interval(Duration::from_millis(1)));
    assert!(found.contains("at least 10 ms, found 1 ms"), "{found}");
    assert!(with(|p| _ = p.name(" ")).contains("its name is empty"));
}

#[test]
fn windows_that_cannot_be_are_told_with_the_node() {
    let found = refusal(|p| {
        let keyed = p.sequence(1, 3).key_by(|n| n % 2);
        keyed.window(Tumbling::of(0)).aggregate(Sum::default).name("sums").print();
    });
    assert_eq!(
        found,
        "node 'sums': it cannot have such windows: a tumbling window's size must be positive, found 0 ms"
    );
    let found = refusal(|p| {
        let each = Trigger::each([Trigger::after_count(1), Trigger::after_count(2)]);
        let windows = p.sequence(1, 3).key_by(|n| n % 2).window(Session::with_gap(5)).trigger(each);
        windows.aggregate(Sum::default).print();
    });
    assert!(found.contains("windows that merge"), "{found}");
}

#[test]
fn one_uid_for_two_nodes_is_refused_with_both_names() {
    let found = refusal(|p| {
        let numbers = p.sequence(1, 3).map(|n| n).name("one").uid("x");
        numbers.map(|n| n).name("other").uid("x").print();
    });
    assert_eq!(
        found,
        "nodes 'one' and 'other' have the same uid 'x', which identifies their state in savepoints: give \
         each its own with `.uid(\"..\")`"
    );
}

#[test]
fn names_uids_and_numbers_are_checked() {
    let with = |option: fn(
        brookite_core::pipeline::Stream<i64>,
    ) -> brookite_core::pipeline::Stream<i64>| {
        refusal(|p| _ = option(p.sequence(1, 3).map(|n| n)).print())
    };
    assert_eq!(
        with(|stream| stream.name("")),
        "node '' (uid 'node'): its name is empty: give it another one, or leave it away"
    );
    assert!(with(|stream| stream.uid(" ")).contains("its uid is empty"));
    assert!(with(|stream| stream.parallelism(0)).contains("its parallelism must be at least 1"));
    assert!(with(|stream| stream.max_parallelism(0)).contains("its max parallelism"));
}

#[test]
fn a_key_that_is_no_field_or_of_another_type_is_refused_with_the_fields() {
    let found = refusal(|p| _ = p.from_values([(1, 2)]).key_by_field::<i32>("f2").print());
    assert_eq!(
        found,
        "node 'key_by f2' (uid 'key-by-f2'): there is no key field 'f2' in the tuple (fields: f0, f1)"
    );
    let found = refusal(|p| {
        p.source::<Click>(Connector::new("datagen")).key_by_field::<String>("user").print();
    });
    assert!(
        found.contains(
            "key field 'user' has another type: expected STRING NOT NULL, found BIGINT NOT NULL"
        ),
        "{found}"
    );
    let found = refusal(|p| _ = p.sequence(1, 3).key_by_field::<i64>("f0").print());
    assert!(found.contains("it is no row and no tuple"), "{found}");
}

#[test]
fn streams_of_two_pipelines_do_not_mix() {
    let other: Pipeline = Pipeline::new("other");
    let strings = other.from_values(["x"]);
    let found = refusal(|p| _ = p.sequence(1, 3).connect(&strings).map(Both::default).print());
    assert!(found.contains("it reads from pipeline 'test' and from pipeline 'other'"), "{found}");
}

#[test]
fn side_outputs_must_be_declared_with_their_type() {
    const OTHER: OutputTag<i64> = OutputTag::new("other");
    const REJECTED: OutputTag<i64> = OutputTag::new("rejected");
    let parsed = |p: &Pipeline| p.from_values(["1"]).process(Parse::default).name("parse");
    let found = refusal(|p| _ = parsed(p).side_output(&OTHER).print());
    assert!(
        found.starts_with("node 'parse': it has no side output 'other': expected rejected; "),
        "{found}"
    );
    let found = refusal(|p| _ = parsed(p).side_output(&REJECTED).print());
    assert!(
        found.contains("its side output 'rejected' has another type: expected STRING"),
        "{found}"
    );
    let found = refusal(|p| _ = p.sequence(1, 3).side_output(&OTHER).print());
    assert!(found.contains("only functions have side outputs"), "{found}");
    let found = refusal(|p| {
        parsed(p).side_output(&crate::functions::REJECTED).name("x").print();
    });
    assert!(found.contains("a name cannot be set here: a side output is the node's"), "{found}");
}

#[test]
fn records_are_seen_only_as_what_they_are() {
    let found = refusal(|p| _ = p.sequence(1, 3).view_as::<&str>().print());
    assert_eq!(
        found,
        "node 'sequence': its records cannot be seen as &str: expected BIGINT NOT NULL, found STRING NOT \
         NULL"
    );
}

#[test]
fn connectors_are_checked_against_the_row() {
    let source =
        |connector: Connector| refusal(|p| _ = p.source::<Click>(connector.clone()).print());
    let found = source(Connector::new("kafka").watermark("time", 0));
    assert_eq!(
        found,
        "node 'kafka': there is no watermark column 'time' in the row (columns: user, at, button)"
    );
    let found = source(Connector::new("kafka").watermark("user", 0));
    assert!(found.contains("expected TIMESTAMP(3) or TIMESTAMP_LTZ(3), found BIGINT"), "{found}");
    let found = source(Connector::new("kafka").watermark("at", -1));
    assert!(found.contains("delay must not be negative, found -1 ms"), "{found}");
    let found = source(Connector::new("kafka").primary_key(["button"]));
    assert!(found.contains("expected one without null, found STRING"), "{found}");
    let found = source(Connector::new("kafka").metadata("when", "timestamp"));
    assert!(found.contains("there is no metadata column 'when'"), "{found}");
    let found = source(Connector::new("kafka").option("connector", "jdbc"));
    assert!(found.contains("leave the option away"), "{found}");
    let found = source(Connector::new("kafka").option("topic", "a").option("topic", "b"));
    assert!(found.contains("its option 'topic' is given twice"), "{found}");
    let changes = brookite_core::pipeline::Pipeline::<()>::new("changes");
    let clicks = changes.source::<brookite_core::row::Change<Click>>(Connector::new("mysql-cdc"));
    clicks.sink(Connector::new("jdbc").primary_key(["user"]));
    assert_eq!(changes.build().map(drop), Ok(()));
    let found = source(Connector::new(""));
    assert!(found.contains("its connector has no name"), "{found}");
    let found = refusal(|p| {
        let clicks = p.source::<Click>(Connector::new("datagen"));
        clicks.sink(Connector::new("print").watermark("at", 0));
    });
    assert!(found.contains("which only sources have"), "{found}");
}

#[test]
fn watermarks_and_intervals_are_checked() {
    let found = refusal(|p| {
        let late = WatermarkStrategy::bounded_out_of_orderness(-1);
        p.sequence(1, 3).assign_timestamps(|n| *n, late).print();
    });
    assert!(found.contains("out-of-orderness must not be negative, found -1 ms"), "{found}");
    let found = refusal(|p| {
        let idle = WatermarkStrategy::monotonous().idleness(0);
        p.sequence(1, 3).assign_timestamps(|n| *n, idle).print();
    });
    assert!(found.contains("its idleness must be positive"), "{found}");
    let found = refusal(|p| {
        let (one, other) = (p.sequence(1, 3).key_by_value(), p.sequence(1, 3).key_by_value());
        let join = one.interval_join(&other, 5, 5).lower_bound_exclusive();
        join.process(crate::functions::Pairs::default).print();
    });
    assert_eq!(
        found,
        "node 'interval join' (uid 'interval-join'): its lower bound must not be above its upper one, found \
         5 ms (exclusive) and 5 ms"
    );
}

#[test]
fn a_state_cache_is_for_functions() {
    let found = refusal(|p| _ = p.sequence(1, 3).state_cache(1, 1).print());
    assert!(found.contains("only functions have state"), "{found}");
}

#[test]
fn parallelism_fits_the_key_groups_and_what_runs() {
    let found =
        refusal(|p| _ = p.sequence(1, 3).map(|n| n).parallelism(9).max_parallelism(8).print());
    assert_eq!(
        found,
        "node 'map': its parallelism is 9, and its max parallelism is 8: expected at most that"
    );
    let found = refusal(|p| _ = p.sequence(1, 3).map(|n| n).max_parallelism(40_000).print());
    assert!(found.contains("must be at most 32768, found 40000"), "{found}");
    let found = refusal(|p| _ = p.sequence(1, 3).rebalance().parallelism(2).print());
    assert!(found.starts_with("node 'rebalance': a parallelism cannot be set here"), "{found}");
    let found = refusal(|p| {
        let numbers = p.sequence(1, 3).map(|n| n).name("one").parallelism(2);
        numbers.forward().map(|n| n).name("other").parallelism(3).print();
    });
    assert_eq!(
        found,
        "node 'forward': it leaves records in their instances, but 'one' has 2 of them and 'other' has 3: \
         give both the same parallelism, or use `rescale` or `rebalance`"
    );
}

#[test]
fn what_is_collected_is_found_by_its_name() {
    let found = refusal(|p| {
        p.sequence(1, 3).collect("x");
        p.sequence(1, 3).collect("x").name("again");
    });
    assert_eq!(
        found,
        "nodes 'collect x' and 'again' both collect under the name 'x', by which the program gets the \
         records: give each its own"
    );
}
