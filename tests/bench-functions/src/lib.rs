//! The Rust half of the bench: each function has a twin in Java, in `org.brookite.bench`.
//!
//! They are written the way a user writes a function, not for the bench.

mod average;
mod count;
mod json;
mod upper;

use brookite::prelude::*;

#[map]
fn identity_long(value: i64) -> i64 {
    value
}

brookite::export!();
