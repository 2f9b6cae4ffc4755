//! What two streams have in one window.

use crate::error::Result;
use crate::function::{Collector, OpenContext};
use crate::types::{Data, View};

/// Works on all values of two keyed streams that have the same key and are in the same window. One of
/// the streams may have none.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{CoGroupFunction, Collector};
///
/// /// Orders without payment.
/// #[derive(Default)]
/// struct Unpaid;
///
/// impl CoGroupFunction for Unpaid {
///     type In1 = (i64, &'static str);
///     type In2 = (i64, f64);
///     type Out = &'static str;
///
///     fn co_group(
///         &mut self,
///         orders: &[(i64, &str)],
///         payments: &[(i64, f64)],
///         out: &mut Collector<'_, &'static str>,
///     ) -> Result<()> {
///         if payments.is_empty() {
///             orders.iter().for_each(|(_, item)| out.collect(item));
///         }
///         Ok(())
///     }
/// }
/// ```
pub trait CoGroupFunction: 'static {
    /// The type of the first stream's values.
    type In1: Data;
    /// The type of the second stream's values.
    type In2: Data;
    /// The type of the results.
    type Out: Data;

    /// Called once before the first group.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Works on a group: the values of each stream, in the order in which they came.
    ///
    /// # Errors
    /// Fails the stage.
    fn co_group(
        &mut self,
        first: &[View<'_, Self::In1>],
        second: &[View<'_, Self::In2>],
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;

    /// Called once at the end, also after a failure.
    ///
    /// # Errors
    /// Fails the stage.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
