//! Pipelines on offer: how they are built, and built again by the stages of a job.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use brookite::prelude::*;
use brookite_core::proto::{Failure, FailureKind, PipelineCall, PipelinePart, StageSpec};
use brookite_executor::memory::MemoryHost;
use brookite_executor::{FunctionEntry, PipelineEntry, Registry, Stage};
use common::{edge, records};
use prost::Message;

static BUILT: AtomicUsize = AtomicUsize::new(0);

/// Adds a number to others.
///
/// The number is an argument.
#[pipeline]
fn add(p: &Pipeline, args: &Arguments) -> Result<()> {
    BUILT.fetch_add(1, Ordering::Relaxed);
    let step: i64 = args.get("step")?.parse()?;
    p.sequence(1, 3).map(move |number| number + step).uid("add").print();
    Ok(())
}

/// The same by name, and from another version of the library.
#[pipeline(name = "add and show")]
fn add_and_show(p: &Pipeline) -> Result<()> {
    p.sequence(1, 3).map(|number| number + 1).map(|number| number.to_string()).uid("add").print();
    Ok(())
}

#[pipeline]
fn without_sink(p: &Pipeline) -> Result<()> {
    p.sequence(1, 3).map(|number| number + 1);
    Ok(())
}

#[pipeline]
fn panicking(_: &Pipeline, _: &Arguments) -> Result<()> {
    panic!("cannot write {} pipelines", 2)
}

fn call(pipeline: &str, arguments: &[&str]) -> PipelineCall {
    let arguments = arguments.iter().map(ToString::to_string).collect();
    PipelineCall { pipeline: pipeline.to_owned(), arguments }
}

/// A stage of node `add`, in a job for which a call built a pipeline, and in which another one, or the
/// same, is built again.
fn stage(submitted: &PipelineCall, again: &PipelineCall) -> StageSpec {
    let graph = Registry::linked().pipeline(submitted).unwrap().graph.encode_to_vec();
    StageSpec {
        stage: "sum".to_owned(),
        functions: vec!["add".to_owned()],
        input: edge::<i64>(),
        output: edge::<i64>(),
        pipeline: Some(PipelinePart { call: Some(again.clone()), graph }),
        ..StageSpec::default()
    }
}

fn refused(spec: StageSpec) -> Failure {
    *Stage::build(Registry::linked(), spec).unwrap_err()
}

#[test]
fn the_manifest_lists_pipelines_by_name_with_what_they_do() {
    let manifest = Registry::linked().manifest("some-crate", "1.0.0", 3);
    let listed: Vec<_> =
        manifest.pipelines.iter().map(|one| (&*one.name, &*one.description)).collect();
    assert_eq!(
        listed,
        [
            ("add", "Adds a number to others.\n\nThe number is an argument."),
            ("add and show", "The same by name, and from another version of the library."),
            ("panicking", ""),
            ("without_sink", ""),
        ]
    );
}

#[test]
fn a_pipeline_knows_how_it_is_built_again() {
    let call = call("add", &["--step", "5"]);
    let built = Registry::linked().pipeline(&call).unwrap();
    assert_eq!(built.graph.name, "add");
    assert_eq!(built.graph.origin, Some(call));
    let names: Vec<_> = built.functions.iter().map(FunctionEntry::name).collect();
    assert_eq!(names, ["add"]);
}

#[test]
fn stages_find_the_functions_by_building_the_pipeline_once() {
    let call = call("add", &["--step", "40"]);
    let spec = stage(&call, &call);
    let before = BUILT.load(Ordering::Relaxed);
    // Other tests build the same pipeline with other arguments, at the same time.
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                let mut stage = Stage::build(Registry::linked(), spec.clone()).unwrap();
                stage.open(Box::new(MemoryHost::new())).unwrap();
                let output = stage.process(0, &[], &2_i64.to_be_bytes(), 0).unwrap();
                assert_eq!(records(output), [42_i64.to_be_bytes()]);
            });
        }
    });
    assert!(BUILT.load(Ordering::Relaxed) - before < 10);
}

#[test]
fn another_pipeline_than_the_submitted_one_is_refused_and_the_difference_is_told() {
    let failure = refused(stage(&call("add", &["--step", "1"]), &call("add and show", &[])));
    assert_eq!(failure.kind(), FailureKind::InvalidStage);
    assert_eq!((&*failure.phase, &*failure.stage), ("open", "sum"));
    assert_eq!(
        failure.message,
        "pipeline 'add and show' of this library is another one than was submitted: there is a node 'map', \
         a function (map), that the submitted job does not have. The library that runs must be the one that \
         the job was submitted with: package the pipeline again, and submit that"
    );
}

#[test]
fn a_malformed_graph_is_refused() {
    let add = call("add", &["--step", "1"]);
    let mut spec = stage(&add, &add);
    spec.pipeline.as_mut().unwrap().graph = vec![0xff];
    let failure = refused(spec);
    assert_eq!((failure.kind(), &*failure.phase), (FailureKind::InvalidStage, "open"));
    assert!(
        failure.message.starts_with("the graph of the submitted pipeline cannot be used: "),
        "{}",
        failure.message
    );
}

#[test]
fn a_pipeline_that_does_not_exist_is_refused_with_those_that_do() {
    let add = call("add", &["--step", "1"]);
    let failure = refused(stage(&add, &call("subtract", &[])));
    assert_eq!((failure.kind(), &*failure.phase), (FailureKind::UnknownPipeline, "pipeline"));
    assert_eq!(
        failure.message,
        "expected a pipeline of this library (add, add and show, panicking, without_sink), found \
         'subtract'"
    );
    let none = Registry::of([]).pipeline(&add).unwrap_err();
    assert_eq!(none.message, "expected a pipeline of this library (none), found 'add'");
}

#[test]
fn a_program_that_fails_says_which_pipeline_and_why() {
    let failure = |name| *Registry::linked().pipeline(&call(name, &[])).unwrap_err();

    let missing = failure("add");
    assert_eq!((missing.kind(), &*missing.phase), (FailureKind::Error, "pipeline"));
    assert!(missing.message.starts_with("pipeline 'add' cannot be built: "), "{}", missing.message);
    assert!(missing.message.contains("step"), "{}", missing.message);

    let without_sink = failure("without_sink");
    assert_eq!(without_sink.kind(), FailureKind::Error);
    assert!(without_sink.message.contains("has no sink"), "{}", without_sink.message);

    let panicking = failure("panicking");
    assert_eq!((panicking.kind(), &*panicking.phase), (FailureKind::Panic, "pipeline"));
    assert_eq!(panicking.message, "pipeline 'panicking' cannot be built: cannot write 2 pipelines");
    assert!(panicking.location.contains("pipelines.rs:"), "{}", panicking.location);
}

#[test]
fn two_pipelines_of_one_name_are_told() {
    fn nothing(_: &Pipeline, _: &Arguments) -> Result<()> {
        Ok(())
    }
    let entries =
        [PipelineEntry::new("twice", "", nothing), PipelineEntry::new("twice", "", nothing)];
    let registry = Registry::of([]).with_pipelines(&entries);
    let failure = registry.pipeline(&call("twice", &[])).unwrap_err();
    assert_eq!(failure.message, "the library has several pipelines named 'twice'");
}
