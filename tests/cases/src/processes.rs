//! Functions with timers, side outputs and two inputs.

use brookite::prelude::*;

const ODD: OutputTag<String> = OutputTag::new("odd");

/// Sums the numbers of a key until nothing came for ten milliseconds of event time.
#[derive(Debug, Default)]
pub struct SumUntilIdle {
    sum: ValueState<(i64, i64)>,
}

#[function]
impl KeyedProcessFunction for SumUntilIdle {
    type Key = &'static str;
    type In = (&'static str, i64);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.sum = ctx.value_state("sum")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (_, number): (&str, i64),
        ctx: &Context<'_, &'static str>,
        _out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let idle = ctx.timestamp().unwrap_or(0) + 10;
        let (sum, before) = self.sum.value()?.unwrap_or((0, i64::MIN));
        if idle > before {
            if before > i64::MIN {
                ctx.delete_event_time_timer(before)?;
            }
            ctx.register_event_time_timer(idle)?;
        }
        self.sum.update((sum + number, idle.max(before)))
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if let Some((sum, _)) = self.sum.value()? {
            out.collect(format!("{} {sum} until {}", ctx.key(), timer.timestamp));
        }
        self.sum.clear()
    }
}

/// Tells, ten milliseconds of processing time after a key's number, how many came by then.
#[derive(Debug, Default)]
pub struct CountByClock {
    count: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for CountByClock {
    type Key = &'static str;
    type In = (&'static str, i64);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        _: (&str, i64),
        ctx: &Context<'_, &'static str>,
        _out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.count.update(self.count.value()?.unwrap_or(0) + 1)?;
        ctx.register_processing_time_timer(ctx.current_processing_time()? + 10)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0);
        out.collect(format!("{} {count} by {}", ctx.key(), timer.timestamp));
        Ok(())
    }
}

/// Even numbers go on, odd ones aside.
#[derive(Debug, Default)]
pub struct SplitOdd;

#[function]
impl ProcessFunction for SplitOdd {
    type In = (&'static str, i64);
    type Out = String;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&ODD)
    }

    fn process_element(
        &mut self,
        (key, number): (&str, i64),
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let shown = format!("{key} {number}");
        if number % 2 == 0 {
            out.collect(shown);
            return Ok(());
        }
        ctx.side_output(&ODD, shown)
    }
}

/// Numbers of the first stream that are at least what the second one said last for the key.
#[derive(Debug, Default)]
pub struct AtLeast {
    least: ValueState<i64>,
}

#[function]
impl KeyedCoProcessFunction for AtLeast {
    type Key = &'static str;
    type In1 = (&'static str, i64);
    type In2 = (&'static str, i64);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.least = ctx.value_state("least")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        (key, number): (&str, i64),
        _ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if self.least.value()?.is_some_and(|least| number >= least) {
            out.collect(format!("{key} {number}"));
        }
        Ok(())
    }

    fn process_element2(
        &mut self,
        (_, least): (&str, i64),
        _ctx: &Context<'_, &'static str>,
        _out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.least.update(least)
    }
}

/// The time is the number.
#[timestamps]
fn number_time((_, number): &(&str, i64)) -> i64 {
    *number
}
