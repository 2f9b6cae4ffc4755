//! Any messages as a stream's windows.

use brookite_core::proto;
use brookite_core::proto::windowing_strategy::WindowFn as Windows;
use brookite_core::windowing::{Assigned, InvalidWindowing, Tumbling, WindowFn, WindowingStrategy};
use prost::Message;

/// In how many windows a record may be for them to be looked at.
const MOST: i64 = 1_000;

/// What can be read can be carried out: each record has windows, and they are where it is.
pub(super) fn message(bytes: &[u8]) {
    let Ok(wire) = proto::WindowingStrategy::decode(bytes) else { return };
    let find = |name: &str, payload: &[u8]| -> Result<Box<dyn WindowFn>, InvalidWindowing> {
        match name {
            "known" => Ok(Box::new(Tumbling::of(payload.len() as i64 + 1))),
            _ => Err(InvalidWindowing::new("there is no such function")),
        }
    };
    let strategy = match WindowingStrategy::from_proto(&wire, &find) {
        Ok(strategy) => strategy,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert_eq!(strategy.check(), Ok(()));
    if let Some(Windows::Sliding(windows)) = &wire.window_fn
        && windows.size_ms / windows.slide_ms > MOST
    {
        return;
    }
    for timestamp in [i64::MIN, -1, 0, 1, 1_700_000_000_000, i64::MAX - 1] {
        let mut windows = Assigned::new();
        strategy.window_fn.assign(timestamp, &mut windows);
        for window in windows {
            assert!(window.start() <= timestamp && timestamp <= window.max_timestamp(), "{window}");
            assert!(strategy.cleanup_time(window) >= window.max_timestamp());
        }
    }
}
