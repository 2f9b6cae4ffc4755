//! Pairs of values of two streams that are close in time.

use std::fmt;
use std::ops::Deref;

use crate::error::Result;
use crate::function::{Collector, OpenContext, PlainContext, SideOutputs};
use crate::types::{Data, View};

/// Joins two keyed streams by time: it is called for each pair of values that have the same key and of
/// which the second is not further from the first than the join's bounds say. The result has the later
/// of the two timestamps.
///
/// ```
/// use brookite_core::Result;
/// use brookite_core::function::{Collector, JoinContext, ProcessJoinFunction};
///
/// /// How long after being shown an advertisement was clicked, in milliseconds.
/// #[derive(Default)]
/// struct Latency;
///
/// impl ProcessJoinFunction for Latency {
///     type In1 = &'static str;
///     type In2 = &'static str;
///     type Out = i64;
///
///     fn process_element(
///         &mut self,
///         _shown: &&str,
///         _clicked: &&str,
///         ctx: &JoinContext<'_>,
///         out: &mut Collector<'_, i64>,
///     ) -> Result<()> {
///         out.collect(ctx.right_timestamp() - ctx.left_timestamp());
///         Ok(())
///     }
/// }
/// ```
pub trait ProcessJoinFunction: 'static {
    /// The type of the first stream's values.
    type In1: Data;
    /// The type of the second stream's values.
    type In2: Data;
    /// The type of the results.
    type Out: Data;

    /// The side outputs that this function emits into. None unless it says otherwise.
    fn side_outputs() -> SideOutputs
    where
        Self: Sized,
    {
        SideOutputs::none()
    }

    /// Called once before the first pair.
    ///
    /// # Errors
    /// Fails the stage.
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _ = ctx;
        Ok(())
    }

    /// Works on a pair.
    ///
    /// # Errors
    /// Fails the stage.
    fn process_element(
        &mut self,
        left: &View<'_, Self::In1>,
        right: &View<'_, Self::In2>,
        ctx: &JoinContext<'_>,
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

/// What a join learns about the pair at hand. It is a [`PlainContext`] whose timestamp is the later of
/// the two.
pub struct JoinContext<'a> {
    plain: PlainContext<'a>,
    left: i64,
    right: i64,
}

impl<'a> JoinContext<'a> {
    /// The context of a pair with these timestamps.
    pub fn new(plain: PlainContext<'a>, left: i64, right: i64) -> Self {
        Self { plain, left, right }
    }

    /// The timestamp of the first stream's value, in milliseconds since the epoch.
    pub fn left_timestamp(&self) -> i64 {
        self.left
    }

    /// The timestamp of the second stream's value, in milliseconds since the epoch.
    pub fn right_timestamp(&self) -> i64 {
        self.right
    }
}

impl<'a> Deref for JoinContext<'a> {
    type Target = PlainContext<'a>;

    fn deref(&self) -> &PlainContext<'a> {
        &self.plain
    }
}

impl fmt::Debug for JoinContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinContext")
            .field("left_timestamp", &self.left)
            .field("right_timestamp", &self.right)
            .finish_non_exhaustive()
    }
}
