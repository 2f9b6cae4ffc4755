use brookite::harness::KeyedHarness;
use brookite::prelude::*;

use super::{Heartbeat, Silence, Silent};

type Harness = KeyedHarness<&'static str, Heartbeat<'static>, Silent<'static>>;

/// Ten seconds are too long.
fn harness(clock: TimeDomain) -> Harness {
    Harness::process_with(move || Silence::of(Duration::from_secs(10), clock)).unwrap()
}

/// A machine is heard of at that second, which by itself tells nothing.
fn hear(harness: &mut Harness, machine: &str, second: i64) {
    let heartbeat = Heartbeat { machine, at: Timestamp::from_millis(second * 1_000) };
    assert_eq!(harness.push_at(machine, heartbeat, second * 1_000).unwrap(), []);
}

fn silent(machine: &str, second: i64) -> Silent<'_> {
    Silent { machine, since: Timestamp::from_millis(second * 1_000) }
}

#[test]
fn the_watermark_tells_who_has_been_silent_for_ten_seconds() {
    let mut harness = harness(TimeDomain::EventTime);
    hear(&mut harness, "press", 0);
    hear(&mut harness, "drill", 4);
    assert_eq!(harness.advance_watermark(9_999).unwrap(), []);
    assert_eq!(harness.advance_watermark(10_000).unwrap(), [silent("press", 0)]);
    assert_eq!(harness.timestamps(), [Some(10_000)]);
    assert_eq!(harness.advance_watermark(60_000).unwrap(), [silent("drill", 4)]);
}

#[test]
fn a_heartbeat_puts_it_off_also_one_that_comes_out_of_order() {
    let mut harness = harness(TimeDomain::EventTime);
    hear(&mut harness, "press", 0);
    hear(&mut harness, "press", 15);
    hear(&mut harness, "press", 7);
    assert_eq!(harness.advance_watermark(24_999).unwrap(), []);
    assert_eq!(harness.advance_watermark(25_000).unwrap(), [silent("press", 15)]);
}

#[test]
fn a_silence_is_told_even_if_the_watermark_comes_after_its_end() {
    let mut harness = harness(TimeDomain::EventTime);
    hear(&mut harness, "press", 0);
    hear(&mut harness, "press", 30);
    assert_eq!(harness.advance_watermark(30_000).unwrap(), [silent("press", 0)]);
}

#[test]
fn a_machine_is_told_of_once_until_it_is_heard_of_again() {
    let mut harness = harness(TimeDomain::EventTime);
    hear(&mut harness, "press", 0);
    assert_eq!(harness.advance_watermark(30_000).unwrap(), [silent("press", 0)]);
    assert_eq!(harness.advance_watermark(90_000).unwrap(), []);
    hear(&mut harness, "press", 90);
    assert_eq!(harness.advance_watermark(100_000).unwrap(), [silent("press", 90)]);
}

#[test]
fn by_the_clock_of_the_task_manager_time_passes_without_records() {
    let mut harness = harness(TimeDomain::ProcessingTime);
    harness.advance_processing_time(1_000).unwrap();
    hear(&mut harness, "press", 500);
    assert_eq!(harness.timers(), [Timer::processing_time(11_000)]);
    assert_eq!(harness.advance_watermark(1_000_000).unwrap(), []);
    assert_eq!(harness.advance_processing_time(11_000).unwrap(), [silent("press", 1)]);
    assert_eq!(harness.timestamps(), [None]);
}

#[test]
fn state_and_timers_survive_a_restart_and_a_crash_loses_what_no_checkpoint_has() {
    let mut harness = harness(TimeDomain::EventTime);
    hear(&mut harness, "press", 0);
    harness.restart().unwrap();
    hear(&mut harness, "drill", 1);
    harness.crash().unwrap();
    assert_eq!(harness.end_input().unwrap(), [silent("press", 0)]);
}
