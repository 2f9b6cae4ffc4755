//! Functions that are made with their configuration, in stages of all kinds.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use brookite::harness::{Driver, Emitted, Harness, KeyedHarness};
use brookite::prelude::*;
use brookite_core::proto::windowing_strategy::WindowFn as Windows;
use brookite_core::proto::{self, FailureKind, IntervalBounds, StageSpec};
use brookite_executor::{FunctionEntry, Registry, Stage};
use common::edge;

/// Adds a number that cannot be known by type. It has no `Default`.
struct Add(i64);

impl MapFunction for Add {
    type In = i64;
    type Out = i64;

    fn map(&mut self, value: i64) -> Result<i64> {
        Ok(value + self.0)
    }
}

/// Lets so many values of a key pass.
struct Limit {
    most: i64,
    passed: ValueState<i64>,
}

impl Limit {
    fn new(most: i64) -> Self {
        Self { most, passed: ValueState::default() }
    }
}

impl KeyedProcessFunction for Limit {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.passed = ctx.value_state("passed")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        value: i64,
        _: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        let passed = self.passed.value()?.unwrap_or(0);
        if passed < self.most {
            out.collect(value);
            self.passed.update(passed + 1)?;
        }
        Ok(())
    }
}

fn longs(functions: &[&str]) -> StageSpec {
    StageSpec {
        functions: functions.iter().map(ToString::to_string).collect(),
        input: edge::<i64>(),
        output: edge::<i64>(),
        ..StageSpec::default()
    }
}

fn results(driver: &mut Driver) -> Vec<i64> {
    let decode = |Emitted { record, .. }| i64::from_be_bytes(Vec::try_into(record).unwrap());
    driver.take_results().into_iter().map(decode).collect()
}

#[test]
fn a_harness_runs_functions_with_their_configuration() {
    let mut add = Harness::map_with(|| Add(3)).unwrap();
    assert_eq!(add.push(4).unwrap(), [7]);

    let most = 2;
    let mut limit = KeyedHarness::process_with(move || Limit::new(most)).unwrap();
    assert_eq!(limit.push(1, 10).unwrap(), [10]);
    limit.restart().unwrap();
    assert_eq!(limit.push(1, 11).unwrap(), [11]);
    assert!(limit.push(1, 12).unwrap().is_empty());
    assert_eq!(limit.push(2, 13).unwrap(), [13]);
}

#[test]
fn names_are_known_at_run_time_only_and_each_stage_makes_its_own_function() {
    let made = Arc::new(AtomicUsize::new(0));
    let entries: Vec<_> = (1..=3)
        .map(|step| {
            let made = made.clone();
            FunctionEntry::map_with(format!("step-{step}"), move || {
                made.fetch_add(1, Ordering::Relaxed);
                Add(step)
            })
        })
        .collect();
    let registry = Registry::of(&entries);
    let names: Vec<_> = registry.names().collect();
    assert_eq!(names, ["step-1", "step-2", "step-3"]);

    // Entries are shared by threads, in each of which a stage is built.
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let names: Vec<_> = entries.iter().map(FunctionEntry::name).collect();
                let stage = Stage::build(&Registry::of(&entries), longs(&names)).unwrap();
                assert!(format!("{stage:?}").contains("step-2"), "{stage:?}");
            });
        }
    });
    assert_eq!(made.load(Ordering::Relaxed), 12);
}

#[test]
fn a_panic_of_what_makes_a_function_names_it() {
    let entry = FunctionEntry::map_with("unmakeable", || -> Add { panic!("no configuration") });
    let failure = Driver::of(entry, longs(&["unmakeable"])).unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Panic);
    assert_eq!((&*failure.function, &*failure.phase), ("unmakeable", "build"));
    assert_eq!(failure.message, "no configuration");
}

/// Adds up, beginning with a number of its own.
struct SumFrom(i64);

impl AggregateFunction for SumFrom {
    type In = i64;
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        self.0
    }

    fn add(&self, value: i64, accumulator: &mut i64) -> Result<()> {
        *accumulator += value;
        Ok(())
    }

    fn get_result(&self, accumulator: &i64) -> Result<i64> {
        Ok(*accumulator)
    }

    fn merge(&self, accumulator: &mut i64, other: i64) -> Result<()> {
        *accumulator += other;
        Ok(())
    }
}

