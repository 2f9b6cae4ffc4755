//! Functions that join two streams by time.

use brookite::prelude::*;

/// Shows a pair of numbers.
#[derive(Debug, Default)]
pub struct Pair;

#[function]
impl JoinFunction for Pair {
    type In1 = (&'static str, i64);
    type In2 = (&'static str, i64);
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
pub struct Group;

#[function]
impl CoGroupFunction for Group {
    type In1 = (&'static str, i64);
    type In2 = (&'static str, i64);
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

/// Shows a pair of numbers and their timestamps.
#[derive(Debug, Default)]
pub struct Near;

#[function]
impl ProcessJoinFunction for Near {
    type In1 = (&'static str, i64);
    type In2 = (&'static str, i64);
    type Out = String;

    fn process_element(
        &mut self,
        (key, first): &(&str, i64),
        (_, second): &(&str, i64),
        ctx: &JoinContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let (left, right) = (ctx.left_timestamp(), ctx.right_timestamp());
        out.collect(format!("{key} {first}@{left}-{second}@{right}"));
        Ok(())
    }
}
