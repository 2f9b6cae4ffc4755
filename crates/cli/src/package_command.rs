//! `cargo brookite package`.

use std::path::PathBuf;

use anstream::println;
use anyhow::Result;
use clap::Args;

use crate::packaging::{CrateArguments, PartsArguments};

/// Make the one jar that a Flink cluster takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite package -- --input s3://bucket/words
  cargo brookite package word_count --output word-count.jar -- --input words.txt
  cargo brookite package word_count top_words          both in one jar; --all: all of the crate
  cargo brookite package --library linux-aarch64=target/aarch64-unknown-linux-gnu/release/libword_count.so \\
      --bridge linux-aarch64=libbrookite_bridge.so
  cargo brookite package --connector kafka -- --brokers kafka.example:9092

In the jar are Brookite's classes, the bridge and the crate's library for each platform, and the graph of each \
pipeline as these arguments make it. `cargo brookite submit --jar FILE` runs it, and so does `flink run FILE`; of \
several pipelines, `submit --jar FILE NAME` and `flink run FILE --pipeline NAME` run one. A connector that the cluster's folder lib \
lacks goes into the jar by --connector. The jar's path is the only thing on standard output.")]
pub(crate) struct PackageArguments {
    /// The pipelines, when the crate has several. All are built with the same arguments.
    pipelines: Vec<String>,
    /// All pipelines of the crate.
    #[arg(long, conflicts_with = "pipelines")]
    all: bool,
    #[command(flatten)]
    of: CrateArguments,
    #[command(flatten)]
    parts: PartsArguments,
    /// The jar to write; target/brookite/CRATE.jar when none is given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &PackageArguments) -> Result<()> {
    let built = arguments.of.build(arguments.parts.built())?;
    let jar = arguments.output.clone().unwrap_or_else(|| built.default_jar());
    let names = if arguments.all { &built.names } else { &arguments.pipelines };
    built.pack(names, &arguments.of.arguments, &arguments.parts, &jar)?;
    println!("{}", jar.display());
    Ok(())
}
