//! Writing frames.

use brookite_core::state::{StateChange, StateId};

use crate::frame::{
    HEADER, RECORD, RECORD_AT, SIDE, STATE, TIMER, TimerCommand, TimerFrame, header_of,
};

/// Appends a record frame whose payload `write` appends.
///
/// # Errors
/// What `write` fails with; the output is of no use then.
#[inline]
pub fn write_record<E>(
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
) -> Result<(), E> {
    let start = begin(out);
    write(out)?;
    end(out, start, RECORD);
    Ok(())
}

/// Appends a frame of a record with a timestamp of its own.
///
/// # Errors
/// As [`write_record`].
#[inline]
pub fn write_record_at<E>(
    out: &mut Vec<u8>,
    timestamp: i64,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
) -> Result<(), E> {
    let start = begin(out);
    out.extend_from_slice(&timestamp.to_le_bytes());
    write(out)?;
    end(out, start, RECORD_AT);
    Ok(())
}

/// Appends a frame of a record for the side output of that index.
///
/// # Errors
/// As [`write_record`].
#[inline]
pub fn write_side_record<E>(
    out: &mut Vec<u8>,
    output: u32,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
) -> Result<(), E> {
    let start = begin(out);
    out.extend_from_slice(&output.to_le_bytes());
    write(out)?;
    end(out, start, SIDE);
    Ok(())
}

/// Appends a state frame.
pub fn write_state(
    out: &mut Vec<u8>,
    state: StateId,
    key: &[u8],
    namespace: &[u8],
    change: StateChange<'_>,
) {
    let (code, entry, value) = change.code();
    let start = begin(out);
    put_ints(out, [state.0 as i32, code as i32]);
    put_ints(out, [key, namespace, entry, value].map(|part| part.len() as i32));
    for part in [key, namespace, entry, value] {
        out.extend_from_slice(part);
    }
    end(out, start, STATE);
}

/// Appends a timer frame.
pub fn write_timer(out: &mut Vec<u8>, command: TimerCommand, timer: TimerFrame<'_>) {
    let command = match command {
        TimerCommand::Register => 0,
        TimerCommand::Delete => 1,
    };
    let start = begin(out);
    put_ints(out, [command, timer.domain.code() as i32]);
    out.extend_from_slice(&timer.time.to_le_bytes());
    put_ints(out, [timer.key, timer.namespace].map(|part| part.len() as i32));
    out.extend_from_slice(timer.key);
    out.extend_from_slice(timer.namespace);
    end(out, start, TIMER);
}

#[inline]
fn begin(out: &mut Vec<u8>) -> usize {
    let start = out.len();
    out.extend_from_slice(&[0; HEADER]);
    start
}

fn put_ints<const N: usize>(out: &mut Vec<u8>, ints: [i32; N]) {
    out.extend_from_slice(ints.map(i32::to_le_bytes).as_flattened());
}

#[inline]
fn end(out: &mut [u8], start: usize, kind: i32) {
    let header = header_of(kind, out.len() - start - HEADER);
    // One store, so that whoever copies the frame next loads what was stored.
    out[start..start + HEADER].copy_from_slice(&header.to_le_bytes());
}
