//! Two streams that one function works on.

use brookite::prelude::*;

use crate::{Pair, keyed};

/// Text of both streams.
#[derive(Debug, Default)]
struct ToText;

impl CoMapFunction for ToText {
    type In1 = i64;
    type In2 = &'static str;
    type Out = String;

    fn map1(&mut self, number: i64) -> Result<String> {
        Ok(format!("number {number}"))
    }

    fn map2(&mut self, text: &str) -> Result<String> {
        Ok(format!("text {text}"))
    }
}

#[pipeline]
fn co_map(p: &Pipeline) -> Result<()> {
    p.sequence(1, 3).connect(&p.from_values(["four", "five"])).map(ToText::default).collect("out");
    Ok(())
}

/// So many times.
#[derive(Debug, Default)]
struct Times;

impl CoFlatMapFunction for Times {
    type In1 = i64;
    type In2 = &'static str;
    type Out = String;

    fn flat_map1(&mut self, number: i64, out: &mut Collector<'_, String>) -> Result<()> {
        (0..number).for_each(|time| out.collect(format!("{number}.{time}")));
        Ok(())
    }

    fn flat_map2(&mut self, text: &str, out: &mut Collector<'_, String>) -> Result<()> {
        text.chars().for_each(|char| out.collect(char.to_string()));
        Ok(())
    }
}

#[pipeline]
fn co_flat_map(p: &Pipeline) -> Result<()> {
    let both = p.sequence(1, 2).connect(&p.from_values(["xy"]));
    both.flat_map(Times::default).collect("out");
    Ok(())
}

/// Tells, at a key's end, how many came of both streams.
#[derive(Debug, Default)]
struct CountBoth {
    counts: ValueState<(i64, i64)>,
}

impl CountBoth {
    fn count(&self, ctx: &Context<'_, &'static str>, first: i64, second: i64) -> Result<()> {
        let counts = self.counts.value()?.unwrap_or((0, 0));
        self.counts.update((counts.0 + first, counts.1 + second))?;
        ctx.register_event_time_timer(10_000)
    }
}

impl KeyedCoProcessFunction for CountBoth {
    type Key = &'static str;
    type In1 = Pair;
    type In2 = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.counts = ctx.value_state("counts")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        _: (&str, i64),
        ctx: &Context<'_, &'static str>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.count(ctx, 1, 0)
    }

    fn process_element2(
        &mut self,
        _: (&str, i64),
        ctx: &Context<'_, &'static str>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.count(ctx, 0, 1)
    }

    fn on_timer(
        &mut self,
        _: Timer,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let (first, second) = self.counts.value()?.unwrap_or((0, 0));
        out.collect(format!("{} {first} and {second}", ctx.key()));
        Ok(())
    }
}

#[pipeline]
fn keyed_co_process(p: &Pipeline) -> Result<()> {
    let others = keyed(p).map(|(key, number): (&str, i64)| (key.to_owned(), number + 1));
    let others = others.view_as::<Pair>().key_by(|(key, _)| (*key).to_owned());
    let numbers = crate::numbers(p).key_by(|(key, _)| (*key).to_owned());
    numbers.connect(&others).process(CountBoth::default).collect("out");
    Ok(())
}

/// The limits are there before the numbers, as a batch lets them come by their times.
#[pipeline]
fn connected_with_state(p: &Pipeline) -> Result<()> {
    p.mode(ExecutionMode::Batch);
    let limits = p
        .from_values([("a", 10_i64), ("b", 30)])
        .assign_timestamps(|_| 0, WatermarkStrategy::monotonous())
        .key_by_field::<&str>("f0");
    let above = keyed(p).connect(&limits).flat_map_with_state(
        |(key, number), limit: &mut Option<i64>, out: &mut Collector<'_, String>| {
            let Some(limit) = limit else { return out.collect(format!("{key} has no limit")) };
            if number > *limit {
                out.collect(format!("{key} {number}>{limit}"));
                *limit = number;
            }
        },
        |(_, new), limit, _out| *limit = Some(new),
    );
    above.uid("above").collect("out");
    Ok(())
}
