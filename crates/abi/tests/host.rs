//! Hosts that fail: their errors and panics come back through the plugin, and never unwind into it.

mod support;

use brookite_abi::host::{Host, HostError, LogOrigin, MetricSlot, StateId};
use brookite_abi::metrics::MetricDeclaration;
use brookite_abi::proto::FailureKind;
use brookite_abi::state::{StateChange, StateDeclaration, StateQuery};
use brookite_executor::stage::NO_TIMESTAMP;

use crate::support::{counting, keyed, open, spec};

/// Where a host fails, and whether with an error or a panic.
#[derive(Clone, Copy, Default)]
struct Failing {
    register_state: Option<Way>,
    read_state: Option<Way>,
    write_state: Option<Way>,
    processing_time: Option<Way>,
    register_metric: Option<Way>,
    update_metric: bool,
    log: bool,
}

#[derive(Clone, Copy)]
enum Way {
    Error,
    Panic,
}

fn fail(way: Option<Way>, what: &str) -> Result<(), HostError> {
    match way {
        None => Ok(()),
        Some(Way::Error) => Err(HostError::new(format_args!("cannot {what}"))),
        Some(Way::Panic) => panic!("must not {what}"),
    }
}

impl Host for Failing {
    fn register_state(&mut self, _: &StateDeclaration) -> Result<StateId, HostError> {
        fail(self.register_state, "register state").map(|()| StateId(0))
    }

    fn read_state(
        &mut self,
        _: StateId,
        _: &[u8],
        query: StateQuery<'_>,
        _: &mut Vec<u8>,
    ) -> Result<bool, HostError> {
        if query == StateQuery::Types {
            return Ok(false);
        }
        fail(self.read_state, "read state").map(|()| false)
    }

    fn write_state(&mut self, _: StateId, _: &[u8], _: StateChange<'_>) -> Result<(), HostError> {
        fail(self.write_state, "write state")
    }

    fn processing_time(&mut self) -> Result<i64, HostError> {
        fail(self.processing_time, "tell the time").map(|()| 0)
    }

    fn register_metric(&mut self, _: &MetricDeclaration) -> Result<MetricSlot, HostError> {
        fail(self.register_metric, "register metric").map(|()| MetricSlot(0))
    }

    fn update_metric(&mut self, _: MetricSlot, value: i64) {
        assert!(!self.update_metric, "must not update metric to {value}");
    }

    fn log_level(&mut self, _: &str) -> log::LevelFilter {
        log::LevelFilter::Info
    }

    fn log(&mut self, _: log::Level, _: &str, _: LogOrigin<'_>, message: &str) {
        assert!(!self.log, "must not log: {message}");
    }
}

#[test]
fn an_error_while_opening() {
    for (way, message) in
        [(Way::Error, "cannot register state"), (Way::Panic, "must not register state")]
    {
        let host = Failing { register_state: Some(way), ..Failing::default() };
        let failure = open(&counting(), host).err().unwrap();
        assert_eq!(failure.kind(), FailureKind::Host);
        assert_eq!(failure.phase, "open");
        assert_eq!(failure.function, "count_or_fail");
        assert!(failure.message.contains(message), "{}", failure.message);
    }
}

#[test]
fn an_error_while_reading_state() {
    for (way, message) in [(Way::Error, "cannot read state"), (Way::Panic, "must not read state")] {
        let host = Failing { read_state: Some(way), ..Failing::default() };
        let mut stage = open(&counting(), host).unwrap();
        let failure = stage.process(0, b"key", b"record", NO_TIMESTAMP).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Host);
        assert_eq!(failure.phase, "process");
        assert_eq!(failure.function, "count_or_fail");
        assert!(failure.message.contains(message), "{}", failure.message);
    }
}

#[test]
fn an_error_while_writing_state() {
    let ways = [(Way::Error, "cannot write state"), (Way::Panic, "must not write state")];
    for (way, message) in ways {
        let host = Failing { write_state: Some(way), ..Failing::default() };
        let mut stage = open(&keyed("count_lately"), host).unwrap();
        let failure = stage.process(0, b"key", b"text", NO_TIMESTAMP).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Host);
        assert_eq!((&*failure.function, &*failure.phase), ("count_lately", "process"));
        assert!(failure.message.contains(message), "{}", failure.message);
    }
}

#[test]
fn an_error_while_telling_the_time() {
    let ways = [(Way::Error, "cannot tell the time"), (Way::Panic, "must not tell the time")];
    for (way, message) in ways {
        let host = Failing { processing_time: Some(way), ..Failing::default() };
        let mut stage = open(&keyed("ring_or_fail"), host).unwrap();
        let failure = stage.process(0, b"key", b"clock", NO_TIMESTAMP).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Host);
        assert_eq!((&*failure.function, &*failure.phase), ("ring_or_fail", "process"));
        assert!(failure.message.contains(message), "{}", failure.message);
    }
}

#[test]
fn an_error_while_registering_a_metric() {
    let host = Failing { register_metric: Some(Way::Error), ..Failing::default() };
    let failure = open(&spec("noisy"), host).err().unwrap();
    assert_eq!(failure.kind(), FailureKind::Host);
    assert!(failure.message.contains("cannot register metric"), "{}", failure.message);
}

#[test]
fn a_panic_where_a_callback_has_no_result() {
    let hosts = [
        (Failing { update_metric: true, ..Failing::default() }, "must not update metric to "),
        (Failing { log: true, ..Failing::default() }, "must not log: heard \"record\""),
    ];
    for (host, message) in hosts {
        let mut stage = open(&spec("noisy"), host).unwrap();
        let failure = stage.process(0, b"", b"record", NO_TIMESTAMP).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Panic);
        assert!(failure.message.contains(message), "{}", failure.message);
        assert!(failure.location.contains("host.rs:"), "{}", failure.location);
        stage.close().unwrap();
    }
}
