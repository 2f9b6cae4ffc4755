//! Panes: a byte, and the indices where they are not both zero.
//!
//! The byte's low half is the two flags and the timing, its high half says which indices follow: none,
//! one as a varint (the other is the same, or -1 for an early pane), or both. Beam's model describes the
//! flags the other way round; its test data and its SDKs have the first pane in the lowest bit.

use crate::beam::value::{Pane, Timing};
use crate::beam::varint;
use crate::coder::{DecodeError, DecodeErrorKind, Input};

const FIRST: u8 = 1;
const LAST: u8 = 2;
const TIMING: u32 = 2;
const INDICES: u32 = 4;

/// The on-time index of an early pane.
const NEVER_ON_TIME: i64 = -1;

pub(super) fn write(pane: &Pane, out: &mut Vec<u8>) {
    let Pane { is_first, is_last, timing, index, on_time_index } = *pane;
    let indices = if index == 0 && on_time_index == 0 {
        0
    } else if on_time_index == derived(timing, index) {
        1
    } else {
        2
    };
    let flags = if is_first { FIRST } else { 0 } | if is_last { LAST } else { 0 };
    out.push(flags | (timing as u8) << TIMING | indices << INDICES);
    for index in [index, on_time_index].into_iter().take(indices.into()) {
        varint::write(index, out);
    }
}

pub(super) fn read(input: &mut Input<'_>) -> Result<Pane, DecodeError> {
    let offset = input.offset();
    let byte = input.byte()?;
    let timing = match byte >> TIMING & 3 {
        0 => Timing::Early,
        1 => Timing::OnTime,
        2 => Timing::Late,
        _ => Timing::Unknown,
    };
    let (index, on_time_index) = match byte >> INDICES {
        0 => (0, 0),
        1 => {
            let index = varint::read(input)?;
            (index, derived(timing, index))
        }
        2 => (varint::read(input)?, varint::read(input)?),
        found => {
            let expected = "a pane with none, one or two indices".to_owned();
            let kind = DecodeErrorKind::UnknownTag { expected, found: found.into() };
            return Err(DecodeError::new(offset, kind));
        }
    };
    let (is_first, is_last) = (byte & FIRST != 0, byte & LAST != 0);
    Ok(Pane { is_first, is_last, timing, index, on_time_index })
}

fn derived(timing: Timing, index: i64) -> i64 {
    if timing == Timing::Early { NEVER_ON_TIME } else { index }
}
