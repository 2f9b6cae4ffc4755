//! Stages of a pipeline that read two streams, run by themselves.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::harness::{
    BroadcastHarness, KeyedBroadcastHarness, KeyedTwoInputHarness, TwoInputHarness,
};
use brookite::prelude::*;
use brookite::{Built, Pipeline};

/// Weighs what comes on the first input against what comes on the second.
struct Weigh {
    weight: i64,
    allowed: BroadcastHandle<i64, i64>,
}

impl Weigh {
    fn by(weight: i64) -> Self {
        Self { weight, allowed: BroadcastHandle::default() }
    }
}

impl CoMapFunction for Weigh {
    type In1 = i64;
    type In2 = &'static str;
    type Out = i64;

    fn map1(&mut self, number: i64) -> Result<i64> {
        Ok(number * self.weight)
    }

    fn map2(&mut self, text: &str) -> Result<i64> {
        Ok(text.len() as i64)
    }
}

impl ProcessJoinFunction for Weigh {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        first: &i64,
        second: &i64,
        _: &JoinContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(first * self.weight + second);
        Ok(())
    }
}

impl JoinFunction for Weigh {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn join(&mut self, first: &i64, second: &i64, out: &mut Collector<'_, i64>) -> Result<()> {
        out.collect(first * self.weight + second);
        Ok(())
    }
}

impl BroadcastProcessFunction for Weigh {
    type In = i64;
    type Broadcast = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.allowed = ctx.broadcast_state("allowed")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &ReadOnlyPlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        if ctx.broadcast_state(&self.allowed).contains(&number)? {
            out.collect(number * self.weight);
        }
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        number: i64,
        ctx: &BroadcastContext<'_>,
        _: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.allowed).put(number, number)
    }
}

/// The same with the weight of each key.
struct WeighKeyed(Weigh);

impl KeyedBroadcastProcessFunction for WeighKeyed {
    type Key = i64;
    type In = i64;
    type Broadcast = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.0.allowed = ctx.broadcast_state("allowed")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        if ctx.broadcast_state(&self.0.allowed).contains(&number)? {
            out.collect(number * self.0.weight + *ctx.key());
        }
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        number: i64,
        ctx: &BroadcastContext<'_>,
        _: &mut Collector<'_, i64>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.0.allowed).put(number, number)
    }
}

fn built(weight: i64) -> Built {
    let p = Pipeline::new("weights");
    let numbers = p.sequence(1, 10);
    let texts = p.from_values(["one", "two"]);
    numbers.connect(&texts).map(move || Weigh::by(weight)).uid("connected").print();

    let keyed = numbers.key_by(|number| number % 10);
    keyed
        .interval_join(&keyed, Duration::from_millis(0), Duration::from_millis(10))
        .process(move || Weigh::by(weight))
        .uid("interval")
        .print();
    keyed
        .connect(&keyed)
        .window(Tumbling::of(100))
        .join(move || Weigh::by(weight))
        .uid("windows")
        .map(|number| number + 1)
        .print();

    let rules = p.sequence(1, 3).broadcast();
    numbers.connect_broadcast(&rules).process(move || Weigh::by(weight)).uid("rules").print();
    keyed
        .connect_broadcast(&rules)
        .process(move || WeighKeyed(Weigh::by(weight)))
        .uid("keyed rules")
        .print();
    p.build().unwrap()
}

#[test]
fn connected_streams() {
    let mut connected =
        TwoInputHarness::<i64, &str, i64>::of_pipeline(&built(3), "connected").unwrap();
    assert_eq!(connected.push_first(7).unwrap(), [21]);
    assert_eq!(connected.push_second("four").unwrap(), [4]);
}

#[test]
fn an_interval_join_knows_its_interval() {
    let mut interval =
        KeyedTwoInputHarness::<i64, i64, i64, i64>::of_pipeline(&built(10), "interval").unwrap();
    assert!(interval.push_first_at(1, 2, 100).unwrap().is_empty());
    assert_eq!(interval.push_second_at(1, 5, 110).unwrap(), [25]);
    assert!(interval.push_second_at(1, 6, 111).unwrap().is_empty());
}

#[test]
fn a_window_join_and_what_stands_behind_it() {
    let mut windows =
        KeyedTwoInputHarness::<i64, i64, i64, i64>::of_pipeline(&built(10), "windows").unwrap();
    windows.push_first_at(1, 2, 10).unwrap();
    windows.push_second_at(1, 5, 99).unwrap();
    windows.push_second_at(1, 6, 100).unwrap();
    assert_eq!(windows.advance_watermark(99).unwrap(), [26]);
}

#[test]
fn broadcast_streams_with_and_without_keys() {
    let mut rules = BroadcastHarness::<i64, i64, i64>::of_pipeline(&built(2), "rules").unwrap();
    assert!(rules.push(4).unwrap().is_empty());
    rules.push_broadcast(4).unwrap();
    assert_eq!(rules.push(4).unwrap(), [8]);

    let mut rules =
        KeyedBroadcastHarness::<i64, i64, i64, i64>::of_pipeline(&built(2), "keyed rules").unwrap();
    rules.push_broadcast(4).unwrap();
    assert_eq!(rules.push(100, 4).unwrap(), [108]);
}
