//! `cargo brookite package`.

use std::path::PathBuf;

use anstream::println;
use anyhow::Result;
use clap::Args;

use crate::packaging::{PartsArguments, PipelineArguments};

/// Make the one jar that a Flink cluster takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite package -- --input s3://bucket/words
  cargo brookite package word_count --output word-count.jar -- --input words.txt
  cargo brookite package --library linux-aarch64=target/aarch64-unknown-linux-gnu/release/libword_count.so \\
      --bridge linux-aarch64=libbrookite_bridge.so

In the jar are Brookite's classes, the bridge and the crate's library for each platform, and the pipeline's \
graph as these arguments make it. `cargo brookite submit --jar FILE` runs it, and so does `flink run FILE`. \
The jar's path is the only thing on standard output.")]
pub(crate) struct PackageArguments {
    #[command(flatten)]
    pipeline: PipelineArguments,
    #[command(flatten)]
    parts: PartsArguments,
    /// The jar to write; target/brookite/CRATE.jar when none is given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &PackageArguments) -> Result<()> {
    let described = arguments.pipeline.describe()?;
    let jar = arguments.output.clone().unwrap_or_else(|| described.default_jar());
    described.pack(&arguments.parts, &jar)?;
    println!("{}", jar.display());
    Ok(())
}
