//! State through the cache: the host's store and the results are as without one, whatever its size.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::collections::HashMap;

use brookite_core::Data;
use brookite_core::coder::{Arena, Input};
use brookite_core::proto::FailureKind;
use brookite_executor::frame::{Frame, Frames};
use brookite_executor::memory::MemoryHost;
use brookite_executor::{Registry, Stage};
use common::keyed;

struct Sums {
    stage: Stage,
    host: MemoryHost,
}

impl Sums {
    fn open(host: &MemoryHost, cache: u32) -> Self {
        let mut spec = keyed(&["sum"]);
        spec.state_cache_entries = cache;
        let mut stage = Stage::build(Registry::linked(), spec).unwrap();
        stage.open(Box::new(host.clone())).unwrap();
        Self { stage, host: host.clone() }
    }

    fn push(&mut self, key: i64, number: i64) -> Option<(i64, i64)> {
        let key = key.to_be_bytes();
        self.host.enter(&key);
        let output = self.stage.process(0, &key, &number.to_be_bytes(), 0).unwrap();
        let mut result = None;
        self.host
            .apply(output, |record| {
                let arena = Arena::default();
                result = Some(<(i64, i64)>::decode(&mut Input::new(record, &arena)).unwrap());
            })
            .unwrap();
        result
    }

    fn flush(&mut self) -> usize {
        let output = self.stage.flush().unwrap().to_vec();
        self.host.apply(&output, |_| panic!("a flush gives no results")).unwrap();
        Frames::new(&output).count()
    }
}

#[test]
fn results_are_the_same_with_a_cache_of_any_size() {
    for cache in [1, 2, 7, 0] {
        let host = MemoryHost::new();
        let mut sums = Sums::open(&host, cache);
        let mut expected: HashMap<i64, i64> = HashMap::new();
        // A walk that comes back to keys soon, late, and never.
        for step in 0..5_000_i64 {
            let key = (step * step + 3 * step) % 23;
            let number = if step % 11 == 0 { -1 } else { step };
            let result = sums.push(key, number);
            if number < 0 {
                expected.remove(&key);
                assert_eq!(result, None);
            } else {
                let sum = expected.entry(key).or_default();
                *sum += number;
                assert_eq!(result, Some((key, *sum)), "cache of {cache}, step {step}");
            }
        }
        sums.flush();
        assert_eq!(host.stored_keys(), expected.len(), "cache of {cache}");
    }
}

#[test]
fn a_flush_writes_each_change_once() {
    let mut sums = Sums::open(&MemoryHost::new(), 0);
    for _ in 0..3 {
        sums.push(1, 5);
        sums.push(2, 5);
    }
    assert_eq!(sums.flush(), 2);
    assert_eq!(sums.flush(), 0);
    sums.push(2, 1);
    assert_eq!(sums.flush(), 1);
}

#[test]
fn what_was_flushed_is_found_by_the_next_stage_and_the_rest_is_not() {
    let host = MemoryHost::new();
    let mut before = Sums::open(&host, 0);
    before.push(1, 10);
    before.flush();
    before.push(1, 100);
    drop(before);
    let mut after = Sums::open(&host, 0);
    assert_eq!(after.push(1, 1), Some((1, 11)));
}

#[test]
fn ending_a_key_writes_it_and_forgets_it() {
    let host = MemoryHost::new();
    let mut sums = Sums::open(&host, 0);
    sums.push(1, 10);
    let output = sums.stage.end_key().unwrap().to_vec();
    assert!(matches!(Frames::new(&output).next(), Some(Ok(Frame::State { .. }))));
    // The host lost the change, as Flink's BATCH backend does with a key that is over.
    assert_eq!(sums.push(1, 1), Some((1, 1)));
}

#[test]
fn counters_and_logs_reach_the_host() {
    let host = MemoryHost::new();
    let mut sums = Sums::open(&host, 0);
    let logs = host.take_logs();
    assert_eq!(logs.len(), 1);
    assert_eq!(logs[0].message, "subtask 2 is open");
    assert_eq!(logs[0].level, log::Level::Info);
    sums.push(1, 1);
    sums.push(1, -1);
    assert_eq!(host.counter("calls"), Some(2));
}

#[test]
fn stored_bytes_of_another_type_are_an_error_that_names_the_state() {
    let host = MemoryHost::new();
    let mut sums = Sums::open(&host, 1);
    sums.push(1, 1);
    let mut cut = sums.stage.flush().unwrap().to_vec();
    // One byte less of the value, in the frame's length and in the value's.
    cut.pop();
    cut[4] -= 1;
    cut[28] -= 1;
    host.apply(&cut, |_| ()).unwrap();
    sums.push(2, 1);
    let key = 1_i64.to_be_bytes();
    host.enter(&key);
    let failure = sums.stage.process(0, &key, &1_i64.to_be_bytes(), 0).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::BadInput);
    assert!(
        failure.message.starts_with("state 'sum' does not hold a BIGINT NOT NULL: truncated"),
        "{}",
        failure.message
    );
}

#[test]
fn a_malformed_key_is_told_from_a_malformed_record() {
    let host = MemoryHost::new();
    let mut sums = Sums::open(&host, 0);
    host.enter(b"short");
    let failure = sums.stage.process(0, b"short", &1_i64.to_be_bytes(), 0).unwrap_err();
    assert!(failure.message.starts_with("malformed key: truncated"), "{}", failure.message);
    assert_eq!(failure.function, "sum");
}

#[test]
fn what_is_discarded_is_neither_written_nor_remembered() {
    let host = MemoryHost::new();
    let mut sums = Sums::open(&host, 0);
    sums.push(1, 10);
    assert!(sums.stage.discard().unwrap().is_empty());
    assert_eq!(sums.flush(), 0);
    assert_eq!(sums.push(1, 1), Some((1, 1)));
}
