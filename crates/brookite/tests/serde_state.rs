//! Values that only Rust reads, in state: they survive a restart, and their type may change meanwhile.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::harness::KeyedHarness;
use brookite::prelude::*;
use serde::{Deserialize, Serialize};

/// What has been seen of a sensor.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Profile {
    readings: Vec<f64>,
    unit: Option<String>,
}

impl Versioned for Profile {}

#[derive(Default)]
struct Median {
    profile: ValueState<Serde<Profile>>,
}

impl KeyedProcessFunction for Median {
    type Key = &'static str;
    type In = f64;
    type Out = f64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.profile = ctx.value_state("profile")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        reading: f64,
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, f64>,
    ) -> Result<()> {
        let Serde(mut profile) = self.profile.value()?.unwrap_or_default();
        profile.readings.push(reading);
        profile.readings.sort_by(f64::total_cmp);
        out.collect(profile.readings[profile.readings.len() / 2]);
        self.profile.update(Serde(profile))
    }
}

#[test]
fn a_rust_value_is_kept_for_each_key_and_survives_a_restart() {
    let mut median = KeyedHarness::process::<Median>().unwrap();
    assert_eq!(median.push("a", 3.0).unwrap(), [3.0]);
    assert_eq!(median.push("b", 8.0).unwrap(), [8.0]);
    assert_eq!(median.push("a", 1.0).unwrap(), [3.0]);
    median.restart().unwrap();
    assert_eq!(median.push("a", 2.0).unwrap(), [2.0]);
}
