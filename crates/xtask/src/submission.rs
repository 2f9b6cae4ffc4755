//! The client and the command line with a real cluster.
//!
//! Their tests that need one are left out of `cargo test`; here they are run with a cluster of one
//! TaskManager, and with a job of Java alone that ends, goes on or fails as it is told.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cluster::{Distribution, Running, Settings, free_port};
use crate::failover::java_job;
use crate::java::Jobs;
use crate::layout::Layout;
use crate::setup::JavaTools;
use crate::{native, step};

const MAIN: &str = "org.brookite.submission.SubmissionJob";
const CLASSES: &str = "org/brookite/submission";

/// The packages that have a test file `cluster.rs`.
const PACKAGES: [&str; 2] = ["brookite-client", "brookite-cli"];

/// Builds everything and runs the tests.
pub(crate) fn run() -> Result<()> {
    let layout = Layout::find()?;
    let tools = JavaTools::find_or_install()?;
    let distribution = Distribution::find_or_download(&layout)?;
    native::build(&layout, &[])?;
    Jobs::build(&layout, &tools)?;
    prove(&layout, &tools, distribution, |name, command| step::run(name, command).map(|_| ()))
}

/// Runs the tests, each package's with `run`, with what is built already.
pub(crate) fn prove(
    layout: &Layout,
    tools: &JavaTools,
    distribution: Distribution,
    mut run: impl FnMut(&str, &mut Command) -> Result<()>,
) -> Result<()> {
    let folder = layout.results("submission");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let jar = folder.join("submission-job.jar");
    java_job(layout, MAIN, CLASSES)?.write(&jar)?;
    let port = free_port()?;
    let settings = Settings {
        task_managers: 1,
        slots: 2,
        port,
        options: vec!["metrics.fetcher.update-interval=1000".to_owned()],
        outlive: false,
    };
    let cluster = Running::start(layout, tools, distribution, &folder.join("cluster"), settings)?;
    for package in PACKAGES {
        let mut command = layout.cargo("test");
        command.args(["--package", package, "--test", "cluster", "--"]);
        // One job at a time: there are two slots.
        command.args(["--ignored", "--test-threads", "1"]);
        command.env("BROOKITE_TEST_CLUSTER", cluster.client().url());
        command.env("BROOKITE_TEST_JAR", &jar);
        run(&format!("{package} with a cluster"), &mut command)?;
    }
    cluster.stop()
}
