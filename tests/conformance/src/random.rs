//! Types and values that nobody thought of: any type that Flink can have, and any value of it.
//!
//! One generator serves all: property tests, which feed it bytes that they shrink; fuzzing, which feeds
//! it bytes that it mutates; and files for Flink to check, which feed it a seed. It draws
//! [`Choices`] and makes of them what is small and plain when they are zero.

mod choices;
mod coders;
mod types;
mod values;

pub use choices::Choices;
pub use coders::coder_spec;
pub use types::data_type;
pub use values::value;
