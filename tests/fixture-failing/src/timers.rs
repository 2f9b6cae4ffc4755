//! Failures at a timer and at the second input, and what works beside them.

use brookite::prelude::*;

/// Registers a timer ten milliseconds after each record, and emits the time of each that fires; but the
/// keys "panic" and "error" fail at it. The record "clock" emits the time of the machine instead, and
/// "far" registers a timer for the end of time.
#[derive(Default)]
struct RingOrFail;

#[function]
impl KeyedProcessFunction for RingOrFail {
    type Key = &'static str;
    type In = &'static str;
    type Out = i64;

    fn process_element(
        &mut self,
        text: &str,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        match text {
            "clock" => out.collect(ctx.current_processing_time()?),
            "far" => ctx.register_event_time_timer(i64::MAX)?,
            _ => ctx.register_event_time_timer(ctx.timestamp().unwrap_or(0) + 10)?,
        }
        Ok(())
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        match *ctx.key() {
            "panic" => panic!("cannot wake at {}", timer.timestamp),
            "error" => Err(Error::msg(format!("nobody wakes at {}", timer.timestamp))),
            _ => {
                out.collect(timer.timestamp);
                Ok(())
            }
        }
    }
}

/// Returns the first input as it is, and fails at the second's "panic" and "error".
#[derive(Default)]
struct SecondMayFail;

#[function]
impl CoProcessFunction for SecondMayFail {
    type In1 = &'static str;
    type In2 = &'static str;
    type Out = &'static str;

    fn process_element1(
        &mut self,
        text: &str,
        _: &PlainContext<'_>,
        out: &mut Collector<'_, &'static str>,
    ) -> Result<()> {
        out.collect(text);
        Ok(())
    }

    fn process_element2(
        &mut self,
        text: &str,
        _: &PlainContext<'_>,
        _: &mut Collector<'_, &'static str>,
    ) -> Result<()> {
        match text {
            "panic" => panic!("cannot take a second {text}"),
            "error" => Err(Error::msg("no second error")),
            _ => Ok(()),
        }
    }
}
