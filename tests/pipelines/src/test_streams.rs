//! What a test says, event by event: what comes late, and what is told before a window's end.

use brookite::TestStream;
use brookite::prelude::*;

use crate::{Kept, Pair, show};

const LATE: OutputTag<Kept> = OutputTag::new("late");

fn keyed(events: &TestStream<Pair>) -> KeyedStream<String, Kept> {
    events.stream().view_as::<Kept>().key_by_field("f0")
}

fn sum((key, one): Kept, (_, other): Kept) -> Kept {
    (key, one + other)
}

/// A record that is late changes the window's result; one that is too late goes elsewhere.
#[pipeline]
fn late_data(p: &Pipeline) -> Result<()> {
    let events = p.test_stream::<Pair>("events");
    events.add_at(("a", 1), 1).add_at(("b", 2), 5).add_at(("a", 4), 9);
    events.advance_watermark_to(10).add_at(("a", 8), 3);
    events.advance_watermark_to(15).add_at(("a", 16), 4).add_at(("b", 32), 12);
    let windows = keyed(&events).window(Tumbling::of(10)).allowed_lateness(5).late_output(&LATE);
    let sums = windows.reduce(sum).uid("sums");
    sums.view_as::<Pair>().map(show).collect("out");
    sums.side_output(&LATE).view_as::<Pair>().map(show).collect("late");
    Ok(())
}

/// Results before the window's end, after each second record, and one at its end.
#[pipeline]
fn early_and_late_firings(p: &Pipeline) -> Result<()> {
    let events = p.test_stream::<Pair>("events");
    events.add_at(("a", 1), 1).add_at(("a", 2), 2).add_at(("a", 4), 3);
    events.advance_watermark_to(10).add_at(("a", 8), 4).advance_watermark_to(30);
    let trigger =
        Trigger::after_watermark().early(Trigger::after_count(2)).late(Trigger::after_count(1));
    let windows = keyed(&events).window(Tumbling::of(10)).trigger(trigger).allowed_lateness(20);
    windows.reduce(sum).view_as::<Pair>().map(show).collect("out");
    Ok(())
}

/// Timers of event time fire between the records, and see the state of that time.
#[derive(Debug, Default)]
struct SumsInBetween {
    sum: ValueState<i64>,
}

impl KeyedProcessFunction for SumsInBetween {
    type Key = &'static str;
    type In = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.sum = ctx.value_state("sum")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (_, number): (&str, i64),
        ctx: &Context<'_, &'static str>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.sum.update(self.sum.value()?.unwrap_or(0) + number)?;
        ctx.register_event_time_timer(ctx.timestamp().unwrap_or(0) + 10)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let sum = self.sum.value()?.unwrap_or(0);
        out.collect(format!("{} {sum} at {}", ctx.key(), timer.timestamp));
        Ok(())
    }
}

#[pipeline]
fn timers_between_records(p: &Pipeline) -> Result<()> {
    let events = p.test_stream::<Pair>("events");
    events.add_at(("a", 1), 1).add_at(("b", 2), 2).advance_watermark_to(11);
    events.add_at(("a", 4), 15).advance_watermark_to(20);
    events.add_at(("b", 8), 18).advance_watermark_to_infinity();
    events.stream().key_by_field::<&str>("f0").process(SumsInBetween::default).collect("out");
    Ok(())
}

/// Tells whether time went by since the record before.
#[derive(Debug, Default)]
struct AfterAWhile {
    before: Option<i64>,
}

impl ProcessFunction for AfterAWhile {
    type In = Pair;
    type Out = String;

    fn process_element(
        &mut self,
        (key, _): (&str, i64),
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let now = ctx.current_processing_time()?;
        let waited = self.before.replace(now).is_some_and(|before| now - before >= 50);
        out.collect(if waited { format!("{key} after a while") } else { key.to_owned() });
        Ok(())
    }
}

/// The function runs where the events come from, so that nothing else takes time in between.
#[pipeline]
fn time_goes_by(p: &Pipeline) -> Result<()> {
    let events = p.test_stream::<Pair>("events");
    events.add(("a", 1)).advance_processing_time(50).add(("b", 2));
    events.stream().process(AfterAWhile::default).parallelism(1).collect("out");
    Ok(())
}
