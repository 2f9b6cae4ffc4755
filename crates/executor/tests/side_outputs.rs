//! Side outputs: who may emit into which, and where it goes.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use brookite::harness::Harness;
use brookite::prelude::*;
use brookite_core::proto::{FailureKind, SideOutput, StageSpec};
use brookite_executor::memory::MemoryHost;
use brookite_executor::{Registry, Stage};
use common::{edge, records};

const ODD: OutputTag<i64> = OutputTag::new("odd");
const LARGE: OutputTag<&str> = OutputTag::new("large");
/// Another way to look at the same text.
const LARGE_OWNED: OutputTag<String> = OutputTag::new("large");
const ODD_AS_TEXT: OutputTag<&str> = OutputTag::new("odd");
const UNKNOWN: OutputTag<i64> = OutputTag::new("unknown");

/// Even numbers pass, odd ones go aside.
#[derive(Default)]
struct Even;

#[function]
impl ProcessFunction for Even {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&ODD)
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        match number {
            -1 => ctx.side_output(&ODD_AS_TEXT, "minus one"),
            -2 => ctx.side_output(&UNKNOWN, number),
            _ if number % 2 != 0 => ctx.side_output(&ODD, number),
            _ => {
                out.collect(number);
                Ok(())
            }
        }
    }
}

/// Small numbers pass, large ones go aside as text, and odd ones too.
#[derive(Default)]
struct Small;

#[function]
impl ProcessFunction for Small {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&LARGE).and(&ODD)
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        if number >= 1_000 {
            ctx.side_output(&LARGE_OWNED, format!("{number}!"))?;
            return ctx.side_output(&ODD, number / 2);
        }
        if number >= 100 {
            return ctx.side_output(&LARGE, &number.to_string());
        }
        out.collect(number);
        Ok(())
    }
}

fn spec(functions: &[&str], sides: &[(&str, Option<brookite_core::proto::Edge>)]) -> StageSpec {
    let sides =
        sides.iter().map(|(name, edge)| SideOutput { name: (*name).into(), edge: edge.clone() });
    StageSpec {
        input: edge::<i64>(),
        output: edge::<i64>(),
        side_outputs: sides.collect(),
        functions: functions.iter().map(ToString::to_string).collect(),
        ..StageSpec::default()
    }
}

fn open(spec: StageSpec) -> (Stage, MemoryHost) {
    let mut stage = Stage::build(Registry::linked(), spec).unwrap();
    let host = MemoryHost::new();
    stage.open(Box::new(host.clone())).unwrap();
    (stage, host)
}

fn refusal(spec: StageSpec) -> (FailureKind, String) {
    let failure = Stage::build(Registry::linked(), spec).unwrap_err();
    (failure.kind(), failure.message.clone())
}

#[test]
fn every_function_of_a_chain_may_emit_aside_and_outputs_have_the_numbers_of_the_job() {
    let sides = [("large", edge::<String>()), ("odd", edge::<i64>())];
    let (mut stage, host) = open(spec(&["even", "small"], &sides));
    let mut passed = Vec::new();
    for number in [1_i64, 2, 3, 100, 2_002] {
        let output = stage.process(0, &[], &number.to_be_bytes(), 7).unwrap();
        passed.extend(records(output));
        host.apply(output, |_| ()).unwrap();
    }
    let number = |number: i64| number.to_be_bytes().to_vec();
    assert_eq!(passed, [number(2)]);
    assert_eq!(host.take_side_records(0), [common::text("100"), common::text("2002!")]);
    assert_eq!(host.take_side_records(1), [number(1), number(3), number(1_001)]);
}

#[test]
fn what_the_job_does_not_take_is_dropped() {
    let (mut stage, _) = open(spec(&["even"], &[]));
    assert!(stage.process(0, &[], &1_i64.to_be_bytes(), 7).unwrap().is_empty());
}

#[test]
fn an_output_that_was_not_declared_so_is_an_error_that_says_what_to_do() {
    let fails = |number: i64| {
        let failure = Harness::process::<Even>().unwrap().push(number).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Error);
        failure.message.clone()
    };
    assert_eq!(
        fails(-1),
        "the tag of side output 'odd' is not the one that was declared: expected BIGINT NOT NULL, \
         found STRING NOT NULL; use one constant for both"
    );
    assert_eq!(
        fails(-2),
        "side output 'unknown' is not declared: expected one of those that the function's \
         `side_outputs` returns (odd); add its tag there"
    );
}

#[test]
fn a_job_that_takes_what_is_not_there_is_refused_when_the_stage_is_built() {
    let (kind, message) = refusal(spec(&["even"], &[("even", edge::<i64>())]));
    assert_eq!(kind, FailureKind::InvalidStage);
    assert_eq!(
        message,
        "expected a side output that a function of the stage declares (odd), found 'even'"
    );
    let (kind, message) = refusal(spec(&["even"], &[("odd", edge::<String>())]));
    assert_eq!(kind, FailureKind::SchemaMismatch);
    assert_eq!(
        message,
        "the job does not fit side output 'odd' of function 'even': \
         expected BIGINT NOT NULL, found STRING NOT NULL"
    );
}

/// Has another idea of what is odd.
#[derive(Default)]
struct OddAsText;

#[function]
impl ProcessFunction for OddAsText {
    type In = i64;
    type Out = i64;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&ODD_AS_TEXT)
    }

    fn process_element(
        &mut self,
        number: i64,
        _: &PlainContext<'_>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(number);
        Ok(())
    }
}

#[test]
fn functions_of_a_chain_cannot_have_outputs_of_one_name_and_two_types() {
    let (kind, message) = refusal(spec(&["even", "odd_as_text"], &[]));
    assert_eq!(kind, FailureKind::InvalidStage);
    assert_eq!(
        message,
        "function 'odd_as_text' declares side output 'odd' with another type than function 'even': \
         expected BIGINT NOT NULL, found STRING NOT NULL"
    );
}

#[test]
fn the_harness_gives_each_output_by_its_tag() {
    let mut small = Harness::process::<Small>().unwrap();
    assert_eq!(small.push(7).unwrap(), [7]);
    small.push(3_000).unwrap();
    small.push(300).unwrap();
    assert_eq!(small.side_output(&LARGE).unwrap(), ["3000!", "300"]);
    assert!(small.side_output(&LARGE).unwrap().is_empty());
    assert_eq!(small.side_output(&ODD).unwrap(), [1_500]);
    assert!(small.side_output(&UNKNOWN).is_err());
    assert!(small.side_output(&ODD_AS_TEXT).is_err());
}

#[test]
fn the_manifest_names_outputs_and_their_types() {
    let manifest = Registry::linked().manifest("crate", "1.0", 2);
    let small = manifest.functions.iter().find(|function| function.name == "small").unwrap();
    let names: Vec<_> = small.side_outputs.iter().map(|output| output.name.as_str()).collect();
    assert_eq!(names, ["large", "odd"]);
    assert_eq!(small.side_outputs[1].r#type, small.input);
    assert_eq!(small.kind, "brookite:function:process:v1");
}
