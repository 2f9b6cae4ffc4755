//! Pairs of values of two streams that are in one window.

use crate::error::Result;
use crate::function::{Collector, OpenContext};
use crate::types::{Data, View};

/// Joins two keyed streams by their windows: it is called for each pair of values that have the same key
/// and are in the same window.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{Collector, JoinFunction};
///
/// /// Orders and their payments.
/// #[derive(Default)]
/// struct Paid;
///
/// impl JoinFunction for Paid {
///     type In1 = (i64, &'static str);
///     type In2 = (i64, f64);
///     type Out = (&'static str, f64);
///
///     fn join(
///         &mut self,
///         (_, item): &(i64, &str),
///         (_, amount): &(i64, f64),
///         out: &mut Collector<'_, Self::Out>,
///     ) -> Result<()> {
///         out.collect((item, *amount));
///         Ok(())
///     }
/// }
/// ```
pub trait JoinFunction: 'static {
    /// The type of the first stream's values.
    type In1: Data;
    /// The type of the second stream's values.
    type In2: Data;
    /// The type of the results.
    type Out: Data;

    /// Called once before the first pair.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Works on a pair. It may emit any number of results: none to drop the pair.
    ///
    /// # Errors
    /// Fails the stage.
    fn join(
        &mut self,
        first: &View<'_, Self::In1>,
        second: &View<'_, Self::In2>,
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
