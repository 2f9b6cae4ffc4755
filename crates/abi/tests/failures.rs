//! What becomes of panics and errors in user code: a failure that says who, where, when and why.

mod support;

use brookite_abi::proto::{Failure, FailureKind, Primitive, StageSpec, Subtask};
use brookite_executor::memory::MemoryHost;
use brookite_executor::stage::NO_TIMESTAMP;

use crate::support::{edge, open, spec};

/// What every failure of the stage of `function` must say, whatever failed.
fn check(failure: &Failure, function: &str, phase: &str, kind: FailureKind, message: &str) {
    assert_eq!(failure.message, message);
    assert_eq!(failure.kind(), kind);
    assert_eq!(failure.function, function);
    assert_eq!(failure.phase, phase);
    assert_eq!(failure.stage, format!("stage of {function}"));
    assert_eq!(failure.subtask, Some(Subtask { index: 2, parallelism: 4, attempt: 1 }));
    let trace = &failure.backtrace;
    assert!(trace.contains("fixture_failing"), "the backtrace leads into user code: {trace}");
}

fn check_panic(failure: &Failure, function: &str, phase: &str, message: &str, file: &str) {
    check(failure, function, phase, FailureKind::Panic, message);
    assert!(failure.location.contains(file), "{}", failure.location);
}

fn check_error(failure: &Failure, function: &str, phase: &str, message: &str) {
    check(failure, function, phase, FailureKind::Error, message);
    assert_eq!(failure.location, "");
}

#[test]
fn a_panic_while_the_function_is_made() {
    let failure = open(&spec("panic_new"), MemoryHost::new()).err().unwrap();
    assert_eq!(failure.message, "no constructor today");
    assert_eq!(failure.kind(), FailureKind::Panic);
    assert_eq!((&*failure.phase, &*failure.stage), ("build", "stage of panic_new"));
    assert!(failure.location.contains("lifecycle.rs:"), "{}", failure.location);
}

#[test]
fn a_panic_in_open() {
    let failure = open(&spec("panic_open"), MemoryHost::new()).err().unwrap();
    check_panic(&failure, "panic_open", "open", "cannot open subtask 2", "lifecycle.rs:");
}

#[test]
fn an_error_in_open() {
    let failure = open(&spec("error_open"), MemoryHost::new()).err().unwrap();
    check_error(&failure, "error_open", "open", "invalid digit found in string");
}

#[test]
fn a_panic_in_process() {
    let mut stage = open(&spec("panic_process"), MemoryHost::new()).unwrap();
    let failure = stage.process(0, b"", b"gravel", NO_TIMESTAMP).unwrap_err();
    check_panic(&failure, "panic_process", "process", "cannot digest \"gravel\"", "process.rs:");
    assert!(failure.input.contains("gravel"), "{}", failure.input);
    assert!(stage.close().unwrap().is_empty());
}

#[test]
fn a_panic_without_text() {
    let mut stage = open(&spec("panic_without_text"), MemoryHost::new()).unwrap();
    let failure = stage.process(0, b"", b"x", NO_TIMESTAMP).unwrap_err();
    assert_eq!(failure.message, "a panic whose payload is no text");
    assert!(failure.location.contains("process.rs:"), "{}", failure.location);
}

#[test]
fn an_error_in_process() {
    let mut stage = open(&spec("error_process"), MemoryHost::new()).unwrap();
    assert!(!stage.process(0, b"", b"7", NO_TIMESTAMP).unwrap().is_empty());
    let failure = stage.process(0, b"", b"seven", NO_TIMESTAMP).unwrap_err();
    check_error(&failure, "error_process", "process", "the record is no number");
    assert_eq!(failure.causes, ["invalid digit found in string"]);
    assert!(failure.input.contains("seven"), "{}", failure.input);
}

#[test]
fn a_panic_in_close() {
    let mut stage = open(&spec("panic_close"), MemoryHost::new()).unwrap();
    stage.process(0, b"", b"x", NO_TIMESTAMP).unwrap();
    let failure = stage.close().unwrap_err();
    check_panic(&failure, "panic_close", "close", "cannot close after 1 records", "lifecycle.rs:");
    assert!(stage.close().unwrap().is_empty(), "and closing again is fine");
}

#[test]
fn an_error_in_close() {
    let mut stage = open(&spec("error_close"), MemoryHost::new()).unwrap();
    let failure = stage.close().unwrap_err();
    check_error(&failure, "error_close", "close", "the last file could not be written");
}

#[test]
fn what_was_not_closed_may_fail_to_close_when_it_is_dropped() {
    drop(open(&spec("panic_close"), MemoryHost::new()).unwrap());
}

#[test]
fn a_failure_stays_but_the_stage_can_be_closed() {
    let mut stage = open(&spec("error_process"), MemoryHost::new()).unwrap();
    let first = stage.process(0, b"", b"seven", NO_TIMESTAMP).unwrap_err();
    assert_eq!(stage.process(0, b"", b"7", NO_TIMESTAMP).unwrap_err(), first);
    assert_eq!(stage.flush().unwrap_err(), first);
    assert_eq!(stage.finish().unwrap_err(), first);
    assert!(stage.close().is_ok());
}

#[test]
fn the_millionth_record() {
    let bigint = edge(Primitive::Bigint);
    let spec = StageSpec { input: bigint.clone(), output: bigint, ..spec("panic_on_millionth") };
    let mut stage = open(&spec, MemoryHost::new()).unwrap();
    for number in 1..1_000_000_i64 {
        stage.process(0, b"", &number.to_be_bytes(), NO_TIMESTAMP).unwrap();
    }
    let failure = stage.process(0, b"", &1_000_000_i64.to_be_bytes(), NO_TIMESTAMP).unwrap_err();
    check_panic(&failure, "panic_on_millionth", "process", "boom 1000000", "process.rs:");
}
