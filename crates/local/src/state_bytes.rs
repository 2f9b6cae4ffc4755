//! Numbers in snapshots.

use crate::error::JobError;

pub(crate) fn write_number(number: i64) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

pub(crate) fn read_number(bytes: &[u8]) -> Result<i64, JobError> {
    let bytes = bytes.try_into().map_err(|_| {
        JobError::Checkpoint(format!("expected a number of 8 bytes, found {} bytes", bytes.len()))
    })?;
    Ok(i64::from_le_bytes(bytes))
}
