//! Temperature control: a stream of readings meets a stream of wishes, which change at run time.

use brookite::prelude::*;

/// A temperature that a sensor has read.
#[derive(Row)]
pub struct Reading<'a> {
    sensor: &'a str,
    degrees: f64,
    at: Timestamp<3>,
}

/// What a sensor's room is to be like from then on: its heater goes on below `desired - down` and off above
/// `desired + up`.
#[derive(Row)]
pub struct Control<'a> {
    sensor: &'a str,
    desired: f64,
    up: f64,
    down: f64,
    at: Timestamp<3>,
}

/// What is kept of a sensor: below `low` its heater goes on, above `high` off.
#[derive(Row)]
struct Heater {
    on: bool,
    low: f64,
    high: f64,
}

/// Reads temperatures and control messages, and writes when heaters go on and off. A heater is off at first,
/// and stays as it is until the sensor's first control message.
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
        .key_by_field::<&str>("sensor");
    p.source::<Reading<'_>>(csv(args.get("readings")?))
        .name("readings")
        .assign_timestamps(|reading| reading.at.millis(), WatermarkStrategy::monotonous())
        .key_by_field::<&str>("sensor")
        .connect(&controls)
        .flat_map_with_state(
            |reading, heater: &mut Option<Heater>, out: &mut Collector<'_, String>| {
                let Some(Heater { on, low, high }) = heater else { return };
                let was_on = *on;
                *on = if was_on { reading.degrees <= *high } else { reading.degrees < *low };
                if *on != was_on {
                    out.collect(format!("{} {}", reading.sensor, if *on { "on" } else { "off" }));
                }
            },
            |Control { desired, up, down, .. }, heater, _out| {
                let on = heater.as_ref().is_some_and(|heater| heater.on);
                *heater = Some(Heater { on, low: desired - down, high: desired + up });
            },
        )
        .name("heater")
        .write_text(args.get("output")?);
    Ok(())
}
