//! The lifecycle of a stage: what is called when, and what happens to calls out of order.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use brookite_core::proto::FailureKind;
use brookite_executor::memory::MemoryHost;
use brookite_executor::{Registry, Stage};
use common::{journal, keyed, records, stateless, take_journal, text};

fn opened(functions: &[&str]) -> Stage {
    let mut stage = Stage::build(Registry::linked(), stateless(functions)).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    stage
}

#[test]
fn functions_are_opened_from_the_end_and_closed_from_the_start() {
    journal();
    let mut stage = opened(&["first", "second"]);
    let output = stage.process(0, &[], &text("a"), 7).unwrap().to_vec();
    assert_eq!(records(&output), [text("a>1>2")]);
    stage.finish().unwrap();
    stage.close().unwrap();
    stage.close().unwrap();
    drop(stage);
    assert_eq!(
        take_journal(),
        ["open second", "open first", "first a", "second a>1", "close first", "close second"]
    );
}

#[test]
fn calls_out_of_order_are_errors_that_say_what_the_stage_is() {
    let refused = |failure: Box<brookite_executor::Failure>| {
        assert_eq!(failure.kind(), FailureKind::Lifecycle);
        failure.message.clone()
    };
    let mut stage = Stage::build(Registry::linked(), stateless(&["first"])).unwrap();
    let early = refused(stage.process(0, &[], &text("a"), 0).unwrap_err());
    assert_eq!(early, "'process' was called on a stage that is not open yet");
    assert_eq!(
        refused(stage.flush().unwrap_err()),
        "'flush' was called on a stage that is not open yet"
    );
    stage.open(Box::new(MemoryHost::new())).unwrap();
    let twice = refused(stage.open(Box::new(MemoryHost::new())).unwrap_err());
    assert_eq!(twice, "'open' was called on a stage that is open");
    stage.finish().unwrap();
    let late = refused(stage.process(0, &[], &text("a"), 0).unwrap_err());
    assert_eq!(late, "'process' was called on a stage that is finished");
    stage.flush().unwrap();
    assert!(stage.finish().is_err());
    stage.close().unwrap();
    let gone = refused(stage.process(0, &[], &text("a"), 0).unwrap_err());
    assert_eq!(gone, "'process' was called on a stage that is closed");
}

#[test]
fn a_failure_is_sticky_and_close_still_runs() {
    journal();
    let mut stage = opened(&["first", "fail_on_x"]);
    let first = stage.process(0, &[], &text("x"), 0).unwrap_err();
    assert_eq!(first.kind(), FailureKind::Error);
    assert_eq!(first.function, "fail_on_x");
    assert_eq!(first.phase, "process");
    assert_eq!(first.input, "\"x\"");
    assert_eq!(first.message, "no x>1 please");
    assert!(first.backtrace.contains("fail_on_x"), "{}", first.backtrace);
    // Later calls repeat the first failure, whatever they are.
    assert_eq!(stage.process(0, &[], &text("b"), 0).unwrap_err(), first);
    assert_eq!(stage.flush().unwrap_err(), first);
    assert_eq!(stage.finish().unwrap_err(), first);
    stage.close().unwrap();
    assert_eq!(take_journal(), ["open first", "first x", "close first"]);
}

#[test]
fn a_stage_that_is_dropped_closes_its_functions() {
    journal();
    drop(opened(&["first"]));
    assert_eq!(take_journal(), ["open first", "close first"]);
    // One that was never opened has nothing to close.
    drop(Stage::build(Registry::linked(), stateless(&["first"])).unwrap());
    assert!(take_journal().is_empty());
}

#[test]
fn a_panic_names_function_text_place_and_record() {
    let mut stage = opened(&["panic_on_x"]);
    stage.process(0, &[], &text("fine"), 0).unwrap();
    let failure = stage.process(0, &[], &text("x"), 0).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Panic);
    assert_eq!(failure.function, "panic_on_x");
    assert_eq!(failure.stage, "test stage");
    assert_eq!(failure.message, "cannot take x (3 times)");
    assert!(failure.location.contains("common"), "{}", failure.location);
    assert_eq!(failure.input, "\"x\"");
}

#[test]
fn each_wrong_request_is_refused_with_what_was_expected_and_found() {
    let refused = |spec| Stage::build(Registry::linked(), spec).unwrap_err();
    let unknown = refused(stateless(&["frist"]));
    assert_eq!(unknown.kind(), FailureKind::UnknownFunction);
    assert!(unknown.message.contains("first, "), "{}", unknown.message);
    assert!(unknown.message.ends_with("found 'frist'"), "{}", unknown.message);

    let mut numbers = stateless(&["first"]);
    numbers.input = keyed(&["sum"]).input;
    let mismatch = refused(numbers);
    assert_eq!(mismatch.kind(), FailureKind::SchemaMismatch);
    assert_eq!(
        mismatch.message,
        "the stream does not fit the input of function 'first': \
         expected STRING NOT NULL, found BIGINT NOT NULL"
    );

    let mut unkeyed = keyed(&["sum"]);
    unkeyed.key = None;
    let unkeyed = refused(unkeyed);
    assert_eq!(unkeyed.kind(), FailureKind::SchemaMismatch);
    assert!(unkeyed.message.ends_with("found a stream without keys"), "{}", unkeyed.message);

    let unfit = refused(keyed(&["sum", "first"]));
    assert_eq!(unfit.kind(), FailureKind::InvalidStage);
    assert!(
        unfit.message.starts_with("function 'first' does not take what function 'sum' returns")
    );

    let behind = refused(keyed(&["sum", "sum"]));
    assert!(behind.message.contains("can only be the first of its stage"), "{}", behind.message);
    assert!(refused(stateless(&[])).message.contains("at least one function"));
}

#[test]
fn an_input_that_is_not_there_and_timers_without_function_are_refused_by_name() {
    let mut stage = opened(&["first"]);
    let input = stage.process(1, &[], &text("a"), 0).unwrap_err();
    assert_eq!(input.kind(), FailureKind::Lifecycle);
    assert_eq!(input.phase, "process");
    assert_eq!(input.message, "a record of input 1 came to a stage that has input 0 only");
    let domain = stage.fire_timer(9, b"key", b"", 7).unwrap_err();
    assert_eq!(
        domain.message,
        "expected time domain 0 (event time) or 1 (processing time), found 9"
    );
    // What was refused was not done: the stage goes on.
    assert!(stage.advance_watermark(5).unwrap().is_empty());
    assert_eq!(records(stage.process(0, &[], &text("a"), 0).unwrap()), [text("a>1")]);
    stage.finish().unwrap();
    let late = stage.advance_watermark(6).unwrap_err();
    assert_eq!(late.phase, "watermark");
    assert_eq!(late.message, "'watermark' was called on a stage that is finished");
    // A savepoint may hold timers of a function that was another one then.
    let timer = opened(&["first"]).fire_timer(0, b"key", b"", 7).unwrap_err();
    assert_eq!(timer.phase, "timer");
    assert_eq!(
        timer.message,
        "a timer for EventTime 7 fired in a stage whose functions have no timers"
    );
}
