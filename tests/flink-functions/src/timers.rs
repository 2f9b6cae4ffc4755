//! Timers and event time.

use brookite::prelude::*;

/// Does what its input says with timers of the key, and emits each that fires, with how many fired
/// before: `("event", t)`, `("delete_event", t)`, `("processing", delay)`, and `("delete_processing", t)`.
#[derive(Default)]
struct Timers {
    fired: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for Timers {
    type Key = i64;
    type In = (&'static str, i64);
    type Out = (i64, &'static str, i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.fired = ctx.value_state("fired")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (command, time): (&str, i64),
        ctx: &Context<'_, i64>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        match command {
            "event" => ctx.register_event_time_timer(time),
            "delete_event" => ctx.delete_event_time_timer(time),
            "processing" => {
                ctx.register_processing_time_timer(ctx.current_processing_time()? + time)
            }
            "delete_processing" => ctx.delete_processing_time_timer(time),
            other => Err(Error::msg(format!("no such command: '{other}'"))),
        }
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let fired = self.fired.value()?.unwrap_or(0) + 1;
        self.fired.update(fired)?;
        let domain = match timer.domain {
            TimeDomain::EventTime => "event",
            TimeDomain::ProcessingTime => "processing",
        };
        out.collect((*ctx.key(), domain, timer.timestamp, fired));
        Ok(())
    }
}

/// Counts the records of a key, and emits the count when the watermark says that none came for a
/// while: 100 ms of event time. Timers that a later record outdated are deleted.
#[derive(Default)]
struct CountUntilIdle {
    count: ValueState<i64>,
    due: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for CountUntilIdle {
    type Key = i64;
    type In = i64;
    type Out = (i64, i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        self.due = ctx.value_state("due")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        _value: i64,
        ctx: &Context<'_, i64>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        self.count.update(self.count.value()?.unwrap_or(0) + 1)?;
        let timestamp = ctx.timestamp().ok_or_else(|| Error::msg("a record without timestamp"))?;
        let (due, before) = (timestamp + 100, self.due.value()?);
        if before.is_none_or(|before| before < due) {
            if let Some(before) = before {
                ctx.delete_event_time_timer(before)?;
            }
            self.due.update(due)?;
            ctx.register_event_time_timer(due)?;
        }
        Ok(())
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        out.collect((*ctx.key(), timer.timestamp, self.count.value()?.unwrap_or(0)));
        self.count.clear()?;
        self.due.clear()
    }
}

/// Registers a timer and has no `on_timer`.
#[derive(Default)]
struct TimerWithoutOnTimer;

#[function]
impl KeyedProcessFunction for TimerWithoutOnTimer {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        time: i64,
        ctx: &Context<'_, i64>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.register_event_time_timer(time)
    }
}

/// The watermark at each record, and the record's timestamp (-1 when it has none).
#[derive(Default)]
struct Watermarks;

#[function]
impl ProcessFunction for Watermarks {
    type In = i64;
    type Out = (i64, i64, i64);

    fn process_element(
        &mut self,
        value: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        out.collect((value, ctx.timestamp().unwrap_or(-1), ctx.current_watermark()));
        Ok(())
    }
}

/// The time is the second field.
#[timestamps]
fn second_field((_, at): &(&str, i64)) -> i64 {
    *at
}

/// The time is the number; a number that has a timestamp keeps it.
#[derive(Default)]
struct NumberOrBefore;

#[function]
impl TimestampAssigner for NumberOrBefore {
    type In = i64;

    fn extract_timestamp(&mut self, number: &i64, before: Option<i64>) -> Result<i64> {
        Ok(before.unwrap_or(*number))
    }
}
