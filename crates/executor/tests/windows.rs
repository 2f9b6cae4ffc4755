//! Stages with windows that cannot be are turned down when they are built, and say what to do instead.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::prelude::*;
use brookite_core::coder::Encoding;
use brookite_core::proto::windowing_strategy::WindowFn as Windows;
use brookite_core::proto::{self, Edge, StageSpec};
use brookite_executor::{Registry, Stage};

#[derive(Default)]
struct Total;

#[function]
impl AggregateFunction for Total {
    type In = i64;
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, value: i64, total: &mut i64) -> Result<()> {
        *total += value;
        Ok(())
    }

    fn merge(&self, total: &mut i64, other: i64) -> Result<()> {
        *total += other;
        Ok(())
    }

    fn get_result(&self, total: &i64) -> Result<i64> {
        Ok(*total)
    }
}

#[derive(Default)]
struct Sums;

#[function]
impl ProcessWindowFunction for Sums {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn process(
        &mut self,
        elements: &[i64],
        _ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(elements.iter().sum());
        Ok(())
    }
}

#[derive(Default)]
struct Close;

#[function]
impl ProcessJoinFunction for Close {
    type In1 = i64;
    type In2 = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        left: &i64,
        right: &i64,
        _ctx: &JoinContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(left + right);
        Ok(())
    }
}

#[map]
fn same(value: i64) -> i64 {
    value
}

#[derive(Debug, Default)]
struct Odd;

#[function]
impl WindowFn for Odd {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        windows.push(Window::new(timestamp | 1, (timestamp | 1) + 2));
    }
}

fn edge() -> Edge {
    let encoding = proto::Encoding::from(Encoding::Serializer).into();
    Edge { r#type: Some((&<i64 as brookite_core::Data>::data_type()).into()), encoding }
}

fn tumbling(size_ms: i64) -> Option<proto::WindowingStrategy> {
    let window_fn = Windows::Tumbling(proto::TumblingWindows { size_ms, offset_ms: 0 });
    Some(proto::WindowingStrategy { window_fn: Some(window_fn), ..Default::default() })
}

fn named(function: &str, payload: &[u8]) -> Option<proto::WindowingStrategy> {
    let (function, payload) = (function.to_owned(), payload.to_vec());
    let window_fn = Windows::Named(proto::NamedWindows { function, payload });
    Some(proto::WindowingStrategy { window_fn: Some(window_fn), ..Default::default() })
}

/// A keyed stage of these functions with these windows.
fn spec(functions: &[&str], windowing: Option<proto::WindowingStrategy>) -> StageSpec {
    StageSpec {
        functions: functions.iter().map(|name| (*name).to_owned()).collect(),
        input: Some(edge()),
        output: Some(edge()),
        key: Some(edge()),
        windowing,
        ..StageSpec::default()
    }
}

fn refused(spec: StageSpec) -> String {
    Stage::build(Registry::linked(), spec).unwrap_err().message
}

#[test]
fn windows_that_make_sense_are_built() {
    for (functions, windowing) in [
        (&["total"][..], tumbling(10)),
        (&["total", "sums", "same"], tumbling(10)),
        (&["sums", "same"], named("odd", &[])),
    ] {
        assert!(Stage::build(Registry::linked(), spec(functions, windowing)).is_ok());
    }
}

#[test]
fn functions_and_windows_go_together() {
    let error = refused(spec(&["total"], None));
    assert!(error.contains("'total' works on what windows gather, found none"), "{error}");
    let error = refused(spec(&["same"], tumbling(10)));
    assert!(error.contains("'same' does not work on windows: call an Aggregate"), "{error}");
    let error = refused(spec(&["sums", "sums"], tumbling(10)));
    assert!(error.contains("only stand first, or right behind an AggregateFunction"), "{error}");
    let error = refused(StageSpec { key: None, ..spec(&["total"], tumbling(10)) });
    assert!(error.contains("windows of a key: call it on a keyed stream"), "{error}");
}

#[test]
fn windows_that_cannot_be_say_what_to_do_instead() {
    let error = refused(spec(&["total"], tumbling(0)));
    assert!(error.contains("size must be positive, found 0 ms"), "{error}");
    let error = refused(spec(&["total"], named("even", &[])));
    assert!(error.contains("expected a window function of this library (odd), found"), "{error}");
    let error = refused(spec(&["total"], named("odd", b"7")));
    assert!(error.contains("takes no parameters, found 1 bytes of them"), "{error}");
    let late = StageSpec { late_output: "late".to_owned(), ..spec(&["total"], tumbling(10)) };
    assert!(refused(late).contains("side output 'late', which the stage does not have"));
}

#[test]
fn an_interval_join_has_an_interval_that_is_not_empty() {
    let bounds = |lower_ms, upper_ms, exclusive| proto::IntervalBounds {
        lower_ms,
        upper_ms,
        lower_exclusive: exclusive,
        upper_exclusive: exclusive,
    };
    let join =
        |interval| StageSpec { second_input: Some(edge()), interval, ..spec(&["close"], None) };
    assert!(Stage::build(Registry::linked(), join(Some(bounds(-1, 1, true)))).is_ok());
    assert!(refused(join(None)).contains("say which, with `.intervalJoin(..)`"));
    assert!(refused(join(Some(bounds(2, 1, false)))).contains("must not be above its upper one"));
    let error = refused(join(Some(bounds(0, 1, true))));
    assert!(error.contains("found 0 ms (exclusive) and 1 ms (exclusive)"), "{error}");
}
