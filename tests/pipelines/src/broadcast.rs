//! Rules that all subtasks get. In BATCH mode they come first.

use brookite::prelude::*;

use crate::{Pair, keyed};

fn rules(p: &Pipeline) -> BroadcastStream<Pair> {
    p.mode(ExecutionMode::Batch);
    p.from_values([("a", 10), ("b", 30)]).broadcast()
}

/// Lets through what is at least what the rule of its key says.
#[derive(Debug, Default)]
struct AtLeast {
    least: BroadcastHandle<String, i64>,
}

impl BroadcastProcessFunction for AtLeast {
    type In = Pair;
    type Broadcast = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.least = ctx.broadcast_state("least")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (key, number): (&str, i64),
        ctx: &ReadOnlyPlainContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let least = ctx.broadcast_state(&self.least).get(&key.to_owned())?;
        if least.is_some_and(|least| number >= least) {
            out.collect(format!("{key} {number}"));
        }
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        (key, least): (&str, i64),
        ctx: &BroadcastContext<'_>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.least).put(key.to_owned(), least)
    }
}

#[pipeline]
fn broadcast_process(p: &Pipeline) -> Result<()> {
    let rules = rules(p);
    crate::numbers(p).connect_broadcast(&rules).process(AtLeast::default).collect("out");
    Ok(())
}

/// Tells how many of a key were not below its rule, so far.
#[derive(Debug, Default)]
struct CountAtLeast {
    least: BroadcastHandle<String, i64>,
    count: ValueState<i64>,
}

impl KeyedBroadcastProcessFunction for CountAtLeast {
    type Key = &'static str;
    type In = Pair;
    type Broadcast = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.least = ctx.broadcast_state("least")?;
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (key, number): (&str, i64),
        ctx: &ReadOnlyKeyedContext<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let least = ctx.broadcast_state(&self.least).get(&key.to_owned())?.unwrap_or(0);
        if number >= least {
            let count = self.count.value()?.unwrap_or(0) + 1;
            self.count.update(count)?;
            out.collect(format!("{key} {number} {count}"));
        }
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        (key, least): (&str, i64),
        ctx: &BroadcastContext<'_>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.least).put(key.to_owned(), least)
    }
}

#[pipeline]
fn keyed_broadcast_process(p: &Pipeline) -> Result<()> {
    let rules = rules(p);
    keyed(p).connect_broadcast(&rules).process(CountAtLeast::default).collect("out");
    Ok(())
}
