//! Joins by time.

use brookite::core::windowing::{Session, Tumbling};
use brookite::prelude::*;

use crate::{Pair, keyed};

fn others(p: &Pipeline) -> KeyedStream<&'static str, Pair> {
    p.from_values([("a", 3), ("a", 33), ("b", 15), ("c", 90), ("d", 1)])
        .assign_timestamps(|(_, number)| *number, WatermarkStrategy::bounded_out_of_orderness(100))
        .key_by_field("f0")
}

/// Shows a pair of numbers.
#[derive(Debug, Default)]
struct Both;

impl JoinFunction for Both {
    type In1 = Pair;
    type In2 = Pair;
    type Out = String;

    fn join(
        &mut self,
        (key, first): &(&str, i64),
        (_, second): &(&str, i64),
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("{key} {first}-{second}"));
        Ok(())
    }
}

/// Shows the numbers of both streams.
#[derive(Debug, Default)]
struct Group;

impl CoGroupFunction for Group {
    type In1 = Pair;
    type In2 = Pair;
    type Out = String;

    fn co_group(
        &mut self,
        first: &[(&str, i64)],
        second: &[(&str, i64)],
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let numbers = |values: &[(&str, i64)]| {
            let mut numbers: Vec<_> = values.iter().map(|(_, number)| *number).collect();
            numbers.sort_unstable();
            numbers
        };
        out.collect(format!("{:?} {:?}", numbers(first), numbers(second)));
        Ok(())
    }
}

/// Shows a pair of numbers that are close.
#[derive(Debug, Default)]
struct Near;

impl ProcessJoinFunction for Near {
    type In1 = Pair;
    type In2 = Pair;
    type Out = String;

    fn process_element(
        &mut self,
        (key, first): &(&str, i64),
        (_, second): &(&str, i64),
        ctx: &JoinContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("{key} {first}-{second} at {}", ctx.left_timestamp()));
        Ok(())
    }
}

#[pipeline]
fn window_join(p: &Pipeline) -> Result<()> {
    keyed(p).connect(&others(p)).window(Tumbling::of(10)).join(Both::default).collect("out");
    Ok(())
}

#[pipeline]
fn session_join(p: &Pipeline) -> Result<()> {
    let both = keyed(p).connect(&others(p));
    both.window(Session::with_gap(5)).join(Both::default).collect("out");
    Ok(())
}

#[pipeline]
fn co_group(p: &Pipeline) -> Result<()> {
    let both = keyed(p).connect(&others(p));
    both.window(Tumbling::of(10)).co_group(Group::default).collect("out");
    Ok(())
}

#[pipeline]
fn interval_join(p: &Pipeline) -> Result<()> {
    keyed(p).interval_join(&others(p), -3, 5).process(Near::default).collect("out");
    Ok(())
}

#[pipeline]
fn interval_join_exclusive(p: &Pipeline) -> Result<()> {
    keyed(p)
        .interval_join(&others(p), -4, 3)
        .lower_bound_exclusive()
        .upper_bound_exclusive()
        .process(Near::default)
        .collect("out");
    Ok(())
}
