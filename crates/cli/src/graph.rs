//! `cargo brookite graph`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};

use crate::packaging::PipelineArguments;

/// Show what a pipeline does, with its stages as Flink will run them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite graph
  cargo brookite graph --format mermaid > graph.mmd
  cargo brookite graph word_count --format svg --output graph.svg -- --input words.txt")]
pub(crate) struct GraphArguments {
    #[command(flatten)]
    pipeline: PipelineArguments,
    /// As text, as a Mermaid flowchart, or as a picture.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The file to write; standard output when none is given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Mermaid,
    Svg,
}

pub(crate) fn run(arguments: &GraphArguments) -> Result<()> {
    let graph = arguments.pipeline.describe(None)?.graph;
    let text = match arguments.format {
        Format::Text => graph.to_text(),
        Format::Mermaid => graph.to_mermaid(),
        Format::Svg => graph.to_svg(),
    };
    match &arguments.output {
        None => print!("{text}"),
        Some(file) => {
            fs::write(file, text).with_context(|| format!("cannot write '{}'", file.display()))?
        }
    }
    Ok(())
}
