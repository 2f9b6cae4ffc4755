//! Timers, watermarks and second inputs across the table, and what becomes of their failures.

mod support;

use brookite_abi::frame::{Frame, Frames};
use brookite_abi::proto::{Failure, FailureKind, Primitive, StageSpec};
use brookite_abi::{Failed, LoadedStage};
use brookite_core::function::{TimeDomain, TimerCommand};
use brookite_executor::memory::MemoryHost;
use brookite_executor::stage::NO_TIMESTAMP;

use crate::support::{edge, keyed, open, spec};

const EVENT_TIME: u32 = 0;

fn ringing() -> (LoadedStage, MemoryHost) {
    let host = MemoryHost::new();
    (open(&keyed("ring_or_fail"), host.clone()).expect("it opens"), host)
}

fn connected() -> LoadedStage {
    let spec = StageSpec { second_input: edge(Primitive::String), ..spec("second_may_fail") };
    open(&spec, MemoryHost::new()).expect("it opens")
}

fn check(failure: &Failure, function: &str, phase: &str, kind: FailureKind, message: &str) {
    assert_eq!(failure.message, message);
    assert_eq!((&*failure.function, &*failure.phase), (function, phase));
    assert_eq!(failure.kind(), kind);
    assert!(failure.backtrace.contains("fixture-failing/src/"), "{}", failure.backtrace);
}

fn refused(result: Result<&[u8], Failed>, phase: &str, message: &str) {
    let failure = result.expect_err("it cannot be");
    assert_eq!(failure.kind(), FailureKind::Lifecycle);
    assert_eq!((&*failure.phase, &*failure.message), (phase, message));
}

#[test]
fn a_timer_gets_across_and_fires() {
    let (mut stage, host) = ringing();
    let output = stage.process(0, b"key", b"x", 7).unwrap();
    let mut frames = Frames::new(output);
    let Some(Ok(Frame::Timer { command, timer })) = frames.next() else {
        panic!("expected a timer, found {output:?}");
    };
    assert_eq!(command, TimerCommand::Register);
    assert_eq!((timer.domain, timer.time), (TimeDomain::EventTime, 17));
    assert_eq!((timer.key, timer.namespace), (&b"key"[..], &b""[..]));
    assert!(frames.next().is_none());

    assert!(stage.advance_watermark(17).unwrap().is_empty());
    host.enter(b"key");
    let output = stage.fire_timer(EVENT_TIME, b"key", b"", 17).unwrap();
    let results: Vec<_> = Frames::new(output).map(Result::unwrap).collect();
    assert_eq!(results, [Frame::Record(&17_i64.to_be_bytes())]);
}

#[test]
fn a_panic_in_on_timer() {
    let (mut stage, _) = ringing();
    stage.advance_watermark(17).unwrap();
    let failure = stage.fire_timer(EVENT_TIME, b"panic", b"", 17).unwrap_err();
    check(&failure, "ring_or_fail", "timer", FailureKind::Panic, "cannot wake at 17");
    assert!(failure.location.contains("timers.rs:"), "{}", failure.location);
    assert_eq!(failure.stage, "stage of ring_or_fail");
    // It stays, whatever comes next; and the stage can be closed.
    assert_eq!(stage.fire_timer(EVENT_TIME, b"key", b"", 18).unwrap_err(), failure);
    assert_eq!(stage.advance_watermark(18).unwrap_err(), failure);
    assert_eq!(stage.discard().unwrap_err(), failure);
    stage.close().unwrap();
}

#[test]
fn an_error_in_on_timer() {
    let (mut stage, _) = ringing();
    let failure = stage.fire_timer(EVENT_TIME, b"error", b"", 3).unwrap_err();
    check(&failure, "ring_or_fail", "timer", FailureKind::Error, "nobody wakes at 3");
    stage.close().unwrap();
}

#[test]
fn a_panic_and_an_error_at_the_second_input() {
    let mut stage = connected();
    stage.process(0, b"", b"panic", NO_TIMESTAMP).unwrap();
    stage.process(1, b"", b"fine", NO_TIMESTAMP).unwrap();
    let failure = stage.process(1, b"", b"panic", NO_TIMESTAMP).unwrap_err();
    let message = "cannot take a second panic";
    check(&failure, "second_may_fail", "process", FailureKind::Panic, message);
    assert_eq!(failure.input, "\"panic\"");

    let mut stage = connected();
    let failure = stage.process(1, b"", b"error", NO_TIMESTAMP).unwrap_err();
    check(&failure, "second_may_fail", "process", FailureKind::Error, "no second error");
    assert_eq!(failure.input, "\"error\"");
}

#[test]
fn calls_that_name_nothing_are_refused_and_do_nothing() {
    let (mut stage, _) = ringing();
    let domain = "expected time domain 0 (event time) or 1 (processing time), found 9";
    refused(stage.fire_timer(9, b"key", b"", 3), "timer", domain);
    let input = "a record of input 7 came to a stage that has input 0 only";
    refused(stage.process(7, b"key", b"x", 0), "process", input);
    let input = "a record of input 2 came to a stage that has inputs 0 and 1";
    refused(connected().process(2, b"", b"x", 0), "process", input);
    stage.process(0, b"key", b"x", 0).unwrap();
    stage.close().unwrap();
    let closed = "'watermark' was called on a stage that is closed";
    refused(stage.advance_watermark(3), "watermark", closed);
    let closed = "'timer' was called on a stage that is closed";
    refused(stage.fire_timer(EVENT_TIME, b"key", b"", 3), "timer", closed);
}

#[test]
fn a_timer_of_a_stage_without_timers_is_refused() {
    let mut stage = open(&spec("noisy"), MemoryHost::new()).unwrap();
    let failure = stage.fire_timer(EVENT_TIME, b"", b"", 3).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Lifecycle);
    assert_eq!((&*failure.function, &*failure.phase), ("noisy", "timer"));
}

#[test]
fn a_malformed_key_of_a_timer_is_bad_input() {
    let (mut stage, _) = ringing();
    let failure = stage.fire_timer(EVENT_TIME, b"\xff", b"", 3).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::BadInput);
    assert_eq!((&*failure.function, &*failure.phase), ("ring_or_fail", "timer"));
    assert!(failure.message.starts_with("malformed key"), "{}", failure.message);
}
