//! The windowing model: which windows a record falls into, and when a window's result is told.
//!
//! The model is Beam's, with Flink's clock: a watermark of `t` says that no record with a timestamp of
//! `t` or less is to come, and a window is over when the watermark reaches its
//! [`max_timestamp`](Window::max_timestamp). All times are in milliseconds since the epoch.
//!
//! * [`WindowFn`] assigns windows: [`Tumbling`], [`Sliding`], [`Session`], [`Global`], or one of your
//!   own, with merging if it needs that.
//! * [`Trigger`] says when a window fires: once the watermark passes, early and late, by count, by
//!   processing time, and combinations of these.
//! * [`WindowingStrategy`] has both, and [how long late records are awaited](WindowingStrategy::allowed_lateness),
//!   [whether panes accumulate](AccumulationMode) and [what timestamp a result has](TimestampCombiner).
//! * [`PaneInfo`] tells a function which of a window's firings it sees.

mod assign;
mod message;
mod millis;
mod pane;
mod proto;
mod strategy;
mod trigger;
mod window;

pub use assign::{Assigned, Global, Session, Sliding, Tumbling, WindowFn};
pub use message::{Named, Windows};
pub use millis::Millis;
pub use pane::{PaneInfo, PaneTiming};
pub use proto::FindWindowFn;
pub use strategy::{AccumulationMode, TimestampCombiner, WindowingStrategy};
pub use trigger::Trigger;
pub use window::{InvalidWindowing, Window};
