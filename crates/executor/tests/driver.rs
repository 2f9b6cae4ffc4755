//! A whole stage in memory: inputs, clocks, side outputs, checkpoints, and keys one after the other.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use brookite::harness::{Driver, Emitted};
use brookite::prelude::*;
use brookite_core::Data;
use brookite_core::coder::{Arena, Input};
use brookite_core::proto::{SideOutput, StageSpec};
use common::{edge, keyed};

const BESIDE: OutputTag<i64> = OutputTag::new("beside");

/// Sums the values of a key until the watermark is ten behind the last of them; by the clock it says
/// every second how far it is.
#[derive(Default)]
struct SumUntilIdle {
    sum: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for SumUntilIdle {
    type Key = i64;
    type In = i64;
    type Out = (i64, i64);

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&BESIDE)
    }

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.sum = ctx.value_state("sum")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        value: i64,
        ctx: &Context<'_, i64>,
        _: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        self.sum.update(self.sum.value()?.unwrap_or(0) + value)?;
        ctx.register_event_time_timer(ctx.timestamp().unwrap_or(0) + 10)?;
        ctx.register_processing_time_timer(ctx.current_processing_time()? + 1_000)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        let sum = self.sum.value()?.unwrap_or(0);
        match timer.domain {
            TimeDomain::EventTime => {
                out.collect((*ctx.key(), sum));
                self.sum.clear()
            }
            TimeDomain::ProcessingTime => ctx.side_output(&BESIDE, sum),
        }
    }
}

fn spec() -> StageSpec {
    let beside = SideOutput { name: BESIDE.name().into(), edge: edge::<i64>() };
    StageSpec { side_outputs: vec![beside], ..keyed(&["sum_until_idle"]) }
}

fn push(driver: &mut Driver, key: i64, value: i64, timestamp: i64) {
    driver.push(0, &key.to_be_bytes(), &value.to_be_bytes(), Some(timestamp)).unwrap();
}

fn results(driver: &mut Driver) -> Vec<((i64, i64), Option<i64>)> {
    let decode = |Emitted { timestamp, record }: Emitted| {
        let arena = Arena::default();
        let result = <(i64, i64)>::decode(&mut Input::new(&record, &arena)).unwrap();
        (result, timestamp)
    };
    driver.take_results().into_iter().map(decode).collect()
}

fn beside(driver: &mut Driver) -> Vec<Emitted> {
    driver.take_side_output(0)
}

#[test]
fn the_watermark_and_the_clock_fire_their_own_timers() {
    let mut driver = Driver::open(spec()).unwrap();
    push(&mut driver, 1, 5, 100);
    push(&mut driver, 1, 6, 100);
    push(&mut driver, 2, 7, 90);
    driver.advance_watermark(109).unwrap();
    assert_eq!(results(&mut driver), [((2, 7), Some(100))]);
    driver.advance_processing_time(999).unwrap();
    assert!(beside(&mut driver).is_empty());
    driver.advance_processing_time(1_000).unwrap();
    let side = |sum: i64| Emitted { timestamp: Some(1_000), record: sum.to_be_bytes().to_vec() };
    assert_eq!(beside(&mut driver), [side(11), side(0)]);
    assert!(results(&mut driver).is_empty());
}

#[test]
fn the_end_of_the_input_fires_what_is_left() {
    let mut driver = Driver::open(spec()).unwrap();
    push(&mut driver, 1, 5, 100);
    driver.end_input().unwrap();
    assert_eq!(results(&mut driver), [((1, 5), Some(110))]);
    assert!(driver.push(0, &1_i64.to_be_bytes(), &1_i64.to_be_bytes(), None).is_err());
    driver.close().unwrap();
}

#[test]
fn a_crash_takes_back_state_and_timers_and_a_restart_keeps_them() {
    let mut driver = Driver::open(spec()).unwrap();
    push(&mut driver, 1, 5, 100);
    driver.restart().unwrap();
    push(&mut driver, 1, 6, 200);
    driver.crash().unwrap();
    assert_eq!(driver.host().timers().len(), 2);
    driver.advance_watermark(i64::MAX).unwrap();
    assert_eq!(results(&mut driver), [((1, 5), Some(110))]);
}

#[test]
fn in_a_batch_the_timers_of_a_key_fire_when_the_next_begins_and_then_its_state_is_gone() {
    let mut driver = Driver::open(spec()).unwrap().batch();
    push(&mut driver, 1, 5, 100);
    driver.advance_watermark(1_000).unwrap();
    driver.advance_processing_time(2_000).unwrap();
    assert!(results(&mut driver).is_empty() && beside(&mut driver).is_empty());
    push(&mut driver, 2, 7, 90);
    assert_eq!(results(&mut driver), [((1, 5), Some(110))]);
    // By then the sum was cleared: in a batch the clock comes after the end of time.
    assert_eq!(beside(&mut driver).len(), 1);
    assert_eq!(driver.host().stored_keys(), 0);
    // The key is another one now, although it has the same bytes.
    push(&mut driver, 1, 6, 100);
    driver.end_input().unwrap();
    assert_eq!(results(&mut driver), [((2, 7), Some(100)), ((1, 6), Some(110))]);
    assert!(driver.host().timers().is_empty());
}
