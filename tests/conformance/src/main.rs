//! Checks a file of cases and prints what passed, by type; fails when a case does. Or writes a file.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Error, Result};
use brookite_conformance::report::Report;
use brookite_conformance::{beam, flink, line};
use clap::Parser;

/// Which coders, and the file.
#[derive(Parser)]
enum Arguments {
    /// Flink's serializers: a file of bytes that they wrote.
    Flink {
        /// The file; docs/conformance.md describes it.
        file: PathBuf,
    },
    /// Writes values of all kinds of types into a file for Flink to check.
    Random {
        /// How many.
        #[arg(long, default_value_t = 4_000)]
        cases: u64,
        /// The same values for the same seed; another one each time when none is given.
        #[arg(long)]
        seed: Option<u64>,
        /// Where to write them.
        file: PathBuf,
    },
    /// Beam's standard coders against a `standard_coders.yaml`.
    BeamCoders {
        /// The file.
        file: PathBuf,
    },
    /// Windows and triggers against a `trigger_transcripts.yaml`.
    BeamTriggers {
        /// The file.
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(report)) => {
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

fn run(arguments: &Arguments) -> Result<Option<Report>> {
    match arguments {
        Arguments::Flink { file } => Ok(Some(flink::check(&read(file)?))),
        Arguments::Random { cases, seed, file } => {
            let seed = match seed {
                Some(seed) => *seed,
                None => SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
            };
            println!("{cases} random values, seed {seed}");
            let text = line::random_file(*cases, seed).map_err(Error::msg)?;
            fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
            Ok(None)
        }
        Arguments::BeamCoders { file } => {
            beam::check(&read(file)?).map(Some).with_context(|| file.display().to_string())
        }
        Arguments::BeamTriggers { file } => {
            let report = beam::triggers::check(&read(file)?);
            report.map(Some).with_context(|| file.display().to_string())
        }
    }
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
