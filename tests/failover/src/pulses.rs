//! Timers of the machine's clock.

use brookite::prelude::*;

use crate::event::{END, Event};

/// How long events wait at the most.
const PULSE_MS: i64 = 40;

/// Says every now and then how many events an account had since the last time.
///
/// When that is, and how many they are, is up to the clock. All of them together are the account's
/// events: what waits when there are no more of them comes with the end of event time.
#[derive(Default)]
struct Pulses {
    waiting: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for Pulses {
    type Key = i64;
    type In = Event;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.waiting = ctx.value_state("waiting")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        _event: Event,
        ctx: &Context<'_, i64>,
        _out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let waiting = self.waiting.value()?;
        if waiting.is_none() {
            ctx.register_event_time_timer(END)?;
        }
        let waiting = waiting.unwrap_or(0);
        if waiting == 0 {
            ctx.register_processing_time_timer(ctx.current_processing_time()? + PULSE_MS)?;
        }
        self.waiting.update(waiting + 1)
    }

    fn on_timer(
        &mut self,
        _timer: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let waiting = self.waiting.value()?.unwrap_or(0);
        if waiting > 0 {
            out.collect(format!("pulse {} {waiting}", ctx.key()));
        }
        self.waiting.update(0)
    }
}
