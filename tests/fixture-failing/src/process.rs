//! Failures at a record.

use std::fmt;

use brookite::prelude::*;

/// A panic with a formatted message.
#[map]
fn panic_process(text: &str) -> &str {
    panic!("cannot digest {text:?}")
}

/// A panic whose payload is no text.
#[map]
fn panic_without_text(text: &str) -> &str {
    std::panic::panic_any(text.len())
}

/// An error with a cause.
#[map]
fn error_process(text: &str) -> Result<&str> {
    match text.parse::<i32>() {
        Ok(_) => Ok(text),
        Err(source) => Err(NotANumber { source }.into()),
    }
}

#[derive(Debug)]
struct NotANumber {
    source: std::num::ParseIntError,
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the record is no number")
    }
}

impl std::error::Error for NotANumber {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Works 999,999 times.
#[derive(Default)]
struct PanicOnMillionth {
    records: u64,
}

#[function]
impl MapFunction for PanicOnMillionth {
    type In = i64;
    type Out = i64;

    fn map(&mut self, number: i64) -> Result<i64> {
        self.records += 1;
        assert!(self.records != 1_000_000, "boom {}", self.records);
        Ok(number)
    }
}
