//! Core's tests under Miri, which finds undefined behaviour in what they run, dependencies included.

use anyhow::{Context, Result, ensure};
use std::process::Command;

use crate::layout::Layout;
use crate::step;

/// The tests without property tests and golden files, which would take hours.
const TESTS: [&str; 4] = ["data_types", "malformed_types", "row_layout", "golden"];

/// Runs core's unit tests and those of [`TESTS`] with a nightly toolchain that has Miri.
pub(crate) fn run() -> Result<()> {
    let layout = Layout::find()?;
    let found = Command::new("cargo").args(["+nightly", "miri", "--version"]).output();
    let found = found.context("cannot start cargo")?;
    ensure!(
        found.status.success(),
        "Miri is missing: rustup toolchain install nightly --component miri,rust-src"
    );
    let mut command = Command::new("cargo");
    command.current_dir(layout.root()).args(["+nightly", "miri", "test"]);
    command.args(["--package", "brookite-core", "--lib"]);
    for test in TESTS {
        command.args(["--test", test]);
    }
    // Criterion and proptest ask for the clock and the file system.
    command.env("MIRIFLAGS", "-Zmiri-disable-isolation");
    let output = step::run("core under Miri", &mut command)?;
    for line in output.lines().filter(|line| line.starts_with("test result:")) {
        println!("{line}");
    }
    Ok(())
}
