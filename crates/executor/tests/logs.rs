//! Logs of functions, by both crates: level, target, function and text.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use brookite::prelude::*;
use brookite_executor::harness::Harness;
use brookite_executor::memory::{LogLine, MemoryHost};
use brookite_executor::{Registry, Stage};
use common::{stateless, text};
use log::{Level, LevelFilter};

/// Says each word in both crates, at the level that the word names.
#[map]
pub fn say(word: &str) -> String {
    let level: Level = word.parse().unwrap();
    log::log!(target: "say::log", level, "it is {word}");
    match level {
        Level::Error => tracing::error!(target: "say::tracing", word, "it is"),
        Level::Warn => tracing::warn!(target: "say::tracing", word, "it is"),
        Level::Info => tracing::info!(target: "say::tracing", word, "it is"),
        Level::Debug => tracing::debug!(target: "say::tracing", word, "it is"),
        Level::Trace => tracing::trace!(target: "say::tracing", word, "it is"),
    }
    word.to_owned()
}

/// Says what it passes on.
#[map]
pub fn pass_on(word: String) -> String {
    log::info!(target: "pass_on", "passing on {word}");
    word
}

fn line(level: Level, target: &str, function: &str, message: &str) -> LogLine {
    let [target, function, message] = [target, function, message].map(str::to_owned);
    LogLine { level, target, function, message }
}

#[test]
fn records_have_level_target_and_function() {
    let mut stage = Stage::build(Registry::linked(), stateless(&["say", "pass_on"])).unwrap();
    let host = MemoryHost::new();
    stage.open(Box::new(host.clone())).unwrap();
    stage.process(0, &[], &text("warn"), 0).unwrap();
    assert_eq!(
        host.take_logs(),
        [
            line(Level::Warn, "say::log", "say", "it is warn"),
            line(Level::Warn, "say::tracing", "say", "it is word=\"warn\""),
            line(Level::Info, "pass_on", "pass_on", "passing on warn"),
        ]
    );
}

#[test]
fn the_host_says_which_levels_are_logged() {
    let mut harness = Harness::<&str, String>::named("say").unwrap();
    let mut logged = |most_verbose| {
        harness.host().set_log_level(most_verbose);
        for word in ["error", "warn", "info", "debug", "trace"] {
            harness.push(word).unwrap();
        }
        let mut lines = harness.take_logs();
        let lines = lines.drain(..).map(|line| (line.level, line.target));
        let (mut log, mut tracing) = (Vec::new(), Vec::new());
        lines.for_each(|(level, target)| match target.as_str() {
            "say::log" => log.push(level),
            _ => tracing.push(level),
        });
        assert_eq!(log, tracing, "both crates log the same");
        log
    };
    let all: Vec<Level> = Level::iter().collect();
    assert_eq!(logged(LevelFilter::Info), all[..3]);
    assert_eq!(logged(LevelFilter::Trace), all);
    assert_eq!(logged(LevelFilter::Error), all[..1]);
    assert!(logged(LevelFilter::Off).is_empty());
}

/// Reads a line within spans.
#[map]
pub fn within_spans(line: &str) -> i64 {
    let span = tracing::info_span!("reading", file = "a.csv", line = tracing::field::Empty);
    let _entered = span.enter();
    span.record("line", 7);
    let inner = tracing::info_span!("number");
    inner.in_scope(|| match line.parse() {
        Ok(number) => {
            tracing::info!("read");
            number
        }
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, attempts = 1, "no number: {line:?}");
            tracing::warn!(zero = true);
            0
        }
    })
}

#[test]
fn an_event_has_its_fields_and_those_of_its_spans() {
    let mut harness = Harness::<&str, i64>::named("within_spans").unwrap();
    harness.push("12").unwrap();
    harness.push("x").unwrap();
    let messages: Vec<_> = harness.take_logs().into_iter().map(|line| line.message).collect();
    assert_eq!(
        messages,
        [
            "reading{file=\"a.csv\" line=7}:number: read",
            "reading{file=\"a.csv\" line=7}:number: no number: \"x\" \
             error=invalid digit found in string attempts=1",
            "reading{file=\"a.csv\" line=7}:number: zero=true",
        ]
    );
}

/// Logs at each step of its life, and too much on request.
#[derive(Default)]
struct Steps;

#[function]
impl MapFunction for Steps {
    type In = i64;
    type Out = i64;

    fn open(&mut self, _: &mut OpenContext<'_>) -> Result<()> {
        log::info!(target: "steps", "open");
        Ok(())
    }

    fn map(&mut self, lines: i64) -> Result<i64> {
        (0..lines).for_each(|line| log::info!(target: "steps", "line {line}"));
        if lines == 0 { Err(Error::msg("nothing to say")) } else { Ok(lines) }
    }

    fn close(&mut self) -> Result<()> {
        log::info!(target: "steps", "close");
        Ok(())
    }
}

#[test]
fn every_step_can_log_also_one_that_fails() {
    let mut harness = Harness::map::<Steps>().unwrap();
    harness.push(1).unwrap();
    harness.push(0).unwrap_err();
    let host = harness.host().clone();
    harness.close().unwrap();
    let lines = ["open", "line 0", "close"].map(|m| line(Level::Info, "steps", "function", m));
    assert_eq!(host.take_logs(), lines);
}

#[test]
fn of_too_many_records_in_one_call_the_latest_arrive_and_the_others_are_told() {
    let mut harness = Harness::map::<Steps>().unwrap();
    harness.take_logs();
    harness.push(2_000).unwrap();
    let logs = harness.take_logs();
    assert_eq!(logs.len(), 1 + 1024);
    assert_eq!(logs[0].message, "976 earlier log records were dropped in one call");
    assert_eq!((logs[0].level, logs[0].function.as_str()), (Level::Warn, ""));
    assert_eq!(logs[1].message, "line 976");
    assert_eq!(logs[1024].message, "line 1999");
}
