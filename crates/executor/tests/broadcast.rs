//! Functions of a broadcast stream: who sees and who changes its state.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::harness::{BroadcastHarness, KeyedBroadcastHarness};
use brookite::prelude::*;

const RAISED: OutputTag<&str> = OutputTag::new("raised");

/// Multiplies a key's sum by the factor that was broadcast for it; a timer tells the sum alone.
#[derive(Default)]
struct Scaled {
    factors: BroadcastHandle<i64, i64>,
    sum: ValueState<i64>,
}

#[function]
impl KeyedBroadcastProcessFunction for Scaled {
    type Key = i64;
    type In = i64;
    type Broadcast = (i64, i64);
    type Out = (i64, i64);

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&RAISED)
    }

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.factors = ctx.broadcast_state("factors")?;
        self.sum = ctx.value_state("sum")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        let sum = self.sum.value()?.unwrap_or(0) + number;
        self.sum.update(sum)?;
        ctx.register_event_time_timer(100)?;
        let factor = ctx.broadcast_state(&self.factors).get(ctx.key())?.unwrap_or(1);
        out.collect((*ctx.key(), sum * factor));
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        (key, factor): (i64, i64),
        ctx: &BroadcastContext<'_>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        match factor {
            // A mistake: there is no key here.
            -1 => self.sum.update(0),
            0 => ctx.broadcast_state(&self.factors).remove(&key),
            factor => {
                let factors = ctx.broadcast_state(&self.factors);
                if factors.get(&key)?.is_some_and(|before| before < factor) {
                    ctx.side_output(&RAISED, &format!("{key} to {factor}"))?;
                }
                factors.put(key, factor)?;
                out.collect((key, factor));
                Ok(())
            }
        }
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        assert_eq!(timer, Timer::event_time(100));
        let factor = ctx.broadcast_state(&self.factors).get(ctx.key())?.unwrap_or(1);
        out.collect((*ctx.key(), self.sum.value()?.unwrap_or(0) * factor));
        Ok(())
    }
}

#[test]
fn every_key_sees_what_was_broadcast_also_in_timers_and_after_a_restart() {
    let mut scaled = KeyedBroadcastHarness::process::<Scaled>().unwrap();
    assert_eq!(scaled.push(1, 5).unwrap(), [(1, 5)]);
    assert_eq!(scaled.push_broadcast((1, 10)).unwrap(), [(1, 10)]);
    scaled.push_broadcast((2, 7)).unwrap();
    assert_eq!(scaled.push(1, 5).unwrap(), [(1, 100)]);
    assert_eq!(scaled.push(2, 1).unwrap(), [(2, 7)]);
    scaled.restart().unwrap();
    scaled.push_broadcast((2, 0)).unwrap();
    assert_eq!(scaled.advance_watermark(100).unwrap(), [(1, 100), (2, 1)]);
    scaled.push_broadcast((1, 11)).unwrap();
    assert_eq!(scaled.side_output(&RAISED).unwrap(), ["1 to 11"]);
    scaled.crash().unwrap();
    // The checkpoint had both factors.
    assert_eq!(scaled.push(2, 1).unwrap(), [(2, 14)]);
    assert_eq!(scaled.push(1, 0).unwrap(), [(1, 100)]);
}

#[test]
fn state_of_a_key_is_an_error_where_there_is_none() {
    let mut scaled = KeyedBroadcastHarness::process::<Scaled>().unwrap();
    scaled.push(1, 5).unwrap();
    let failure = scaled.push_broadcast((1, -1)).unwrap_err();
    assert_eq!(failure.input, "(1, -1)");
    assert!(
        failure.message.starts_with("state 'sum' was accessed without a key"),
        "{}",
        failure.message
    );
}

/// Words that were not forbidden.
#[derive(Default)]
struct Allowed {
    forbidden: BroadcastHandle<String, bool>,
}

#[function]
impl BroadcastProcessFunction for Allowed {
    type In = &'static str;
    type Broadcast = &'static str;
    type Out = &'static str;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.forbidden = ctx.broadcast_state("forbidden")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        ctx: &ReadOnlyPlainContext<'_>,
        out: &mut Collector<'_, &'static str>,
    ) -> Result<()> {
        if !ctx.broadcast_state(&self.forbidden).contains(word)? {
            out.collect(word);
        }
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        word: &str,
        ctx: &BroadcastContext<'_>,
        _: &mut Collector<'_, &'static str>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.forbidden).put(word.to_owned(), true)
    }
}

#[test]
fn a_stream_without_keys_has_broadcast_state_too() {
    let mut allowed = BroadcastHarness::<&str, &str, &str>::named("allowed").unwrap();
    assert_eq!(allowed.push("a").unwrap(), ["a"]);
    allowed.push_broadcast("a").unwrap();
    assert!(allowed.push("a").unwrap().is_empty());
    allowed.restart().unwrap();
    assert!(allowed.push_at("a", 7).unwrap().is_empty());
    assert_eq!(allowed.push_at("b", 7).unwrap(), ["b"]);
    assert_eq!(allowed.timestamps(), [Some(7)]);
}
