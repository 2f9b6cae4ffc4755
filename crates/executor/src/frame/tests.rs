use super::*;

fn put(value: &'static [u8]) -> impl FnOnce(&mut Vec<u8>) -> Result<(), ()> {
    move |out| {
        out.extend_from_slice(value);
        Ok(())
    }
}

const TIMER: TimerFrame<'static> =
    TimerFrame { domain: TimeDomain::ProcessingTime, time: -7, key: b"key", namespace: b"space" };

fn change(change: StateChange<'static>) -> Frame<'static> {
    Frame::State { state: StateId(3), key: b"key", namespace: b"space", change }
}

/// One of each.
fn frames() -> Vec<Frame<'static>> {
    vec![
        Frame::Record(b"one"),
        change(StateChange::Update(b"value")),
        change(StateChange::Clear),
        change(StateChange::Append(b"element")),
        change(StateChange::PutEntry { key: b"entry", value: b"value" }),
        change(StateChange::RemoveEntry(b"entry")),
        Frame::State { state: StateId(0), key: b"", namespace: b"", change: StateChange::Clear },
        Frame::Timer { command: TimerCommand::Register, timer: TIMER },
        Frame::Timer {
            command: TimerCommand::Delete,
            timer: TimerFrame { domain: TimeDomain::EventTime, key: b"", namespace: b"", ..TIMER },
        },
        Frame::Side { output: 2, record: b"beside" },
        Frame::Side { output: 0, record: b"" },
        Frame::RecordAt { timestamp: i64::MAX, record: b"late" },
        Frame::Record(b""),
    ]
}

fn write(out: &mut Vec<u8>, frame: Frame<'static>) {
    match frame {
        Frame::Record(record) => write_record(out, put(record)).unwrap(),
        Frame::State { state, key, namespace, change } => {
            write_state(out, state, key, namespace, change);
        }
        Frame::Timer { command, timer } => write_timer(out, command, timer),
        Frame::Side { output, record } => write_side_record(out, output, put(record)).unwrap(),
        Frame::RecordAt { timestamp, record } => {
            write_record_at(out, timestamp, put(record)).unwrap();
        }
    }
}

#[test]
fn frames_of_every_kind_come_back_in_order() {
    let mut bytes = Vec::new();
    frames().into_iter().for_each(|frame| write(&mut bytes, frame));
    let read: Vec<_> = Frames::new(&bytes).map(Result::unwrap).collect();
    assert_eq!(read, frames());
}

#[test]
fn one_record_is_told_from_everything_else() {
    let mut bytes = Vec::new();
    assert_eq!(sole_record(&bytes), None);
    write_record(&mut bytes, put(b"one")).unwrap();
    assert_eq!(sole_record(&bytes), Some(&b"one"[..]));
    assert_eq!(sole_record(&bytes[..10]), None);
    write_record(&mut bytes, put(b"one")).unwrap();
    assert_eq!(sole_record(&bytes), None);
    for frame in frames() {
        bytes.clear();
        write(&mut bytes, frame);
        assert_eq!(sole_record(&bytes).is_some(), matches!(frame, Frame::Record(_)));
    }
}

#[test]
fn cut_frames_are_errors_and_end_the_reading() {
    for frame in frames() {
        let mut bytes = Vec::new();
        write(&mut bytes, frame);
        for length in 1..bytes.len() {
            let mut frames = Frames::new(&bytes[..length]);
            assert!(frames.next().unwrap().is_err(), "{length} bytes of {frame:?}");
            assert_eq!(frames.next(), None);
        }
    }
}

#[test]
fn numbers_that_mean_nothing_are_errors_that_say_which() {
    let malformed = |frame, at: usize, number: i32| {
        let mut bytes = Vec::new();
        write(&mut bytes, frame);
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        Frames::new(&bytes).next().unwrap().unwrap_err().to_string()
    };
    let timer = Frame::Timer { command: TimerCommand::Register, timer: TIMER };
    let state = change(StateChange::Update(b"value"));
    let message = |reason: &str| format!("malformed frame {reason} (at byte 0)");
    assert_eq!(malformed(timer, 0, 5), message("kind"));
    assert_eq!(malformed(timer, 0, -1), message("kind"));
    assert_eq!(malformed(timer, HEADER, 2), message("timer command"));
    assert_eq!(malformed(timer, HEADER + 4, 2), message("time domain"));
    assert_eq!(malformed(timer, HEADER + 16, -1), message("key"));
    assert_eq!(malformed(timer, HEADER + 20, 6), message("namespace"));
    assert_eq!(malformed(timer, HEADER + 20, 4), message("payload, which is too long"));
    assert_eq!(malformed(state, HEADER, -1), message("state id"));
    assert_eq!(malformed(state, HEADER + 4, 5), message("change of state"));
    // Cleared, and yet there is a value.
    assert_eq!(malformed(state, HEADER + 4, 1), message("change of state"));
    assert_eq!(malformed(state, HEADER + 20, i32::MAX), message("value"));
    let side = Frame::Side { output: 1, record: b"" };
    assert_eq!(malformed(side, HEADER, -1), message("side output"));
}
