//! Functions of two inputs: shared state, timers, and what a stage of them refuses.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use brookite::harness::{KeyedTwoInputHarness, TwoInputHarness};
use brookite::prelude::*;
use brookite_core::proto::{FailureKind, StageSpec};
use brookite_executor::memory::MemoryHost;
use brookite_executor::{Registry, Stage};
use common::{edge, records, text};

/// Lets the first stream's words pass until the time that the second stream has said for the key.
#[derive(Default)]
struct Until {
    open: ValueState<bool>,
}

#[function]
impl KeyedCoProcessFunction for Until {
    type Key = &'static str;
    type In1 = &'static str;
    type In2 = i64;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.open = ctx.value_state("open")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        word: &str,
        ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if self.open.value()? == Some(true) {
            out.collect(format!("{}: {word}", ctx.key()));
        }
        Ok(())
    }

    fn process_element2(
        &mut self,
        until: i64,
        ctx: &Context<'_, Self::Key>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        if until < 0 {
            return Err(Error::msg("the past is over"));
        }
        self.open.update(true)?;
        ctx.register_event_time_timer(until)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.open.clear()?;
        out.collect(format!("{}: shut at {}", ctx.key(), timer.timestamp));
        Ok(())
    }
}

#[test]
fn both_inputs_and_timers_share_the_state_of_the_key() {
    let mut until = KeyedTwoInputHarness::process::<Until>().unwrap();
    assert!(until.push_first("a", "early").unwrap().is_empty());
    assert!(until.push_second("a", 10).unwrap().is_empty());
    assert_eq!(until.push_first("a", "now").unwrap(), ["a: now"]);
    assert!(until.push_first("b", "now").unwrap().is_empty());
    until.restart().unwrap();
    assert_eq!(until.push_first_at("a", "still", 3).unwrap(), ["a: still"]);
    assert_eq!(until.timestamps(), [Some(3)]);
    assert_eq!(until.advance_watermark(10).unwrap(), ["a: shut at 10"]);
    assert!(until.push_first("a", "late").unwrap().is_empty());
}

#[test]
fn a_failure_shows_the_record_of_the_input_that_it_was_on() {
    let mut until = KeyedTwoInputHarness::process::<Until>().unwrap();
    let failure = until.push_second("a", -7).unwrap_err();
    assert_eq!((failure.message.as_str(), failure.input.as_str()), ("the past is over", "-7"));
}

/// Says what came from where.
#[derive(Default)]
struct Both(String);

#[function]
impl CoMapFunction for Both {
    type In1 = i64;
    type In2 = &'static str;
    type Out = &'static str;

    fn map1(&mut self, number: i64) -> Result<&str> {
        self.0 = format!("number {number}");
        Ok(&self.0)
    }

    fn map2<'a>(&'a mut self, word: &'a str) -> Result<&'a str> {
        Ok(word)
    }
}

/// The second input's words that the first input has named for the key.
#[derive(Default)]
struct Known {
    known: ValueState<bool>,
}

#[function]
impl CoFlatMapFunction for Known {
    type In1 = bool;
    type In2 = &'static str;
    type Out = &'static str;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.known = ctx.value_state("known")?;
        Ok(())
    }

    fn flat_map1(&mut self, known: bool, _: &mut Collector<'_, &'static str>) -> Result<()> {
        self.known.update(known)
    }

    fn flat_map2(&mut self, word: &str, out: &mut Collector<'_, &'static str>) -> Result<()> {
        if self.known.value()? == Some(true) {
            out.collect(word);
        }
        Ok(())
    }
}

#[test]
fn map_functions_of_two_inputs_lend_their_results() {
    let mut both = TwoInputHarness::map::<Both>().unwrap();
    assert_eq!(both.push_first(7).unwrap(), ["number 7"]);
    assert_eq!(both.push_second("seven").unwrap(), ["seven"]);
}

