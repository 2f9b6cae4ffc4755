//! Timers: when they fire, what they see, and what becomes of their results.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use brookite::harness::{Harness, KeyedHarness};
use brookite::prelude::*;
use brookite_core::proto::FailureKind;
use brookite_executor::frame::{Frame, Frames};
use brookite_executor::memory::MemoryHost;
use brookite_executor::{Registry, Stage};
use common::{keyed, records};

/// Does what its input says: registers or deletes a timer, and emits what fires with how many did.
#[derive(Default)]
struct Ring {
    rung: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for Ring {
    type Key = i64;
    type In = (&'static str, i64);
    type Out = (i64, &'static str, i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.rung = ctx.value_state("rung")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (command, time): (&str, i64),
        ctx: &Context<'_, i64>,
        _: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        match command {
            "at" => ctx.register_event_time_timer(time),
            "not at" => ctx.delete_event_time_timer(time),
            "in" => ctx.register_processing_time_timer(ctx.current_processing_time()? + time),
            "not by clock at" => ctx.delete_processing_time_timer(time),
            other => Err(Error::msg(format!("what is '{other}'?"))),
        }
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        assert_eq!(ctx.timestamp(), Some(timer.timestamp));
        let rung = self.rung.value()?.unwrap_or(0) + 1;
        self.rung.update(rung)?;
        let domain = match timer.domain {
            TimeDomain::EventTime => "watermark",
            TimeDomain::ProcessingTime => "clock",
        };
        out.collect((*ctx.key(), domain, timer.timestamp, rung));
        Ok(())
    }
}

#[test]
fn timers_fire_in_order_for_their_key_when_the_watermark_reaches_them() {
    let mut ring = KeyedHarness::process::<Ring>().unwrap();
    for (key, time) in [(1, 30), (2, 10), (1, 20), (1, 20), (1, 40)] {
        assert!(ring.push(key, ("at", time)).unwrap().is_empty());
    }
    ring.push(1, ("not at", 30)).unwrap();
    ring.push(1, ("not at", 31)).unwrap();
    assert!(ring.advance_watermark(9).unwrap().is_empty());
    let due = [(2, "watermark", 10, 1), (1, "watermark", 20, 1)];
    assert_eq!(ring.advance_watermark(39).unwrap(), due);
    assert_eq!(ring.timestamps(), [Some(10), Some(20)]);
    assert_eq!(ring.timers(), [Timer::event_time(40)]);
    assert_eq!(ring.advance_watermark(i64::MAX).unwrap(), [(1, "watermark", 40, 2)]);
}

#[test]
fn timers_by_the_clock_fire_on_their_own_and_their_results_have_no_timestamp() {
    let mut ring = KeyedHarness::process::<Ring>().unwrap();
    ring.advance_processing_time(1_000).unwrap();
    ring.push_at(1, ("in", 10), 7).unwrap();
    ring.push_at(1, ("in", 20), 7).unwrap();
    ring.push(1, ("not by clock at", 1_020)).unwrap();
    assert!(ring.advance_watermark(i64::MAX).unwrap().is_empty());
    assert_eq!(ring.advance_processing_time(5_000).unwrap(), [(1, "clock", 1_010, 1)]);
    assert_eq!(ring.timestamps(), [None]);
}

#[test]
fn a_time_that_has_passed_fires_with_the_next_watermark_however_absurd() {
    let mut ring = KeyedHarness::process::<Ring>().unwrap();
    ring.advance_watermark(100).unwrap();
    for time in [i64::MIN, -5, 3] {
        assert!(ring.push(1, ("at", time)).unwrap().is_empty());
    }
    let rung = ring.advance_watermark(100).unwrap();
    assert_eq!(rung.iter().map(|(_, _, time, _)| *time).collect::<Vec<_>>(), [i64::MIN, -5, 3]);
}

#[test]
fn timers_and_state_come_back_after_a_restart_and_what_was_not_in_the_checkpoint_does_not() {
    let mut ring = KeyedHarness::process::<Ring>().unwrap();
    ring.push(1, ("at", 10)).unwrap();
    ring.push(1, ("at", 20)).unwrap();
    ring.advance_watermark(10).unwrap();
    ring.restart().unwrap();
    ring.push(1, ("at", 15)).unwrap();
    ring.crash().unwrap();
    assert_eq!(ring.advance_watermark(20).unwrap(), [(1, "watermark", 20, 2)]);
}

#[test]
fn a_timer_sees_what_the_record_before_it_left_in_the_cache_and_the_other_way_round() {
    let mut spec = keyed(&["sum"]);
    spec.functions = vec!["sum_and_tell".into()];
    // One slot: each key drives out the other.
    spec.state_cache_entries = 1;
    let mut stage = Stage::build(Registry::linked(), spec).unwrap();
    let host = MemoryHost::new();
    stage.open(Box::new(host.clone())).unwrap();
    let mut told = Vec::new();
    for key in [1_i64, 2, 1, 2] {
        let key = key.to_be_bytes();
        host.enter(&key);
        let output = stage.process(0, &key, &5_i64.to_be_bytes(), 0).unwrap();
        host.apply(output, |_| panic!("it tells when a timer fires")).unwrap();
    }
    for key in [2_i64, 1, 2] {
        let key = key.to_be_bytes();
        host.enter(&key);
        let output = stage.fire_timer(0, &key, &[], 100).unwrap();
        told.extend(records(output));
        host.apply(output, |_| ()).unwrap();
    }
    let pair = |key: i64, sum: i64| [key.to_be_bytes(), sum.to_be_bytes()].concat();
    assert_eq!(told, [pair(2, 10), pair(1, 10), pair(2, 11)]);
}

/// Sums, and when a timer fires tells the sum and adds one.
#[derive(Default)]
struct SumAndTell {
    sum: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for SumAndTell {
    type Key = i64;
    type In = i64;
    type Out = (i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.sum = ctx.value_state("sum")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        _: &Context<'_, i64>,
        _: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        self.sum.update(self.sum.value()?.unwrap_or(0) + number)
    }

    fn on_timer(
        &mut self,
        _: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        let sum = self.sum.value()?.unwrap_or(0);
        self.sum.update(sum + 1)?;
        out.collect((*ctx.key(), sum));
        Ok(())
    }
}

#[map]
fn second_of_pair((_, sum): (i64, i64)) -> i64 {
    sum
}

/// Only what has a timestamp.
#[derive(Default)]
struct WithTimestamp;

#[function]
impl ProcessFunction for WithTimestamp {
    type In = i64;
    type Out = (i64, i64);

    fn process_element(
        &mut self,
        value: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        if let Some(timestamp) = ctx.timestamp() {
            out.collect((value, timestamp));
        }
        Ok(())
    }
}

#[test]
fn results_of_timers_go_through_the_functions_behind_with_their_timestamp() {
    let spec = keyed(&["sum_and_tell", "second_of_pair", "with_timestamp"]);
    let mut stage = Stage::build(Registry::linked(), spec).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    let key = 1_i64.to_be_bytes();
    stage.process(0, &key, &5_i64.to_be_bytes(), 3).unwrap();
    let pair = |sum: i64, time: i64| [sum.to_be_bytes(), time.to_be_bytes()].concat();
    assert_eq!(records(stage.fire_timer(0, &key, &[], 100).unwrap()), [pair(5, 100)]);
    assert!(records(stage.fire_timer(1, &key, &[], 100).unwrap()).is_empty());
}

#[test]
fn timers_go_back_with_the_output_of_the_call_that_made_them() {
    let spec = brookite_executor::StageSpec {
        functions: vec!["ring".into()],
        input: common::edge::<(&str, i64)>(),
        output: common::edge::<(i64, &str, i64, i64)>(),
        ..keyed(&[])
    };
    let mut stage = Stage::build(Registry::linked(), spec).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    let key = 1_i64.to_be_bytes();
    let mut input = common::text("at");
    input.extend_from_slice(&50_i64.to_be_bytes());
    let output = stage.process(0, &key, &input, 0).unwrap();
    let frames: Vec<_> = Frames::new(output).map(Result::unwrap).collect();
    let [Frame::Timer { timer, .. }] = frames[..] else { panic!("{frames:?}") };
    assert_eq!((timer.time, timer.key, timer.namespace), (50, &key[..], &[][..]));
    // They are told once.
    assert!(stage.flush().unwrap().is_empty());
}

/// Asks for a timer and has no answer to it.
#[derive(Default)]
struct Forgetful;

#[function]
impl KeyedProcessFunction for Forgetful {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        time: i64,
        ctx: &Context<'_, i64>,
        _: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.register_event_time_timer(time)
    }
}

#[test]
fn a_timer_without_on_timer_is_an_error_that_names_the_function() {
    let mut forgetful = KeyedHarness::process::<Forgetful>().unwrap();
    forgetful.push(1, 5).unwrap();
    let failure = forgetful.advance_watermark(5).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Error);
    assert_eq!(failure.phase, "timer");
    assert!(
        failure.message.ends_with(
            "Forgetful is due, which has no `on_timer`: implement it, or register no timers"
        ),
        "{}",
        failure.message
    );
}

#[test]
fn a_timer_for_functions_without_timers_is_refused() {
    let mut stage = Stage::build(Registry::linked(), common::stateless(&["first"])).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    let domain = stage.fire_timer(7, b"", b"", 5).unwrap_err();
    assert_eq!(domain.kind(), FailureKind::Lifecycle);
    assert!(domain.message.ends_with("found 7"), "{}", domain.message);
    let none = stage.fire_timer(0, b"", b"", 5).unwrap_err();
    assert_eq!(none.kind(), FailureKind::Lifecycle);
    assert!(
        none.message.ends_with("in a stage whose functions have no timers"),
        "{}",
        none.message
    );
}

/// The watermark and the clock at each value.
#[derive(Default)]
struct Clocks;

#[function]
impl ProcessFunction for Clocks {
    type In = i64;
    type Out = (i64, i64);

