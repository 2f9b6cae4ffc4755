//! Types of values: their description, and the Rust types that have one.

pub(crate) mod bytes;
mod data;
mod data_type;
mod option;
mod scalar;
pub(crate) mod text;
pub(crate) mod tuple;

pub use data::{Data, Key, Owned, View};
pub use data_type::{DataType, Field, Kind, MalformedType};