#[test]
fn a_function_that_asks_for_no_key_has_keyed_state_on_keyed_streams_and_none_on_others() {
    let mut known = KeyedTwoInputHarness::<i64, _, _, _>::flat_map::<Known>().unwrap();
    known.push_first(1, true).unwrap();
    assert_eq!(known.push_second(1, "a").unwrap(), ["a"]);
    assert!(known.push_second(2, "a").unwrap().is_empty());
    known.restart().unwrap();
    assert_eq!(known.push_second(1, "b").unwrap(), ["b"]);

    let failure = TwoInputHarness::flat_map::<Known>().unwrap_err();
    assert!(failure.message.starts_with("state 'known' was declared"), "{}", failure.message);
}

/// Adds a mark.
#[map]
fn marked(word: &str) -> String {
    format!("{word}!")
}

fn spec(functions: &[&str]) -> StageSpec {
    StageSpec {
        input: edge::<i64>(),
        second_input: edge::<String>(),
        output: edge::<String>(),
        functions: functions.iter().map(ToString::to_string).collect(),
        ..StageSpec::default()
    }
}

#[test]
fn functions_are_fused_behind_one_of_two_inputs() {
    let mut stage = Stage::build(Registry::linked(), spec(&["both", "marked"])).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    let first = stage.process(0, &[], &7_i64.to_be_bytes(), 0).unwrap();
    assert_eq!(records(first), [text("number 7!")]);
    let second = stage.process(1, &[], &text("seven"), 0).unwrap();
    assert_eq!(records(second), [text("seven!")]);
    let third = stage.process(2, &[], &text("seven"), 0).unwrap_err();
    assert_eq!(third.kind(), FailureKind::Lifecycle);
    assert!(third.message.starts_with("a record of input 2 came"), "{}", third.message);
}

#[test]
fn a_record_of_a_second_input_that_is_not_there_is_refused() {
    let mut stage = Stage::build(Registry::linked(), common::stateless(&["first"])).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    let failure = stage.process(1, &[], &text("a"), 0).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Lifecycle);
    assert!(failure.message.starts_with("a record of input 1 came"), "{}", failure.message);
}

#[test]
fn streams_that_do_not_fit_are_refused_when_the_stage_is_built() {
    let refused = |spec: StageSpec| {
        let failure = Stage::build(Registry::linked(), spec).unwrap_err();
        (failure.kind(), failure.message.clone())
    };
    let wrong = StageSpec { second_input: edge::<i64>(), ..spec(&["both"]) };
    assert_eq!(
        refused(wrong),
        (
            FailureKind::SchemaMismatch,
            "the stream does not fit the second input of function 'both': \
             expected STRING NOT NULL, found BIGINT NOT NULL"
                .to_owned()
        )
    );
    let alone = StageSpec { second_input: None, ..spec(&["both"]) };
    let (kind, message) = refused(alone);
    assert_eq!(kind, FailureKind::InvalidStage);
    assert_eq!(
        message,
        "function 'both' has two inputs, found one: connect the stream with another one of \
         STRING NOT NULL"
    );
    let (_, message) = refused(StageSpec { input: edge::<String>(), ..spec(&["marked"]) });
    assert!(message.starts_with("function 'marked' has one input, found two"), "{message}");
    let (_, message) = refused(StageSpec {
        input: edge::<String>(),
        second_input: None,
        ..spec(&["marked", "both"])
    });
    assert_eq!(
        message,
        "function 'both' has two inputs and can only be the first of its stage, not after 'marked'"
    );
    let unkeyed =
        StageSpec { input: edge::<String>(), second_input: edge::<i64>(), ..spec(&["until"]) };
    let (_, message) = refused(unkeyed);
    assert!(message.ends_with("found a stream without keys"), "{message}");
}

#[test]
fn the_manifest_names_both_inputs() {
    let manifest = Registry::linked().manifest("crate", "1.0", 2);
    let of = |name: &str| manifest.functions.iter().find(|function| function.name == name).unwrap();
    let until = of("until");
    assert_eq!(until.kind, "brookite:function:keyed_co_process:v1");
    assert_eq!(until.key, until.input);
    assert!(until.second_input.is_some() && until.second_input != until.input);
    assert!(of("marked").second_input.is_none());
}
