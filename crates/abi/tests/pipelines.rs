//! Pipelines across the table: their graphs, and their stages.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::thread;

use brookite_abi::frame::{Frame, Frames};
use brookite_abi::proto::{FailureKind, PipelineCall, PipelinePart, Primitive, StageSpec};
use brookite_executor::memory::MemoryHost;
use prost::Message as _;

const NONE: &[String] = &[];

/// A stage of node `length` of a pipeline, in a job for which `submitted` was built.
fn stage(pipeline: &str, arguments: &[&str], submitted: &str) -> StageSpec {
    let graph = support::failing().pipeline(submitted, NONE).unwrap().encode_to_vec();
    let arguments = arguments.iter().map(ToString::to_string).collect();
    let call = PipelineCall { pipeline: pipeline.to_owned(), arguments };
    StageSpec {
        stage: "lengths of words".to_owned(),
        functions: vec!["length".to_owned()],
        output: support::edge(Primitive::Bigint),
        pipeline: Some(PipelinePart { call: Some(call), graph }),
        ..support::spec("length")
    }
}

#[test]
fn the_manifest_lists_the_pipelines() {
    let manifest = support::failing().decoded_manifest().unwrap();
    let listed: Vec<_> =
        manifest.pipelines.iter().map(|one| (&*one.name, &*one.description)).collect();
    assert_eq!(
        listed,
        [
            ("error_pipeline", ""),
            ("lengths", "Says how long words are."),
            ("panic_pipeline", ""),
            ("shouts", "The same node as [`lengths`] has, of another type."),
        ]
    );
}

#[test]
fn a_library_tells_the_graph_of_a_pipeline_from_any_thread() {
    let library = support::failing();
    thread::scope(|scope| {
        for longest in ["3", "4", "5"] {
            let library = &library;
            scope.spawn(move || {
                let arguments = ["--longest", longest].map(str::to_owned);
                let graph = library.pipeline("lengths", &arguments).unwrap();
                let names: Vec<_> = graph.nodes.iter().map(|node| &*node.uid).collect();
                assert!(names.contains(&"length"), "{names:?}");
                let origin = graph.origin.unwrap();
                assert_eq!(
                    (origin.pipeline.as_str(), &*origin.arguments),
                    ("lengths", &arguments[..])
                );
            });
        }
    });
}

#[test]
fn a_pipeline_that_cannot_be_built_is_reported() {
    let library = support::failing();

    let failure = library.pipeline("lengthes", NONE).unwrap_err();
    assert_eq!((failure.kind(), &*failure.phase), (FailureKind::UnknownPipeline, "pipeline"));
    assert_eq!(
        failure.message,
        "expected a pipeline of this library (error_pipeline, lengths, panic_pipeline, shouts), found \
         'lengthes'"
    );

    let failure = library.pipeline("error_pipeline", NONE).unwrap_err();
    assert_eq!((failure.kind(), &*failure.phase), (FailureKind::Error, "pipeline"));
    assert_eq!(
        failure.message,
        "pipeline 'error_pipeline' cannot be built: cannot write a pipeline"
    );

    let failure = library.pipeline("panic_pipeline", NONE).unwrap_err();
    assert_eq!((failure.kind(), &*failure.phase), (FailureKind::Panic, "pipeline"));
    assert_eq!(
        failure.message,
        format!("pipeline 'panic_pipeline' cannot be built: cannot write {} pipelines", i64::MAX)
    );
    assert!(failure.location.contains("pipelines.rs:"), "{}", failure.location);

    let arguments = ["--longest", "very"].map(str::to_owned);
    let failure = library.pipeline("lengths", &arguments).unwrap_err();
    assert!(failure.message.contains("longest") && failure.message.contains("very"), "{failure:?}");
}

#[test]
fn a_stage_runs_the_functions_of_the_pipeline_with_its_arguments() {
    let spec = stage("lengths", &["--longest", "4"], "lengths");
    let mut stage = support::open(&spec, MemoryHost::new()).unwrap();
    let mut lengths = Vec::new();
    for word in ["to", "brook", "stream"] {
        for frame in Frames::new(stage.process(0, &[], word.as_bytes(), 0).unwrap()) {
            let Frame::Record(record) = frame.unwrap() else { panic!("no record") };
            lengths.push(i64::from_be_bytes(record.try_into().unwrap()));
        }
    }
    assert_eq!(lengths, [2, 4, 4]);
    stage.close().unwrap();
}

#[test]
fn a_stage_of_another_pipeline_than_was_submitted_does_not_open() {
    let refused = |spec: StageSpec| {
        let opened = support::open(&spec, MemoryHost::new());
        opened.err().expect("it is another pipeline, or none")
    };

    let failure = refused(stage("lengths", &[], "shouts"));
    assert_eq!((failure.kind(), &*failure.phase), (FailureKind::InvalidStage, "open"));
    assert_eq!(failure.stage, "lengths of words");
    assert_eq!(
        failure.message,
        "pipeline 'lengths' of this library is another one than was submitted: node 'length' returns BIGINT \
         NOT NULL, and the submitted job's returns STRING NOT NULL. The library that runs must be the one \
         that the job was submitted with: package the pipeline again, and submit that"
    );

    let failure = refused(stage("length", &[], "lengths"));
    assert_eq!(failure.kind(), FailureKind::UnknownPipeline);

    let failure = refused(stage("panic_pipeline", &[], "lengths"));
    assert_eq!((failure.kind(), &*failure.phase), (FailureKind::Panic, "pipeline"));
}
