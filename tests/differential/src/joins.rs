//! Functions that join two streams.

use brookite::prelude::*;

use crate::events::numbers;

/// One result for each pair of a window.
#[derive(Default)]
struct Pairs;

#[function]
impl JoinFunction for Pairs {
    type In1 = (i64, i64);
    type In2 = (i64, i64);
    type Out = String;

    fn join(
        &mut self,
        (key, one): &(i64, i64),
        (_, other): &(i64, i64),
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("{key} {one} {other}"));
        Ok(())
    }
}

/// One result for each group of a window.
#[derive(Default)]
struct Groups;

#[function]
impl CoGroupFunction for Groups {
    type In1 = (i64, i64);
    type In2 = (i64, i64);
    type Out = String;

    fn co_group(
        &mut self,
        first: &[(i64, i64)],
        second: &[(i64, i64)],
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("{} | {}", numbers(first, true), numbers(second, true)));
        Ok(())
    }
}

/// The pairs of an interval join, with their timestamps.
#[derive(Default)]
struct ClosePairs;

#[function]
impl ProcessJoinFunction for ClosePairs {
    type In1 = (i64, i64);
    type In2 = (i64, i64);
    type Out = String;

    fn process_element(
        &mut self,
        (key, left): &(i64, i64),
        (_, right): &(i64, i64),
        ctx: &JoinContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let (left_at, right_at) = (ctx.left_timestamp(), ctx.right_timestamp());
        out.collect(format!("{key} {left}@{left_at} {right}@{right_at}"));
        Ok(())
    }
}
