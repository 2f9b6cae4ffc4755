//! A function that a job in Java calls by its name, "heater": a stream of readings meets a stream of wishes.
//!
//! The whole job as a pipeline is [`temperature_control`](crate::temperature_control). The unit tests, in
//! `heater/tests.rs`, need no JVM.

use brookite::prelude::*;

/// What a room is to be like: its heater goes on below `desired - down` and off above `desired + up`.
#[derive(Clone, Row)]
struct Target {
    desired: f64,
    up: f64,
    down: f64,
}

/// Switches the heater of each sensor's room, and says so when it does. A heater is off at first, and
/// stays as it is until the sensor's first control message.
///
/// Readings are (sensor, temperature); control messages are (sensor, desired, up delta, down delta) and
/// hold from the next reading on; commands are (sensor, on).
#[derive(Default)]
pub struct Heater {
    target: ValueState<Target>,
    on: ValueState<bool>,
}

#[function]
impl KeyedCoProcessFunction for Heater {
    type Key = &'static str;
    type In1 = (&'static str, f64);
    type In2 = (&'static str, f64, f64, f64);
    type Out = (&'static str, bool);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.target = ctx.value_state("target")?;
        self.on = ctx.value_state("on")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        (sensor, temperature): (&str, f64),
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let Some(Target { desired, up, down }) = self.target.value()? else { return Ok(()) };
        let is_on = self.on.value()?.unwrap_or(false);
        let on = if is_on { temperature <= desired + up } else { temperature < desired - down };
        if on != is_on {
            self.on.update(on)?;
            out.collect((sensor, on));
        }
        Ok(())
    }

    fn process_element2(
        &mut self,
        (_sensor, desired, up, down): (&str, f64, f64, f64),
        _ctx: &Context<'_, Self::Key>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        self.target.update(Target { desired, up, down })
    }
}

#[cfg(test)]
mod tests;
