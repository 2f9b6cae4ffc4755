//! Metrics of a function, below its operator's in Flink: counters, gauges, meters, histograms.
//!
//! A function declares its metrics in `open`, keeps the handles, and uses them as it pleases:
//!
//! ```
//! use brookite_core::Result;
//! use brookite_core::function::{MapFunction, OpenContext};
//! use brookite_core::metrics::{Counter, Gauge, Histogram, Meter};
//!
//! #[derive(Default)]
//! struct Parse {
//!     failures: Counter,
//!     last: Gauge<f64>,
//!     lines: Meter,
//!     length: Histogram,
//! }
//!
//! impl MapFunction for Parse {
//!     type In = &'static str;
//!     type Out = f64;
//!
//!     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
//!         self.failures = ctx.metrics().label("reason", "syntax").counter("failures")?;
//!         self.last = ctx.gauge("last")?;
//!         self.lines = ctx.meter("lines")?;
//!         self.length = ctx.histogram("length")?;
//!         Ok(())
//!     }
//!
//!     fn map(&mut self, line: &str) -> Result<f64> {
//!         self.lines.mark_event();
//!         self.length.update(line.len() as i64);
//!         let value = line.parse().unwrap_or_else(|_| {
//!             self.failures.inc();
//!             f64::NAN
//!         });
//!         self.last.set(value);
//!         Ok(value)
//!     }
//! }
//! ```
//!
//! A handle writes to a cell that it shares with the executor, and the first change since the last
//! time puts the metric on a list. At the end of a call the executor tells the host what is on the
//! list: a call that changes nothing costs one test, and metrics that did not change cost nothing.
//! Functions of one stage that declare a metric of the same name, labels and kind share it.
//!
//! The `Default` of each handle works on its own and is reported nowhere.

mod cell;
mod counter;
mod declaration;
mod error;
mod gauge;
mod group;
mod histogram;
mod meter;
mod wire;

pub use cell::{Changes, HISTOGRAM_SAMPLES, MetricCell};
pub use counter::Counter;
pub use declaration::{MetricDeclaration, MetricKind};
pub use error::MetricError;
pub use gauge::{Gauge, GaugeValue};
pub use group::MetricGroup;
pub use histogram::Histogram;
pub use meter::Meter;
