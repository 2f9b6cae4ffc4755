//! Temperature control: a stream of readings meets a stream of wishes, which change at run time.

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

/// A temperature that a sensor has read.
#[derive(Row)]
pub struct Reading<'a> {
    sensor: &'a str,
    degrees: f64,
    at: Timestamp<3>,
}

/// What a sensor's room is to be like from then on.
#[derive(Row)]
pub struct Control<'a> {
    sensor: &'a str,
    desired: f64,
    up: f64,
    down: f64,
    at: Timestamp<3>,
}

/// Reads temperatures and control messages, and writes when heaters go on and off.
///
/// In AUTOMATIC mode two files are a batch, in which Flink lets the records of a sensor come by their
/// timestamps, whichever file they are in. Of two topics it is a streaming job, in which they come as they
/// arrive.
#[pipeline]
pub fn temperature_control(p: &Pipeline, args: &Arguments) -> Result<()> {
    p.mode(ExecutionMode::Automatic);
    let csv = |path: &str| Connector::new("filesystem").option("path", path).format("csv");
    let controls = p
        .source::<Control<'_>>(csv(args.get("controls")?))
        .name("controls")
        .assign_timestamps(|control| control.at.millis(), WatermarkStrategy::monotonous())
        .map(|it: Control<'_>| (it.sensor.to_owned(), it.desired, it.up, it.down))
        .view_as::<(&str, f64, f64, f64)>()
        .key_by_field::<&str>("f0");
    p.source::<Reading<'_>>(csv(args.get("readings")?))
        .name("readings")
        .assign_timestamps(|reading| reading.at.millis(), WatermarkStrategy::monotonous())
        .map(|it: Reading<'_>| (it.sensor.to_owned(), it.degrees))
        .view_as::<(&str, f64)>()
        .key_by_field::<&str>("f0")
        .connect(&controls)
        .process(Heater::default)
        .name("heater")
        .map(|(sensor, on): (&str, bool)| format!("{sensor} {}", if on { "on" } else { "off" }))
        .write_text(args.get("output")?);
    Ok(())
}

#[cfg(test)]
mod tests;
