//! JSON to text.

use std::fmt::{self, Display, Formatter, Write};

use crate::json::Json;

/// Without spaces, on one line and without tabs: a value stands in a column of a file.
impl Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(number) => f.write_str(number),
            Self::Text(text) => quote(text, f),
            Self::Array(elements) => {
                f.write_char('[')?;
                for (index, element) in elements.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    write!(f, "{element}")?;
                }
                f.write_char(']')
            }
            Self::Object(members) => {
                f.write_char('{')?;
                for (index, (name, value)) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    quote(name, f)?;
                    write!(f, ":{value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

fn quote(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for char in text.chars() {
        match char {
            '"' | '\\' => write!(f, "\\{char}")?,
            // Line ends of Unicode too: a file of lines may be read by other rules than these.
            _ if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') => {
                write!(f, "\\u{:04x}", u32::from(char))?;
            }
            _ => f.write_char(char)?,
        }
    }
    f.write_char('"')
}
