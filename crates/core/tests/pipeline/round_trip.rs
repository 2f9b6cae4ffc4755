//! Any pipeline's graph can be encoded, decoded and checked; other bytes never panic.

use brookite_core::pipeline::{Pipeline, PipelineGraph, Stream, WatermarkStrategy};
use brookite_core::windowing::{Session, Sliding, Tumbling};
use proptest::prelude::*;
use prost::Message;

use crate::functions::{Both, Censor, Keyed, Pairs, Parse, REJECTED, Sum, WithKey};

/// A step of a pipeline of numbers.
#[derive(Clone, Debug)]
enum Step {
    Map,
    Filter,
    FlatMap,
    Parse,
    Reduce,
    Process,
    Window(u8),
    WindowProcess,
    Union,
    Connect,
    Join,
    CoGroup,
    IntervalJoin,
    Broadcast,
    Rebalance,
    Custom,
    Timestamps,
    Named(String),
    Parallelism(u32),
    NewChain,
    Print,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Map),
        Just(Step::Filter),
        Just(Step::FlatMap),
        Just(Step::Parse),
        Just(Step::Reduce),
        Just(Step::Process),
        (0_u8..4).prop_map(Step::Window),
        Just(Step::WindowProcess),
        Just(Step::Union),
        Just(Step::Connect),
        Just(Step::Join),
        Just(Step::CoGroup),
        Just(Step::IntervalJoin),
        Just(Step::Broadcast),
        Just(Step::Rebalance),
        Just(Step::Custom),
        Just(Step::Timestamps),
        "[a-zé<>&\" ]{1,9}[a-z]".prop_map(Step::Named),
        (1_u32..5).prop_map(Step::Parallelism),
        Just(Step::NewChain),
        Just(Step::Print),
    ]
}

fn apply(p: &Pipeline, numbers: &Stream<i64>, step: &Step) -> Stream<i64> {
    let keyed = || numbers.key_by(|n| n % 7);
    match step {
        Step::Map => numbers.map(|n| n + 1),
        Step::Filter => numbers.filter(|n| *n > 0),
        Step::FlatMap => numbers
            .flat_map(|n, out: &mut brookite_core::function::Collector<'_, i64>| out.collect(n)),
        Step::Parse => {
            let parsed = numbers.map(|n| n.to_string()).process(Parse::default);
            parsed.side_output(&REJECTED).print();
            parsed
        }
        Step::Reduce => keyed().reduce(|one, other| one + other),
        Step::Process => keyed().process(Keyed::default),
        Step::Window(0) => keyed().window(Tumbling::of(10)).aggregate(Sum::default),
        Step::Window(1) => keyed().window(Sliding::of(10, 5)).reduce(|one, other| one.max(other)),
        Step::Window(2) => keyed().window(Session::with_gap(10)).aggregate(Sum::default),
        Step::Window(_) => keyed().count_window(3).aggregate(Sum::default),
        Step::WindowProcess => {
            let windows = keyed().window(Tumbling::of(10));
            windows.aggregate_with_process(Sum::default, WithKey::default).map(|(_, sum)| sum)
        }
        Step::Union => {
            let events = p.test_stream::<i64>("events");
            events.add(1).add_at(2, -5).advance_watermark_to(-1).advance_processing_time(3);
            numbers.union([&p.sequence(1, 3), &events.stream()])
        }
        Step::Connect => {
            numbers.connect(&p.from_values(["1"])).map(Both::default).map(|s| s.parse::<i64>())
        }
        Step::Join => {
            let other = p.sequence(1, 3).key_by_value();
            let windows = keyed().connect(&other).window(Tumbling::of(10));
            windows.join(Pairs::default).map(|(one, other)| one + other)
        }
        Step::CoGroup => {
            let other = p.sequence(1, 3).key_by_value();
            keyed().connect(&other).window(Tumbling::of(10)).co_group(Pairs::default)
        }
        Step::IntervalJoin => {
            let other = p.sequence(1, 3).key_by_value();
            keyed().interval_join(&other, -5, 5).process(Pairs::default)
        }
        Step::Broadcast => {
            let rules = p.from_values(["x"]).broadcast();
            numbers.connect_broadcast(&rules).process(Censor::default)
        }
        Step::Rebalance => numbers.rebalance(),
        Step::Custom => numbers.partition_custom(|n| (n % 3) as i32),
        Step::Timestamps => numbers.assign_timestamps(|n| *n, WatermarkStrategy::monotonous()),
        Step::Named(name) => numbers.clone().name(name),
        Step::Parallelism(parallelism) => numbers.map(|n| n).parallelism(*parallelism),
        Step::NewChain => numbers.map(|n| n).start_new_chain(),
        Step::Print => {
            numbers.print_with("numbers");
            numbers.clone()
        }
    }
}

fn pipeline(steps: &[Step]) -> PipelineGraph {
    let p = Pipeline::new("random");
    let mut numbers = p.sequence(1, 9);
    for step in steps {
        numbers = apply(&p, &numbers, step);
    }
    numbers.print();
    p.build().expect("such a pipeline can be built").graph
}

proptest! {
    #[test]
    fn a_graph_that_was_built_is_read_as_it_was_written(
        steps in prop::collection::vec(step(), 0..20),
    ) {
        let graph = pipeline(&steps);
        let read = PipelineGraph::decode_checked(&graph.encode_to_vec());
        prop_assert_eq!(read.as_ref(), Ok(&graph));
        prop_assert_eq!(&pipeline(&steps), &graph);
        prop_assert_eq!(graph.difference(&graph), None);
    }

    #[test]
    fn graphs_of_other_programs_differ_in_something_that_is_told(
        one in prop::collection::vec(step(), 0..6),
        other in prop::collection::vec(step(), 0..6),
    ) {
        let (one, other) = (pipeline(&one), pipeline(&other));
        let difference = one.difference(&other);
        prop_assert_eq!(difference.is_none(), one.fingerprint == other.fingerprint);
        prop_assert_ne!(difference.as_deref(), Some("their fingerprints differ"));
    }

    #[test]
    fn bytes_that_were_changed_are_refused_or_read_and_drawn_and_never_panic(
        steps in prop::collection::vec(step(), 0..6),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let graph = pipeline(&steps);
        let mut bytes = graph.encode_to_vec();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(read) = PipelineGraph::decode_checked(&bytes) {
            prop_assert_eq!(read.fingerprint, graph.fingerprint);
        }
        if let Ok(read) = PipelineGraph::decode(bytes.as_slice()) {
            prop_assert!(!read.to_text().is_empty() && !read.to_mermaid().is_empty());
            prop_assert!(read.to_svg().ends_with("</svg>\n"));
        }
    }
}
