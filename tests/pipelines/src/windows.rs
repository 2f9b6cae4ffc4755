//! Windows of every kind.

use brookite::core::windowing::{
    Global, InvalidWindowing, Named, Session, Sliding, Trigger, Tumbling,
};
use brookite::prelude::*;

use crate::{Kept, Pair, kept, keyed, show};

/// The sum of the numbers.
#[derive(Debug, Default)]
struct Sum;

impl AggregateFunction for Sum {
    type In = Pair;
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, (_, number): (&str, i64), sum: &mut i64) -> Result<()> {
        *sum += number;
        Ok(())
    }

    fn merge(&self, sum: &mut i64, other: i64) -> Result<()> {
        *sum += other;
        Ok(())
    }

    fn get_result(&self, sum: &i64) -> Result<i64> {
        Ok(*sum)
    }
}

/// The larger one.
#[derive(Debug, Default)]
struct Larger;

impl ReduceFunction for Larger {
    type T = (String, i64);

    fn reduce(&self, one: Self::T, other: Self::T) -> Result<Self::T> {
        Ok(if other.1 > one.1 { other } else { one })
    }
}

/// All numbers of a window.
#[derive(Debug, Default)]
struct TellAll;

impl ProcessWindowFunction for TellAll {
    type Key = &'static str;
    type In = Pair;
    type Out = String;

    fn process(
        &mut self,
        elements: &[(&str, i64)],
        ctx: &WindowContext<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let mut numbers: Vec<_> = elements.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        out.collect(format!("{} {} {numbers:?}", ctx.key(), ctx.window()));
        Ok(())
    }
}

/// The sum of a window, with key and window.
#[derive(Debug, Default)]
struct TellSum;

impl ProcessWindowFunction for TellSum {
    type Key = &'static str;
    type In = i64;
    type Out = String;

    fn process(
        &mut self,
        sums: &[i64],
        ctx: &WindowContext<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        sums.iter().for_each(|sum| out.collect(format!("{} {} {sum}", ctx.key(), ctx.window())));
        Ok(())
    }
}

/// The largest of a window, with the window.
#[derive(Debug, Default)]
struct TellLargest;

impl ProcessWindowFunction for TellLargest {
    type Key = &'static str;
    type In = Kept;
    type Out = String;

    fn process(
        &mut self,
        largest: &[Kept],
        ctx: &WindowContext<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        for (key, number) in largest {
            out.collect(format!("{key} {} {number}", ctx.window()));
        }
        Ok(())
    }
}

#[pipeline]
fn tumbling_aggregate(p: &Pipeline) -> Result<()> {
    keyed(p)
        .window(Tumbling::of(10))
        .aggregate(Sum::default)
        .name("sum of ten")
        .map(|sum: i64| sum.to_string())
        .collect("out");
    Ok(())
}

#[pipeline]
fn tumbling_reduce(p: &Pipeline) -> Result<()> {
    let largest = |one: Kept, other: Kept| if other.1 > one.1 { other } else { one };
    let largest = kept(p).window(Tumbling::of(10).offset(2)).reduce(largest);
    largest.view_as::<Pair>().map(show).collect("out");
    Ok(())
}

#[pipeline]
fn tumbling_process(p: &Pipeline) -> Result<()> {
    keyed(p).window(Tumbling::of(10)).process(TellAll::default).collect("out");
    Ok(())
}

#[pipeline]
fn sliding_process(p: &Pipeline) -> Result<()> {
    keyed(p).window(Sliding::of(20, 10)).process(TellAll::default).collect("out");
    Ok(())
}

#[pipeline]
fn sliding_aggregate_process(p: &Pipeline) -> Result<()> {
    keyed(p)
        .window(Sliding::of(20, 10))
        .aggregate_with_process(Sum::default, TellSum::default)
        .uid("sums")
        .collect("out");
    Ok(())
}

/// As [`sliding_aggregate_process`], by a closure.
#[pipeline]
fn sliding_aggregate_apply(p: &Pipeline) -> Result<()> {
    keyed(p)
        .window(Sliding::of(20, 10))
        .aggregate_apply(Sum::default, |sum, ctx, out: &mut Collector<'_, String>| {
            let (key, window) = (ctx.key(), ctx.window());
            out.collect(format!("{key} [{}, {}) {sum}", window.start(), window.end()));
        })
        .collect("out");
    Ok(())
}