/// Adds, times a number of its own.
struct Weighed(i64);

impl ReduceFunction for Weighed {
    type T = i64;

    fn reduce(&self, first: i64, second: i64) -> Result<i64> {
        Ok(first + second * self.0)
    }
}

struct CountPlus(i64);

impl ProcessWindowFunction for CountPlus {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn process(
        &mut self,
        elements: &[i64],
        _: &WindowContext<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(elements.len() as i64 + self.0);
        Ok(())
    }
}

struct Weave(i64);

impl JoinFunction for Weave {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn join(&mut self, first: &i64, second: &i64, out: &mut Collector<'_, i64>) -> Result<()> {
        out.collect(first * self.0 + second);
        Ok(())
    }
}

impl CoGroupFunction for Weave {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn co_group(
        &mut self,
        first: &[i64],
        second: &[i64],
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(first.len() as i64 * self.0 + second.len() as i64);
        Ok(())
    }
}

impl ProcessJoinFunction for Weave {
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
        out.collect(first * self.0 + second);
        Ok(())
    }
}

/// Windows of 100 ms on one key.
fn windowed() -> StageSpec {
    let tumbling = proto::TumblingWindows { size_ms: 100, ..Default::default() };
    let windowing = proto::WindowingStrategy {
        window_fn: Some(Windows::Tumbling(tumbling)),
        ..Default::default()
    };
    StageSpec { key: edge::<i64>(), windowing: Some(windowing), ..longs(&["configured"]) }
}

fn two_inputs(spec: StageSpec) -> StageSpec {
    StageSpec { second_input: edge::<i64>(), ..spec }
}

/// What becomes of 2 and 3 on the first input, and of 5 on the second if there is one, in one window.
fn fired(entry: FunctionEntry, spec: StageSpec) -> Vec<i64> {
    let second = spec.second_input.is_some();
    let mut driver = Driver::of(entry, spec).unwrap();
    let mut push = |input, value: i64| {
        driver.push(input, &7_i64.to_be_bytes(), &value.to_be_bytes(), Some(50)).unwrap();
    };
    push(0, 2);
    push(0, 3);
    if second {
        push(1, 5);
    }
    driver.end_input().unwrap();
    results(&mut driver)
}

#[test]
fn functions_of_windows_and_joins_have_their_configuration() {
    let last_two = || StageSpec { windows_keep_last: 2, ..windowed() };
    let name = "configured";

    let sum = FunctionEntry::aggregate_with(name, || SumFrom(100));
    assert_eq!(fired(sum.clone(), windowed()), [105]);
    assert_eq!(fired(sum, last_two()), [105]);

    let weighed = FunctionEntry::reduce_with(name, || Weighed(10));
    assert_eq!(fired(weighed.clone(), windowed()), [32]);
    assert_eq!(fired(weighed, last_two()), [32]);

    let count = FunctionEntry::process_window_with(name, || CountPlus(40));
    assert_eq!(fired(count, windowed()), [42]);

    let join = FunctionEntry::join_with(name, || Weave(10));
    assert_eq!(fired(join, two_inputs(windowed())), [25, 35]);

    let co_group = FunctionEntry::co_group_with(name, || Weave(10));
    assert_eq!(fired(co_group, two_inputs(windowed())), [21]);

    let interval = IntervalBounds { lower_ms: -10, upper_ms: 10, ..Default::default() };
    let spec = StageSpec { windowing: None, interval: Some(interval), ..two_inputs(windowed()) };
    let process_join = FunctionEntry::process_join_with(name, || Weave(10));
    assert_eq!(fired(process_join, spec), [25, 35]);
}

#[test]
fn a_window_function_behind_an_aggregating_one_has_its_configuration() {
    let entries = [
        FunctionEntry::aggregate_with("sum", || SumFrom(100)),
        FunctionEntry::process_window_with("count", || CountPlus(40)),
        FunctionEntry::map_with("add", || Add(1_000)),
    ];
    let functions = ["sum", "count", "add"].map(str::to_owned).to_vec();
    let spec = StageSpec { functions, ..windowed() };
    assert!(Stage::build(&Registry::of(&entries), spec).is_ok());
}
