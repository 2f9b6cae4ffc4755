//! Upper case, of text and of a column.

use brookite::prelude::*;

#[map]
fn upper_string(text: &str) -> String {
    text.to_uppercase()
}

/// A row whose text is read where it lies.
#[derive(Row)]
struct Line<'a> {
    id: i64,
    text: &'a str,
}

/// A row whose text is made.
#[derive(Row)]
struct UpperLine {
    id: i64,
    text: String,
}

#[map]
fn upper_row(line: Line<'_>) -> UpperLine {
    UpperLine { id: line.id, text: line.text.to_uppercase() }
}
