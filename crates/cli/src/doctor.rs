//! `cargo brookite doctor`: looks for what keeps a job from running, and says how to mend it.
//!
//! Each check looks at one thing and knows its remedy. What is not there and not needed for all purposes is
//! a warning; what breaks a job is a problem.

mod cluster;
mod crate_library;
mod flink_home;
mod java;
mod rust;

use anstream::println;
use anyhow::{Result, bail};
use brookite_run::DEFAULT_CLUSTER;
use clap::Args;

use crate::console::{BAD, BOLD, DIM, GOOD, WARNING, styled};

/// Look for what is missing, and say how to mend it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite doctor
  cargo brookite doctor --flink http://flink.example:8081
  cargo brookite doctor --library target/aarch64-unknown-linux-gnu/release/libword_count.so

It looks at Rust, the JDK, FLINK_HOME, the library of the crate in this folder, and the cluster: its \
versions, its memory, the options of its JVMs, and whether the library is for its platform. The exit status \
is 1 when there is a problem; warnings alone leave it 0.")]
pub(crate) struct DoctorArguments {
    /// The address of a cluster's REST API; without it, a cluster at the usual address is looked at if there
    /// is one.
    #[arg(long, value_name = "URL", env = "BROOKITE_FLINK")]
    flink: Option<String>,
    /// A library of functions; that of the crate in this folder when none is given.
    #[arg(long, value_name = "FILE")]
    library: Option<std::path::PathBuf>,
}

/// What a check has found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// All is as it should be.
    Good(String),
    /// It may do without, or not for all purposes.
    Warning { what: String, fix: String },
    /// It does not work so.
    Problem { what: String, fix: String },
}

impl Finding {
    fn good(what: impl Into<String>) -> Self {
        Self::Good(what.into())
    }

    fn warning(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::Warning { what: what.into(), fix: fix.into() }
    }

    fn problem(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::Problem { what: what.into(), fix: fix.into() }
    }

    fn print(&self) {
        let fixed = |fix: &str| println!("      {} {fix}", styled(BOLD, "fix:"));
        match self {
            Self::Good(what) => println!("  {} {what}", styled(GOOD, "ok")),
            Self::Warning { what, fix } => {
                println!("  {} {what}", styled(WARNING, "warning"));
                fixed(fix);
            }
            Self::Problem { what, fix } => {
                println!("  {} {what}", styled(BAD, "problem"));
                fixed(fix);
            }
        }
    }
}

pub(crate) fn run(arguments: &DoctorArguments) -> Result<()> {
    let library = crate_library::find(arguments.library.as_deref());
    let address = arguments.flink.as_deref().unwrap_or(DEFAULT_CLUSTER);
    let sections = [
        ("Rust", rust::check()),
        ("JDK", java::check()),
        ("Flink on this machine", flink_home::check()),
        ("Library", crate_library::check(&library)),
        (
            "Cluster",
            cluster::check(address, arguments.flink.is_some(), library.platform().as_ref()),
        ),
    ];
    let (mut problems, mut warnings) = (0, 0);
    for (title, findings) in &sections {
        println!("{}", styled(BOLD, title));
        for finding in findings {
            finding.print();
            problems += usize::from(matches!(finding, Finding::Problem { .. }));
            warnings += usize::from(matches!(finding, Finding::Warning { .. }));
        }
    }
    println!("{}", styled(DIM, format_args!("{problems} problems, {warnings} warnings")));
    match problems {
        0 => Ok(()),
        1 => bail!("there is a problem; its fix stands below it"),
        _ => bail!("there are {problems} problems; their fixes stand below them"),
    }
}
