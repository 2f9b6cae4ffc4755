//! The client and the command line with a real cluster.
//!
//! Their tests that need one are left out of `cargo test`; here they are run with a cluster of two
//! TaskManagers: with the pipelines of tests/pipelines, and with a job of Java alone that ends, goes on or
//! fails as it is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cluster::{Distribution, Running, Settings, free_port};
use crate::failover::{java_job, wrapper_jar};
use crate::java::Jobs;
use crate::layout::Layout;
use crate::setup::JavaTools;
use crate::{native, step};

const MAIN: &str = "org.brookite.submission.SubmissionJob";
const CLASSES: &str = "org/brookite/submission";

/// The test files that need a cluster, or Flink's classes, in whatever package they are.
const FILES: [&str; 3] = ["cluster", "interrupt", "formats"];

/// The test file that kills the JobManager.
const END: &str = "cluster_end";

/// The package of the small pipelines, all of which run.
const TABLE: &str = "pipelines";

/// The packages of the libraries that it has pipelines of, and the examples.
const LIBRARIES: [&str; 3] = [TABLE, "example-pipelines", "word-count"];

/// TaskManagers, and slots of each.
const SIZE: (u32, u32) = (2, 4);

/// Builds everything and runs the tests: all, or only the small pipelines of tests/pipelines.
pub(crate) fn run(table: bool) -> Result<()> {
    let layout = Layout::find()?.with_plugins_as_tested();
    let tools = JavaTools::find_or_install()?;
    let distribution = Distribution::find_or_download(&layout)?;
    native::build(&layout, &LIBRARIES)?;
    Jobs::build(&layout, &tools)?;
    let run = |name: &str, command: &mut Command| step::run(name, command).map(|_| ());
    prove_some(&layout, &tools, distribution, table, run)
}

/// Runs the tests with `run`, with what is built already.
pub(crate) fn prove(
    layout: &Layout,
    tools: &JavaTools,
    distribution: Distribution,
    run: impl FnMut(&str, &mut Command) -> Result<()>,
) -> Result<()> {
    prove_some(layout, tools, distribution, false, run)
}

fn prove_some(
    layout: &Layout,
    tools: &JavaTools,
    distribution: Distribution,
    table: bool,
    mut run: impl FnMut(&str, &mut Command) -> Result<()>,
) -> Result<()> {
    let folder = layout.results("submission");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let jar = folder.join("submission-job.jar");
    java_job(layout, MAIN, CLASSES)?.write(&jar)?;
    let (task_managers, slots) = SIZE;
    let settings = Settings {
        task_managers,
        slots,
        port: free_port()?,
        options: vec![
            "metrics.fetcher.update-interval=1000".to_owned(),
            // Each job runs on both.
            "taskmanager.load-balance.mode=SLOTS".to_owned(),
            // Its default lets a job wait for five minutes.
            "slot.request.timeout=10s".to_owned(),
            // Nobody is killed before the end, and a busy machine may be slow.
            "heartbeat.timeout=30s".to_owned(),
        ],
        outlive: false,
    };
    let cluster = Running::start(layout, tools, distribution, &folder.join("cluster"), settings)?;
    let jobs = Jobs::built(layout)?;
    let tests = |files: &[&str]| -> Result<Command> {
        let mut command = layout.cargo("test");
        // Of the whole workspace, so that everything has the features that it is built with already.
        command.args(if table {
            &["--package", TABLE][..]
        } else {
            &["--workspace", "--no-fail-fast"]
        });
        files.iter().for_each(|file| {
            command.args(["--test", file]);
        });
        command.arg("--").env("JAVA_HOME", tools.home());
        command.env("BROOKITE_FLINK_CLASSPATH", jobs.class_path());
        command.env("BROOKITE_TEST_FORMATS", jobs.formats());
        // One job at a time, unless a test starts several.
        command.args(["--ignored", "--test-threads", "1"]);
        command.env("BROOKITE_TEST_CLUSTER", cluster.client().url());
        command.env("BROOKITE_TEST_JAR", &jar);
        command.env("BROOKITE_TEST_WRAPPER", wrapper_jar(layout)?);
        command.env("BROOKITE_TEST_LIBRARIES", layout.plugins());
        Ok(command)
    };
    let files = if table { &FILES[..1] } else { &FILES[..] };
    run("tests with a cluster", &mut tests(files)?)?;
    libraries_came_in_the_jar(layout, &cluster, task_managers)?;
    if !table {
        let mut command = tests(&[END])?;
        let job_manager = cluster.job_manager().context("the JobManager is gone")?;
        command.env("BROOKITE_TEST_JOB_MANAGER", job_manager.to_string());
        run("tests that kill the JobManager", &mut command)?;
    }
    cluster.stop()
}

/// Whether the TaskManagers, which still have all libraries open that they ever had, have none that was
/// built here but those that came to them in a jar.
fn libraries_came_in_the_jar(
    layout: &Layout,
    cluster: &Running<'_>,
    task_managers: u32,
) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let built = layout.plugins().parent().map(Path::to_owned).unwrap_or_default();
    for number in 1..=task_managers {
        let pid = cluster.task_manager(number).context("a TaskManager is gone")?;
        let maps = fs::read_to_string(format!("/proc/{pid}/maps")).context("no maps")?;
        let files: BTreeSet<&Path> = maps
            .lines()
            .filter_map(|line| line.find('/').map(|start| Path::new(&line[start..])))
            .filter(|file| file.to_string_lossy().contains(".so"))
            .collect();
        ensure!(
            files.iter().any(|file| file.to_string_lossy().contains(TABLE)),
            "TaskManager {number} has not opened the library of the pipelines: {files:?}"
        );
        let direct = files.iter().find(|file| {
            let cargos = ["debug", "release", "native"].map(|folder| built.join(folder));
            cargos.iter().any(|folder| file.starts_with(folder))
        });
        ensure!(
            direct.is_none(),
            "TaskManager {number} has opened {direct:?}, which was not in its jar"
        );
    }
    Ok(())
}
