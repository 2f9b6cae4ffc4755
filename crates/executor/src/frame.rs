//! Frames: what a call of a stage returns.
//!
//! A call returns any number of frames, one after the other, each a kind and a length (both i32,
//! little-endian) and the payload. The host applies them in order.
//!
//! | kind | payload |
//! |---|---|
//! | 0, record | a result, in the encoding of the output edge; it has the timestamp of the record at hand |
//! | 1, state | state id, key length, value length or -1 to clear (i32 each), key, value |

use brookite_core::state::{StateChange, StateId};

/// A frame's kind and length.
pub const HEADER: usize = 8;

const RECORD: i32 = 0;
const STATE: i32 = 1;
const STATE_HEADER: usize = 12;

/// A frame that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame<'a> {
    /// A result.
    Record(&'a [u8]),
    /// A change of a key's state.
    State {
        /// Which state.
        state: StateId,
        /// The key's bytes, as the host passed them in.
        key: &'a [u8],
        /// What to store.
        change: StateChange<'a>,
    },
}

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
        match kind {
            RECORD => Ok(Frame::Record(payload)),
            STATE => {
                let mut payload = Frames::new(payload);
                let [state, key_length, value_length] = payload.ints().ok_or("of state")?;
                let state = StateId(u32::try_from(state).map_err(|_| "state id")?);
                let key = payload.cut(key_length).ok_or("key")?;
                let change = match value_length {
                    -1 => StateChange::Clear,
                    length => StateChange::Update(payload.cut(length).ok_or("value")?),
                };
                Ok(Frame::State { state, key, change })
            }
            _ => Err("kind"),
        }
    }

    fn ints<const N: usize>(&mut self) -> Option<[i32; N]> {
        let (ints, _) = self.bytes.get(self.offset..)?.as_chunks::<4>();
        let ints = ints.first_chunk::<N>()?;
        self.offset += 4 * N;
        Some(ints.map(i32::from_le_bytes))
    }

    fn cut(&mut self, length: i32) -> Option<&'a [u8]> {
        let length = usize::try_from(length).ok()?;
        let taken = self.bytes.get(self.offset..)?.get(..length)?;
        self.offset += length;
        Some(taken)
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

/// Appends a record frame whose payload `write` appends.
#[inline]
pub(crate) fn write_record<E>(
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
) -> Result<(), E> {
    let start = out.len();
    out.extend_from_slice(&[0; HEADER]);
    write(out)?;
    end(out, start, RECORD);
    Ok(())
}

/// Appends a state frame.
pub(crate) fn write_state(out: &mut Vec<u8>, state: StateId, key: &[u8], change: StateChange<'_>) {
    let start = out.len();
    out.extend_from_slice(&[0; HEADER]);
    let (length, value) = match change {
        StateChange::Update(value) => (value.len() as i32, value),
        StateChange::Clear => (-1, &[][..]),
    };
    for int in [state.0 as i32, key.len() as i32, length] {
        out.extend_from_slice(&int.to_le_bytes());
    }
    debug_assert_eq!(out.len(), start + HEADER + STATE_HEADER);
    out.extend_from_slice(key);
    out.extend_from_slice(value);
    end(out, start, STATE);
}

#[inline]
fn end(out: &mut [u8], start: usize, kind: i32) {
    let header = header_of(kind, out.len() - start - HEADER);
    // One store, so that whoever copies the frame next loads what was stored.
    out[start..start + HEADER].copy_from_slice(&header.to_le_bytes());
}

/// Kind and length as one number. Lengths fit: a stage turns down output of more than i32::MAX bytes
/// in all.
#[inline]
fn header_of(kind: i32, length: usize) -> u64 {
    (length as u64) << 32 | u64::from(kind.cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_in_order() {
        let mut bytes = Vec::new();
        let put = |value: &'static [u8]| {
            move |out: &mut Vec<u8>| {
                out.extend_from_slice(value);
                Ok::<_, ()>(())
            }
        };
        write_record(&mut bytes, put(b"one")).unwrap();
        write_state(&mut bytes, StateId(3), b"key", StateChange::Update(b"value"));
        write_state(&mut bytes, StateId(4), b"", StateChange::Clear);
        write_record(&mut bytes, put(b"")).unwrap();
        let frames: Vec<_> = Frames::new(&bytes).map(Result::unwrap).collect();
        let state = |id, key, change| Frame::State { state: StateId(id), key, change };
        assert_eq!(
            frames,
            [
                Frame::Record(b"one"),
                state(3, b"key", StateChange::Update(b"value")),
                state(4, b"", StateChange::Clear),
                Frame::Record(b""),
            ]
        );
    }

    #[test]
    fn one_record_is_told_from_everything_else() {
        let mut bytes = Vec::new();
        assert_eq!(sole_record(&bytes), None);
        let put = |out: &mut Vec<u8>| {
            out.extend_from_slice(b"one");
            Ok::<_, ()>(())
        };
        write_record(&mut bytes, put).unwrap();
        assert_eq!(sole_record(&bytes), Some(&b"one"[..]));
        assert_eq!(sole_record(&bytes[..10]), None);
        write_record(&mut bytes, put).unwrap();
        assert_eq!(sole_record(&bytes), None);
        bytes.clear();
        write_state(&mut bytes, StateId(0), b"key", StateChange::Clear);
        assert_eq!(sole_record(&bytes), None);
    }

    #[test]
    fn cut_frames_are_errors_and_end_the_reading() {
        let mut bytes = Vec::new();
        write_state(&mut bytes, StateId(3), b"key", StateChange::Update(b"value"));
        for length in 1..bytes.len() {
            let mut frames = Frames::new(&bytes[..length]);
            assert!(frames.next().unwrap().is_err(), "{length} bytes");
            assert_eq!(frames.next(), None);
        }
    }
}
