//! JSON, read and written so that no digit is lost, and the values it stands for.
//!
//! Numbers keep their text: `1E+3` is another decimal than `1000`, and a `FLOAT` must not pass through a
//! double on its way. Objects keep their order. Both, and nesting as deep as types go, are why no
//! library does it.

pub mod decimal;
mod parse;
mod print;
pub mod time;
pub mod value;

pub use parse::parse;

/// A JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// Values in brackets.
    Array(Vec<Json>),
    /// Names and values in braces, in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number.
    pub fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }
}
