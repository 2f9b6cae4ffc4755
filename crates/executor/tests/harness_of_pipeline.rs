//! Stages of a pipeline, run by themselves.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::harness::{Driver, Harness, KeyedHarness};
use brookite::prelude::*;
use brookite_core::pipeline::{Built, WatermarkStrategy};
use brookite_core::proto::FailureKind;
use brookite_core::windowing::Named;
use brookite_executor::FunctionEntry;

const LATE: OutputTag<(i64, i64)> = OutputTag::new("late");

/// Sums the second fields.
#[derive(Default)]
struct Sum;

impl AggregateFunction for Sum {
    type In = (i64, i64);
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, (_, value): (i64, i64), sum: &mut i64) -> Result<()> {
        *sum += value;
        Ok(())
    }

    fn merge(&self, sum: &mut i64, other: i64) -> Result<()> {
        *sum += other;
        Ok(())
    }

    fn get_result(&self, sum: &i64) -> Result<i64> {
        Ok(*sum)
    }
}

fn pipeline(most: i64) -> Built<FunctionEntry> {
    let p = Pipeline::new("sums");
    let sums = p
        .from_values([(1_i64, 1_i64)])
        .filter(move |(_, value)| *value <= most)
        .name("small ones")
        .map(|(key, value)| (key, value * 10))
        .assign_timestamps(|(_, value)| *value, WatermarkStrategy::monotonous())
        .key_by(|(key, _)| *key)
        .window(Tumbling::of(100))
        .late_output(&LATE)
        .aggregate(Sum::default)
        .name("sum per key")
        .map(|sum| sum.to_string())
        .name("show");
    sums.print();
    p.build().unwrap()
}

#[test]
fn functions_in_front_run_as_one_stage() {
    let mut front =
        Harness::<(i64, i64), (i64, i64)>::of_pipeline(&pipeline(5), "small ones -> map").unwrap();
    assert_eq!(front.push((1, 5)).unwrap(), [(1, 50)]);
    assert!(front.push((1, 6)).unwrap().is_empty());
}

#[test]
fn windows_run_as_the_pipeline_has_them() {
    let built = pipeline(5);
    let mut sums =
        KeyedHarness::<i64, (i64, i64), &str>::of_pipeline(&built, "sum-per-key").unwrap();
    sums.push_at(1, (1, 20), 10).unwrap();
    sums.push_at(1, (1, 30), 20).unwrap();
    sums.push_at(2, (2, 7), 99).unwrap();
    sums.restart().unwrap();
    let mut fired = sums.advance_watermark(99).unwrap();
    fired.sort_unstable();
    assert_eq!(fired, ["50", "7"]);
    assert!(sums.push_at(1, (1, 8), 15).unwrap().is_empty());
    assert_eq!(sums.side_output(&LATE).unwrap(), [(1, 8)]);
}

/// Windows that begin with an odd number.
#[derive(Debug, Default)]
struct Odd;

#[function]
impl WindowFn for Odd {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        windows.push(Window::new(timestamp | 1, (timestamp | 1) + 2));
    }
}

#[test]
fn a_node_may_be_called_like_the_window_function_that_it_names() {
    let p = Pipeline::new("odd windows");
    p.from_values([(1_i64, 1_i64)])
        .key_by(|(key, _)| *key)
        .window(Named::new("odd"))
        .aggregate(Sum::default)
        .name("odd")
        .print();
    let built = p.build().unwrap();
    let mut odd = KeyedHarness::<i64, (i64, i64), i64>::of_pipeline(&built, "odd").unwrap();
    odd.push_at(1, (1, 5), 6).unwrap();
    odd.push_at(1, (1, 6), 7).unwrap();
    assert_eq!(odd.advance_watermark(8).unwrap(), [11]);
}

#[test]
fn the_key_of_a_record_can_be_told_by_itself() {
    let built = pipeline(5);
    let mut keys = Harness::<(i64, i64), (i64, (i64, i64))>::of_pipeline(&built, "key_by").unwrap();
    assert_eq!(keys.push((3, 4)).unwrap(), [(3, (3, 4))]);
}

#[test]
fn what_cannot_be_run_is_told() {
    let built = pipeline(5);
    let unknown = Driver::of_pipeline(&built, "sort").unwrap_err();
    assert_eq!(unknown.kind(), FailureKind::UnknownFunction);
    assert!(
        unknown.message.starts_with("expected a stage of pipeline 'sums' (")
            && unknown.message.contains("'sum per key -> show'")
            && unknown.message.ends_with("), found 'sort'"),
        "{}",
        unknown.message
    );

    let sink = Driver::of_pipeline(&built, "print").unwrap_err();
    assert_eq!(sink.message, "stage 'print' has no function to run");

    let of_text = Harness::<&str, (i64, i64)>::of_pipeline(&built, "small-ones").unwrap_err();
    assert_eq!(of_text.kind(), FailureKind::SchemaMismatch);
}
