//! What stands behind a function's context during a call.

use crate::coder::{EncodeError, Encoding};
use crate::error::Result;
use crate::function::{SideOutput, Timer, TimerCommand};

/// What stands behind a context during a call; executors implement it.
///
/// All methods take `&self`: a function may hold its context while its collector is at work.
pub trait CallHost {
    /// The operator's watermark; `i64::MIN` before the first.
    fn current_watermark(&self) -> i64;

    /// The machine's clock, in milliseconds since the epoch.
    ///
    /// # Errors
    /// When the host fails.
    fn current_processing_time(&self) -> Result<i64>;

    /// Does something with a timer of a key.
    ///
    /// # Errors
    /// When the host takes no timers.
    fn timer(&self, key: &[u8], command: TimerCommand, timer: Timer) -> Result<()>;

    /// Emits a value into a side output, which `write` writes unless nobody takes that output.
    ///
    /// # Errors
    /// When the function at work has not declared that output, or one of another type, and when the
    /// value cannot be encoded.
    fn side_output(&self, output: &SideOutput, write: SideWriter<'_>) -> Result<()>;
}

/// Appends a value in the encoding that it is given, which must be one that its type has.
pub type SideWriter<'w> =
    &'w mut dyn FnMut(Encoding, &mut Vec<u8>) -> std::result::Result<(), EncodeError>;
