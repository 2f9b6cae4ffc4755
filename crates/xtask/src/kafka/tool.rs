//! `cargo brookite`, as its users call it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use brookite_client::package::Platform;

use crate::kafka::EXAMPLES;
use crate::layout::{Layout, library_file};
use crate::setup::JavaTools;
use crate::step;

/// The tool, and what all calls of it have in common.
pub(super) struct Tool<'p> {
    pub(super) layout: &'p Layout,
    pub(super) tools: &'p JavaTools,
    pub(super) flink_home: PathBuf,
    pub(super) connector: &'p Path,
}

/// What the pipeline `payments` is told.
pub(super) struct Payments<'p> {
    pub(super) brokers: &'p str,
    pub(super) from: &'p str,
    pub(super) to: &'p str,
    /// Others, each with its dashes.
    pub(super) more: &'p [&'p str],
}

impl Tool<'_> {
    /// `cargo brookite SUBCOMMAND` of the pipeline `payments`, without the pipeline's arguments.
    fn command(&self, subcommand: &str) -> Command {
        let mut command = Command::new(self.layout.debug().join("cargo-brookite"));
        command.current_dir(self.layout.root());
        command.args([subcommand, "payments", "--package", EXAMPLES]);
        let library = self.layout.plugins().join(library_file("example_pipelines"));
        let library = format!("{}={}", Platform::of_this_machine(), library.display());
        command.args(["--library", &library]);
        command.env("FLINK_HOME", &self.flink_home).env("JAVA_HOME", self.tools.home());
        command
    }

    /// Makes the jar of a job.
    pub(super) fn package(&self, payments: &Payments<'_>, jar: &Path) -> Result<()> {
        let mut command = self.command("package");
        command.arg("--connector").arg(self.connector).arg("--output").arg(jar);
        payments.add_to(&mut command);
        step::run("packaging the pipeline", &mut command)?;
        Ok(())
    }

    /// Runs it in a Flink of its own until it is over.
    pub(super) fn run_embedded(&self, payments: &Payments<'_>, parallelism: u32) -> Result<()> {
        let mut command = self.command("run");
        command.args(["--embedded", "--parallelism", &parallelism.to_string()]);
        command.arg("--connector").arg(self.connector);
        payments.add_to(&mut command);
        step::run("the pipeline, embedded", &mut command)?;
        Ok(())
    }

    /// Runs it on a cluster, where it must fail after so many restarts; returns what is said of that.
    pub(super) fn fails(
        &self,
        url: &str,
        connector: bool,
        restarts: u32,
        payments: &Payments<'_>,
    ) -> Result<String> {
        let mut command = self.command("run");
        command.args(["--flink", url, "-Drestart-strategy.type=fixed-delay"]);
        command.arg(format!("-Drestart-strategy.fixed-delay.attempts={restarts}"));
        if connector {
            command.arg("--connector").arg(self.connector);
        }
        payments.add_to(&mut command);
        let output = command.output().context("cannot run cargo brookite")?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(!output.status.success(), "the job succeeded, and should not have:\n{said}");
        Ok(said)
    }
}

impl Payments<'_> {
    fn add_to(&self, command: &mut Command) {
        let Self { brokers, from, to, more } = self;
        command.args(["--", "--brokers", brokers, "--from", from, "--to", to]);
        // Transactions of two jobs must not have one name.
        command.args(["--transaction-prefix", to]).args(*more);
    }
}
