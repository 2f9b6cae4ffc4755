//! CSV and JSON as Flink has them: rows to text and back, and pipelines that read files of them.
//!
//! [`ReadFiles`] gives pipelines the verbs for it. The same parser runs on every runner, so a record that is
//! malformed is so on all of them: it fails the job with file, line and column, or goes to a [side
//! output](MALFORMED).
//!
//! ```
//! use brookite_core::pipeline::Pipeline;
//! use brookite_formats::{Csv, MALFORMED, ReadFiles};
//! use brookite_macros::Row;
//!
//! #[derive(Row)]
//! struct Order<'r> {
//!     id: i64,
//!     name: Option<&'r str>,
//! }
//!
//! let p: Pipeline = Pipeline::new("orders");
//! p.read_json::<Order<'_>>("orders/*.json").map(|order| order.id).print();
//!
//! let format = Csv::new().delimiter(b';').malformed_to_side_output();
//! let orders = p.read_files::<Order<'_>>("orders.csv", format);
//! orders.map(|order| order.id).name("ids").print();
//! orders.side_output(&MALFORMED).map(|malformed| malformed.line).name("lines").print_with("malformed");
//! # p.build()?;
//! # Ok::<(), brookite_core::Error>(())
//! ```
//!
//! The crate is one of its own so that a plugin that reads no files contains no parser.
#![forbid(unsafe_code)]

mod csv;
mod fault;
mod format;
mod json;
mod malformed;
mod moment;
pub mod numbers;
mod parse;
mod quotes;
mod read;
mod records;
mod scalar;
mod write_scalar;

pub use csv::Csv;
pub use fault::Fault;
pub use format::{Format, RecordReader, RecordWriter};
pub use json::Json;
pub use malformed::{MALFORMED, Malformed, MalformedRecord};
pub use moment::TimestampFormat;
pub use read::ReadFiles;
pub use records::Records;
