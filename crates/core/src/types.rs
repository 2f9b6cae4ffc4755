//! Types of values: their description, and the Rust types that have one.
//!
//! [`DataType`] is the description; `parse` and `display` spell it as text, `wire` as protobuf, and
//! `check` tells what no type can be. [`Data`] connects it with a Rust type.

pub(crate) mod bytes;
mod check;
mod data;
pub(crate) mod data_type;
mod display;
mod kind;
mod option;
pub(crate) mod parse;
pub(crate) mod place;
mod scalar;
pub(crate) mod text;
pub(crate) mod tuple;
mod wire;

pub use check::MalformedType;
pub use data::{Data, Key, Owned, View};
pub use data_type::{DataType, Field};
pub use kind::Kind;
pub use parse::ParseTypeError;
