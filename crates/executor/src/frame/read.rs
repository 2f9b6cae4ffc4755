//! Reading frames.

use brookite_core::function::TimeDomain;
use brookite_core::state::{StateChange, StateId};

use crate::frame::{
    Frame, RECORD, RECORD_AT, SIDE, STATE, TIMER, TimerCommand, TimerFrame, header_of,
};

/// Bytes that are no frames.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed frame {reason} (at byte {offset})")]
pub struct MalformedFrame {
    offset: usize,
    reason: &'static str,
}

/// Reads frames one after the other.
#[derive(Clone, Debug)]
pub struct Frames<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Frames<'a> {
    /// The frames in `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    fn read(&mut self) -> Result<Frame<'a>, &'static str> {
        let [kind, length] = self.ints().ok_or("header")?;
        let payload = self.cut(length).ok_or("payload")?;
        let mut payload = Frames::new(payload);
        let frame = match kind {
            RECORD => Frame::Record(payload.rest()),
            STATE => payload.state()?,
            TIMER => payload.timer()?,
            SIDE => {
                let [output] = payload.ints().ok_or("of a side record")?;
                let output = u32::try_from(output).map_err(|_| "side output")?;
                Frame::Side { output, record: payload.rest() }
            }
            RECORD_AT => {
                let timestamp = payload.long().ok_or("of a record with timestamp")?;
                Frame::RecordAt { timestamp, record: payload.rest() }
            }
            _ => return Err("kind"),
        };
        if payload.rest().is_empty() { Ok(frame) } else { Err("payload, which is too long") }
    }

    fn state(&mut self) -> Result<Frame<'a>, &'static str> {
        let [state, code, key, namespace, entry, value] = self.ints().ok_or("of state")?;
        let state = StateId(u32::try_from(state).map_err(|_| "state id")?);
        let key = self.cut(key).ok_or("key")?;
        let namespace = self.cut(namespace).ok_or("namespace")?;
        let entry = self.cut(entry).ok_or("entry")?;
        let value = self.cut(value).ok_or("value")?;
        let change = u32::try_from(code)
            .ok()
            .and_then(|code| StateChange::from_code(code, entry, value))
            .ok_or("change of state")?;
        Ok(Frame::State { state, key, namespace, change })
    }

    fn timer(&mut self) -> Result<Frame<'a>, &'static str> {
        let [command, domain] = self.ints().ok_or("of a timer")?;
        let time = self.long().ok_or("of a timer")?;
        let [key, namespace] = self.ints().ok_or("of a timer")?;
        let command = match command {
            0 => TimerCommand::Register,
            1 => TimerCommand::Delete,
            _ => return Err("timer command"),
        };
        let domain =
            u32::try_from(domain).ok().and_then(TimeDomain::from_code).ok_or("time domain")?;
        let key = self.cut(key).ok_or("key")?;
        let namespace = self.cut(namespace).ok_or("namespace")?;
        Ok(Frame::Timer { command, timer: TimerFrame { domain, time, key, namespace } })
    }

    fn ints<const N: usize>(&mut self) -> Option<[i32; N]> {
        let (ints, _) = self.bytes.get(self.offset..)?.as_chunks::<4>();
        let ints = ints.first_chunk::<N>()?;
        self.offset += 4 * N;
        Some(ints.map(i32::from_le_bytes))
    }

    fn long(&mut self) -> Option<i64> {
        let long = *self.bytes.get(self.offset..)?.first_chunk()?;
        self.offset += size_of::<i64>();
        Some(i64::from_le_bytes(long))
    }

    fn cut(&mut self, length: i32) -> Option<&'a [u8]> {
        let length = usize::try_from(length).ok()?;
        let taken = self.bytes.get(self.offset..)?.get(..length)?;
        self.offset += length;
        Some(taken)
    }

    fn rest(&mut self) -> &'a [u8] {
        let rest = self.bytes.get(self.offset..).unwrap_or_default();
        self.offset = self.bytes.len();
        rest
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Result<Frame<'a>, MalformedFrame>;

    fn next(&mut self) -> Option<Self::Item> {
        let offset = self.offset;
        if offset == self.bytes.len() {
            return None;
        }
        let frame = self.read().map_err(|reason| {
            // Nothing after a malformed frame can be told apart.
            self.offset = self.bytes.len();
            MalformedFrame { offset, reason }
        });
        Some(frame)
    }
}

/// The payload of output that is one record and nothing else, as most output is.
#[inline]
pub fn sole_record(output: &[u8]) -> Option<&[u8]> {
    let (header, payload) = output.split_first_chunk()?;
    (u64::from_le_bytes(*header) == header_of(RECORD, payload.len())).then_some(payload)
}