/// Records of windows in a closure, which may fail.
#[pipeline]
fn tumbling_apply(p: &Pipeline) -> Result<()> {
    keyed(p)
        .window(Tumbling::of(10))
        .apply(|pairs, ctx, out: &mut Collector<'_, String>| {
            let numbers = pairs.iter().map(|(_, number)| *number);
            let sum = numbers
                .reduce(|one, other| one + other)
                .ok_or_else(|| Error::msg("an empty window"))?;
            out.collect(format!("{} {sum}", ctx.key()));
            Ok::<_, Error>(())
        })
        .collect("out");
    Ok(())
}

#[pipeline]
fn session_counts(p: &Pipeline) -> Result<()> {
    let sessions = keyed(p).window(Session::with_gap(10));
    sessions.count().map(|count| count.to_string()).collect("counts");
    sessions
        .count_apply(|count, ctx, out: &mut Collector<'_, String>| {
            out.collect(format!("{} {count}", ctx.key()));
        })
        .collect("of keys");
    Ok(())
}

#[pipeline]
fn session_process(p: &Pipeline) -> Result<()> {
    keyed(p).window(Session::with_gap(10)).process(TellAll::default).collect("out");
    Ok(())
}

#[pipeline]
fn session_reduce_process(p: &Pipeline) -> Result<()> {
    kept(p)
        .window(Session::with_gap(6))
        .reduce_with_process(Larger::default, TellLargest::default)
        .collect("out");
    Ok(())
}

/// Early results, by count, each with what is new.
#[pipeline]
fn early_discarding(p: &Pipeline) -> Result<()> {
    keyed(p)
        .window(Tumbling::of(100))
        .trigger(Trigger::after_watermark().early(Trigger::after_count(2)))
        .discarding()
        .aggregate_with_process(Sum::default, TellSum::default)
        .collect("out");
    Ok(())
}

#[pipeline]
fn global_window(p: &Pipeline) -> Result<()> {
    keyed(p)
        .window(Global)
        .trigger(Trigger::after_count(2).repeatedly())
        .discarding()
        .aggregate(Sum::default)
        .map(|sum: i64| sum.to_string())
        .collect("out");
    Ok(())
}

#[pipeline]
fn count_window(p: &Pipeline) -> Result<()> {
    keyed(p).count_window(2).aggregate(Sum::default).map(|sum: i64| sum.to_string()).collect("out");
    Ok(())
}

#[pipeline]
fn sliding_count_window(p: &Pipeline) -> Result<()> {
    let sums = keyed(p).sliding_count_window(3, 2).aggregate(Sum::default);
    sums.map(|sum: i64| sum.to_string()).collect("out");
    Ok(())
}

/// Windows that grow: [1, 2), [2, 4), [4, 8), ..
#[derive(Debug, Default)]
pub(crate) struct Growing;

#[function]
impl WindowFn for Growing {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        let start = if timestamp > 0 { 1 << timestamp.ilog2() } else { timestamp };
        windows.push(Window::new(start, start.max(1) * 2));
    }

    fn configure(&mut self, payload: &[u8]) -> Result<(), InvalidWindowing> {
        if payload == b"by doubling" {
            return Ok(());
        }
        Err(InvalidWindowing::new("expected \"by doubling\""))
    }
}

#[pipeline]
fn named_windows(p: &Pipeline) -> Result<()> {
    let windows = Named::new("growing").payload("by doubling");
    keyed(p).window(windows).process(TellAll::default).collect("out");
    Ok(())
}

/// Windows of what windows say.
#[pipeline]
fn windows_of_windows(p: &Pipeline) -> Result<()> {
    keyed(p)
        .window(Tumbling::of(10))
        .aggregate(Sum::default)
        .map(|sum: i64| ("all".to_owned(), sum))
        .view_as::<Pair>()
        .key_by_field::<&str>("f0")
        .window(Tumbling::of(50))
        .aggregate_with_process(Sum::default, TellSum::default)
        .collect("out");
    Ok(())
}
