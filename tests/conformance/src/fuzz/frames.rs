//! Any bytes as the output of a stage.

use brookite_core::function::TimeDomain;
use brookite_core::state::{StateDeclaration, StateKind, StateQuery, Ttl};
use brookite_core::types::{DataType, Kind};
use brookite_executor::frame::{
    Frame, Frames, sole_record, write_record, write_record_at, write_side_record, write_state,
    write_timer,
};
use brookite_executor::host::{Host, StateId};
use brookite_executor::memory::MemoryHost;

const KINDS: [StateKind; 8] = [
    StateKind::Value,
    StateKind::List,
    StateKind::Map,
    StateKind::Reducing,
    StateKind::Aggregating,
    StateKind::Broadcast,
    StateKind::OperatorList,
    StateKind::OperatorUnionList,
];

/// What is read is written as the same bytes again, up to the first frame that is none; and whatever is
/// done with state and timers can be.
pub(super) fn bytes(bytes: &[u8]) {
    let mut written = Vec::new();
    let mut broken = false;
    let mut frames = Vec::new();
    for frame in Frames::new(bytes) {
        assert!(!broken, "nothing comes after what is no frame");
        match frame {
            Ok(frame) => {
                write(frame, &mut written);
                frames.push(frame);
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                broken = true;
            }
        }
    }
    assert!(bytes.starts_with(&written) && (broken || bytes.len() == written.len()));
    let alone = match frames[..] {
        [Frame::Record(record)] if !broken => Some(record),
        _ => None,
    };
    assert_eq!(sole_record(bytes), alone);
    apply(bytes);
}

fn write(frame: Frame<'_>, out: &mut Vec<u8>) {
    let put = |record: &[u8]| {
        let record = record.to_vec();
        move |out: &mut Vec<u8>| -> Result<(), ()> {
            out.extend(record);
            Ok(())
        }
    };
    let done = match frame {
        Frame::Record(record) => write_record(out, put(record)),
        Frame::RecordAt { timestamp, record } => write_record_at(out, timestamp, put(record)),
        Frame::Side { output, record } => write_side_record(out, output, put(record)),
        Frame::State { state, key, namespace, change } => {
            write_state(out, state, key, namespace, change);
            Ok(())
        }
        Frame::Timer { command, timer } => {
            write_timer(out, command, timer);
            Ok(())
        }
    };
    assert_eq!(done, Ok(()));
}

/// To a host that has two states of each kind, the keyed ones once with values that expire.
fn apply(bytes: &[u8]) {
    let mut host = MemoryHost::new();
    let mut states = Vec::new();
    for kind in KINDS {
        for ttl in [None, Some(Ttl::of(5))] {
            let declaration = StateDeclaration {
                name: format!("{kind:?} {ttl:?}"),
                kind,
                data_type: DataType::required(Kind::BigInt),
                key_type: kind.is_map().then(|| DataType::required(Kind::String)),
                ttl: ttl.filter(|_| kind.is_keyed()),
            };
            let state = host.register_state(&declaration).expect("a good declaration");
            states.push((state, kind));
        }
    }
    let applied = host.apply(bytes, |_| ());
    for time in [4, 5] {
        host.set_processing_time(time);
        states.iter().for_each(|(state, kind)| look_at(&mut host, *state, *kind));
    }
    let timers = host.timers();
    for timer in &timers {
        assert!(host.take_due(timer.domain, timer.time).is_some());
    }
    assert_eq!(host.take_due(TimeDomain::EventTime, i64::MAX), None);
    assert_eq!(host.take_due(TimeDomain::ProcessingTime, i64::MAX), None);
    if applied.is_ok() {
        assert!(Frames::new(bytes).all(|frame| frame.is_ok()));
    }
}

fn look_at(host: &mut MemoryHost, state: StateId, kind: StateKind) {
    let queries: &[StateQuery<'_>] = if kind.is_map() {
        &[StateQuery::Entry(b""), StateQuery::Entry(b"k"), StateQuery::Entries]
    } else if kind.is_list() {
        &[StateQuery::List]
    } else {
        &[StateQuery::Value]
    };
    for key in [&b""[..], b"k"] {
        host.enter(key);
        for query in queries {
            let mut out = Vec::new();
            let found = host.read_state(state, b"", *query, &mut out).expect("a good query");
            assert!(found || out.is_empty());
        }
    }
}
