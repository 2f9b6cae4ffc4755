//! Failures before and after all records: while the function is made, in `open`, in `close`.
//!
//! Each takes text and returns it as it is.

use brookite::prelude::*;

struct PanicNew;

impl Default for PanicNew {
    fn default() -> Self {
        panic!("no {} today", "constructor")
    }
}

#[function]
impl MapFunction for PanicNew {
    type In = &'static str;
    type Out = &'static str;

    fn map<'a>(&'a mut self, text: &'a str) -> Result<&'a str> {
        Ok(text)
    }
}

#[derive(Default)]
struct PanicOpen;

#[function]
impl MapFunction for PanicOpen {
    type In = &'static str;
    type Out = &'static str;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        panic!("cannot open subtask {}", ctx.subtask().index)
    }

    fn map<'a>(&'a mut self, text: &'a str) -> Result<&'a str> {
        Ok(text)
    }
}

#[derive(Default)]
struct ErrorOpen;

#[function]
impl MapFunction for ErrorOpen {
    type In = &'static str;
    type Out = &'static str;

    fn open(&mut self, _ctx: &mut OpenContext<'_>) -> Result<()> {
        "seven".parse::<i32>()?;
        Ok(())
    }

    fn map<'a>(&'a mut self, text: &'a str) -> Result<&'a str> {
        Ok(text)
    }
}

#[derive(Default)]
struct PanicClose {
    records: u64,
}

#[function]
impl MapFunction for PanicClose {
    type In = &'static str;
    type Out = &'static str;

    fn map<'a>(&'a mut self, text: &'a str) -> Result<&'a str> {
        self.records += 1;
        Ok(text)
    }

    fn close(&mut self) -> Result<()> {
        panic!("cannot close after {} records", self.records)
    }
}

#[derive(Default)]
struct ErrorClose;

#[function]
impl MapFunction for ErrorClose {
    type In = &'static str;
    type Out = &'static str;

    fn map<'a>(&'a mut self, text: &'a str) -> Result<&'a str> {
        Ok(text)
    }

    fn close(&mut self) -> Result<()> {
        Err(Error::msg("the last file could not be written"))
    }
}