    fn process_element(
        &mut self,
        _: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        out.collect((ctx.current_watermark(), ctx.current_processing_time()?));
        Ok(())
    }
}

#[test]
fn the_clocks_are_those_of_the_host() {
    let mut clocks = Harness::process::<Clocks>().unwrap();
    assert_eq!(clocks.push(0).unwrap(), [(i64::MIN, 0)]);
    clocks.advance_watermark(5).unwrap();
    clocks.advance_processing_time(7).unwrap();
    assert_eq!(clocks.push(0).unwrap(), [(5, 7)]);
    // In BATCH mode the next key's time begins anew.
    clocks.advance_watermark(i64::MIN).unwrap();
    assert_eq!(clocks.push(0).unwrap(), [(i64::MIN, 7)]);
}

#[timestamps]
fn second_of((_, at): &(&str, i64)) -> i64 {
    *at
}

#[timestamps(name = "length_of")]
fn length(text: &str) -> Result<i64> {
    Ok(i64::try_from(text.len())?)
}

#[test]
fn a_timestamp_assigner_gives_the_time() {
    let mut at = Harness::<(&str, i64), i64>::named("second_of").unwrap();
    assert_eq!(at.push(("a", 7)).unwrap(), [7]);
    let mut length = Harness::<&str, i64>::named("length_of").unwrap();
    assert_eq!(length.push("four").unwrap(), [4]);
}
