//! Values as they came, one function for each type.

use brookite::prelude::*;

#[map]
fn echo_boolean(value: bool) -> bool {
    value
}

#[map]
fn echo_int(value: i32) -> i32 {
    value
}

#[map]
fn echo_long(value: i64) -> i64 {
    value
}

#[map]
fn echo_double(value: f64) -> f64 {
    value
}

#[map]
fn echo_string(value: &str) -> &str {
    value
}

#[map]
fn echo_bytes(value: &[u8]) -> &[u8] {
    value
}

#[map]
fn echo_tuple(value: (i64, Option<String>, f64)) -> (i64, Option<String>, f64) {
    value
}

/// A row with a column of each kind, three of which may be null.
#[derive(Row)]
struct Columns<'a> {
    id: i64,
    text: Option<&'a str>,
    bytes: Option<&'a [u8]>,
    ratio: Option<f64>,
}

#[map]
fn echo_row(row: Columns<'_>) -> Columns<'_> {
    row
}
