//! Points in time: milliseconds in eight bytes, big-endian, the sign bit turned over, so that the bytes
//! sort as the times do.

use crate::coder::{DecodeError, Input};

const SIGN: u64 = 1 << 63;

pub(super) fn write(millis: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(&(millis.cast_unsigned() ^ SIGN).to_be_bytes());
}

pub(super) fn read(input: &mut Input<'_>) -> Result<i64, DecodeError> {
    Ok((u64::from_be_bytes(input.array()?) ^ SIGN).cast_signed())
}
