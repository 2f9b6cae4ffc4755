//! Timestamps taken from values.

use crate::error::Result;
use crate::function::OpenContext;
use crate::types::{Data, View};

/// Says at which time a value happened, like Flink's class of that name. The job's watermark strategy
/// gives each value the timestamp that this function extracts from it.
///
/// ```
/// use brookite_core::{Result, function::TimestampAssigner};
///
/// /// The first field is the time.
/// struct At;
///
/// impl TimestampAssigner for At {
///     type In = (i64, &'static str);
///
///     fn extract_timestamp(
///         &mut self,
///         (at, _): &(i64, &str),
///         _before: Option<i64>,
///     ) -> Result<i64> {
///         Ok(*at)
///     }
/// }
/// ```
pub trait TimestampAssigner: 'static {
    /// The type of the values.
    type In: Data;

    /// Called once before the first value.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// The value's timestamp in milliseconds since the epoch. `before` is the one that it has so far,
    /// from the source for example; `None` when it has none.
    ///
    /// # Errors
    /// Fails the stage.
    fn extract_timestamp(&mut self, value: &View<'_, Self::In>, before: Option<i64>)
    -> Result<i64>;

    /// Called once at the end, also after a failure.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
