//! Stages behind the table: what they are asked, what they answer, and when a call is illegal.

mod support;

use brookite_abi::proto::{FailureKind, Primitive, StageSpec};
use brookite_abi::{Failed, LoadedStage};
use brookite_executor::memory::MemoryHost;
use brookite_executor::stage::NO_TIMESTAMP;

use crate::support::{counting, edge, failing, keyed, open, spec};

fn refusal(result: Result<LoadedStage, Failed>) -> (FailureKind, String) {
    let failure = result.err().expect("it is refused");
    assert_eq!(failure.phase, "build");
    (failure.kind(), failure.message.clone())
}

fn results(host: &MemoryHost, output: &[u8]) -> Vec<Vec<u8>> {
    let mut results = Vec::new();
    host.apply(output, |result| results.push(result.to_vec())).expect("frames");
    results
}

#[test]
fn records_state_and_results_get_across() {
    let host = MemoryHost::new();
    let mut stage = open(&counting(), host.clone()).unwrap();
    let mut counts = Vec::new();
    for key in [b"a", b"b", b"a"] {
        host.enter(key);
        counts.extend(results(&host, stage.process(0, key, b"record", NO_TIMESTAMP).unwrap()));
    }
    assert_eq!(counts, [1_i64, 1, 2].map(|count| count.to_be_bytes().to_vec()));

    assert_eq!(host.stored_keys(), 0, "state stays in the cache until it is flushed");
    assert!(results(&host, stage.flush().unwrap()).is_empty());
    assert_eq!(host.stored_keys(), 2);

    // Another stage on the same host goes on where this one stopped, reading through callbacks.
    drop(stage);
    let mut stage = open(&counting(), host.clone()).unwrap();
    host.enter(b"a");
    let output = stage.process(0, b"a", b"record", NO_TIMESTAMP).unwrap();
    assert_eq!(results(&host, output), [3_i64.to_be_bytes()]);
    results(&host, stage.end_key().unwrap());
    results(&host, stage.finish().unwrap());
    assert!(stage.close().unwrap().is_empty());
    assert!(stage.close().unwrap().is_empty(), "closing twice is fine");
}

#[test]
fn output_may_be_much_larger_than_input() {
    let host = MemoryHost::new();
    let mut stage = open(&spec("thousandfold"), host.clone()).unwrap();
    let record = "brook".repeat(1000);
    for _ in 0..3 {
        let output = stage.process(0, b"", record.as_bytes(), NO_TIMESTAMP).unwrap();
        let results = results(&host, output);
        assert_eq!(results.len(), 1000);
        assert!(results.iter().all(|result| result == record.as_bytes()));
    }
}

#[test]
fn state_that_expires_is_read_and_written_at_once() {
    let host = MemoryHost::new();
    let mut stage = open(&keyed("count_lately"), host.clone()).unwrap();
    let mut counts = |time, key: &str, text: &str| {
        host.set_processing_time(time);
        host.enter(key.as_bytes());
        let output = stage.process(0, key.as_bytes(), text.as_bytes(), NO_TIMESTAMP).unwrap();
        let results = results(&host, output);
        i64::from_be_bytes(results[0].as_slice().try_into().unwrap())
    };
    assert_eq!(counts(0, "key", "a"), 1);
    assert_eq!(counts(5, "key", "a"), 2);
    assert_eq!(counts(5, "key", ""), 1);
    assert_eq!(counts(5, "other", "a"), 1);
    assert_eq!(counts(14, "key", "a"), 3);
    assert_eq!(counts(15, "key", ""), 1);
    assert_eq!(counts(24, "key", "a"), 1);
    assert_eq!(host.stored_keys(), 2, "there is nothing to flush");
}

#[test]
fn counters_and_log_lines_get_across() {
    let host = MemoryHost::new();
    let mut stage = open(&spec("noisy"), host.clone()).unwrap();
    assert_eq!(host.counter("records"), Some(0));
    stage.process(0, b"", b"a \xf0\x9f\xa6\x80", NO_TIMESTAMP).unwrap();
    stage.process(0, b"", b"b", NO_TIMESTAMP).unwrap();
    assert_eq!(host.counter("records"), Some(2));

    let logs = host.take_logs();
    assert_eq!(logs.len(), 2);
    assert_eq!(logs[0].level, log::Level::Warn);
    assert_eq!(logs[0].target, "fixture_failing::working");
    assert_eq!(logs[0].function, "noisy");
    assert_eq!(logs[0].message, "heard \"a \u{1f980}\"");
}

#[test]
fn a_closed_stage_only_closes() {
    let mut stage = open(&spec("noisy"), MemoryHost::new()).unwrap();
    stage.close().unwrap();
    let failure = stage.process(0, b"", b"x", NO_TIMESTAMP).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Lifecycle);
    assert_eq!(failure.message, "'process' was called on a stage that is closed");
    assert_eq!(stage.flush().unwrap_err().kind(), FailureKind::Lifecycle);
    assert_eq!(stage.finish().unwrap_err().kind(), FailureKind::Lifecycle);
}

#[test]
fn a_finished_stage_takes_no_records() {
    let mut stage = open(&spec("noisy"), MemoryHost::new()).unwrap();
    stage.finish().unwrap();
    let failure = stage.process(0, b"", b"x", NO_TIMESTAMP).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Lifecycle);
    assert!(stage.flush().is_ok(), "a checkpoint may still come");
}

#[test]
fn a_stage_of_an_unknown_function() {
    let (kind, message) = refusal(open(&spec("nonesuch"), MemoryHost::new()));
    assert_eq!(kind, FailureKind::UnknownFunction);
    assert!(message.contains("'nonesuch'") && message.contains("panic_process"), "{message}");
}

#[test]
fn a_stage_of_another_type() {
    let spec = StageSpec { input: edge(Primitive::Bigint), ..spec("noisy") };
    let (kind, message) = refusal(open(&spec, MemoryHost::new()));
    assert_eq!(kind, FailureKind::SchemaMismatch);
    assert!(message.contains("STRING") && message.contains("BIGINT"), "{message}");
}

#[test]
fn a_request_that_is_no_protobuf() {
    let opened = LoadedStage::open(&failing(), &[0xff], Box::new(MemoryHost::new()));
    let (kind, message) = refusal(opened);
    assert_eq!(kind, FailureKind::InvalidStage);
    assert!(message.starts_with("the stage's specification is malformed: "), "{message}");
}

#[test]
fn many_stages_of_one_library_run_side_by_side() {
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let host = MemoryHost::new();
                let mut stage = open(&counting(), host.clone()).unwrap();
                for expected in 1..=1000_i64 {
                    host.enter(b"key");
                    let output = stage.process(0, b"key", b"record", NO_TIMESTAMP).unwrap();
                    assert_eq!(results(&host, output), [expected.to_be_bytes()]);
                }
                stage.close().unwrap();
            });
        }
    });
}
