//! Checks a file of cases and prints what passed, by type; fails when a case does.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use brookite_conformance::report::Report;
use brookite_conformance::{beam, flink};
use clap::Parser;

/// Which coders, and the file.
#[derive(Parser)]
enum Arguments {
    /// Flink's serializers: a file of bytes that they wrote.
    Flink {
        /// The file; docs/conformance.md describes it.
        file: PathBuf,
    },
    /// Beam's standard coders against a `standard_coders.yaml`.
    BeamCoders {
        /// The file.
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(report) => {
            println!("{report}");
            if report.failures().is_empty() && report.passed() > 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<Report> {
    match arguments {
        Arguments::Flink { file } => Ok(flink::check(&read(file)?)),
        Arguments::BeamCoders { file } => {
            beam::check(&read(file)?).with_context(|| file.display().to_string())
        }
    }
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
