//! Side outputs.

use brookite::prelude::*;

/// Numbers below zero.
const NEGATIVE: OutputTag<i64> = OutputTag::new("negative");

/// A line for each zero.
const ZERO: OutputTag<&str> = OutputTag::new("zero");

/// Lets positive numbers pass, and sends the others aside.
#[derive(Default)]
struct BySign;

#[function]
impl ProcessFunction for BySign {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&NEGATIVE).and(&ZERO)
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        match number {
            ..0 => ctx.side_output(&NEGATIVE, number),
            0 => ctx.side_output(&ZERO, &format!("zero at {}", ctx.timestamp().unwrap_or(-1))),
            1.. => {
                out.collect(number);
                Ok(())
            }
        }
    }
}

/// Odd numbers.
const ODD: OutputTag<i64> = OutputTag::new("odd");

/// Lets even numbers pass, and sends odd ones aside; what comes behind [`BySign`] in one stage.
#[derive(Default)]
struct Even;

#[function]
impl ProcessFunction for Even {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&ODD)
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        if number % 2 != 0 {
            return ctx.side_output(&ODD, number);
        }
        out.collect(number);
        Ok(())
    }
}

/// Emits into an output that it does not declare.
#[derive(Default)]
struct UndeclaredSide;

#[function]
impl ProcessFunction for UndeclaredSide {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&ODD)
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.side_output(&NEGATIVE, number)
    }
}

/// Lines of timers.
const RANG: OutputTag<&str> = OutputTag::new("rang");

/// Sets a timer of event time for each number's own time, and says aside when it rings.
#[derive(Default)]
struct RingAside;

#[function]
impl KeyedProcessFunction for RingAside {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&RANG)
    }

    fn process_element(
        &mut self,
        time: i64,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(time);
        ctx.register_event_time_timer(time)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, i64>,
        _out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.side_output(&RANG, &format!("{} at {}", ctx.key(), timer.timestamp))
    }
}
