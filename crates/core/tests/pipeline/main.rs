//! Pipelines as graphs: what is built, what is refused, and what changes a fingerprint.

mod decoding;
mod errors;
mod fingerprints;
mod functions;
mod rendering;
mod round_trip;
mod stages;

use brookite_core::pipeline::{Pipeline, PipelineGraph};

/// The graph of a pipeline that a program writes.
fn graph(program: impl Fn(&Pipeline)) -> PipelineGraph {
    let pipeline = Pipeline::new("test");
    program(&pipeline);
    pipeline.build().expect("the pipeline can be built").graph
}

/// Why a pipeline cannot be built.
fn refusal(program: impl Fn(&Pipeline)) -> String {
    let pipeline = Pipeline::new("test");
    program(&pipeline);
    pipeline.build().expect_err("the pipeline cannot be built").to_string()
}
