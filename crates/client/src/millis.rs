//! Flink's times and durations, which are numbers of milliseconds; -1 stands for none.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer};

pub(crate) fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    Ok(optional_duration(from)?.unwrap_or_default())
}

pub(crate) fn optional_duration<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Duration>, D::Error> {
    Ok(u64::try_from(i64::deserialize(from)?).ok().map(Duration::from_millis))
}

pub(crate) fn optional_time<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<SystemTime>, D::Error> {
    Ok(optional_duration(from)?.map(|since| UNIX_EPOCH + since))
}
