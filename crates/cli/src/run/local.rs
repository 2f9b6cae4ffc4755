//! Runs a pipeline with no JVM.
//!
//! The functions of a crate run in a process that links it. So a small program is made beside the crate's
//! other results, which depends on the crate and on the local runner, and is built and run.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::checkout;
use crate::console;
use crate::interrupt::{self, Interrupted};
use crate::packaging::Described;
use crate::project::cargo;

const MANIFEST: &str = include_str!("../../templates/local/Cargo.toml.in");
const MAIN: &str = include_str!("../../templates/local/main.rs.in");

pub(super) fn run(
    described: &Described,
    parallelism: Option<u32>,
    arguments: &[String],
) -> Result<()> {
    let project = &described.project;
    let folder = project.target.join("brookite").join("local").join(&project.package);
    let root = project.manifest.parent().unwrap_or(Path::new("."));
    let mut manifest = MANIFEST
        .replace("{{name}}", &project.package)
        .replace("{{path}}", &format!("{:?}", root.display().to_string()));
    for package in ["brookite-core", "brookite-executor", "brookite-local"] {
        manifest = manifest.replace(&format!("{{{{{package}}}}}"), &checkout::dependency(package));
    }
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("src/main.rs"), MAIN)?;
    // The versions that the crate is built with.
    let locked =
        root.ancestors().map(|folder| folder.join("Cargo.lock")).find(|lock| lock.is_file());
    if let Some(lock) = locked {
        fs::copy(&lock, folder.join("Cargo.lock"))
            .with_context(|| format!("cannot copy '{}'", lock.display()))?;
    }
    let mut build = cargo();
    build.args(["build", "--release", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    build.arg("--target-dir").arg(&project.target);
    if !build.status().context("cannot run cargo")?.success() {
        bail!(
            "the crate '{}' cannot be linked into a program; a local run needs `rlib` among its crate types: \
             `[lib] crate-type = [\"cdylib\", \"rlib\"]`",
            project.package
        );
    }
    let program = project.target.join("release").join(format!("{}-local", project.package));
    let name =
        described.graph.origin.as_ref().map(|call| call.pipeline.as_str()).unwrap_or_default();
    // Ctrl-C goes to the program, too, which ends in good order.
    interrupt::listen()?;
    let status = std::process::Command::new(&program)
        .arg(parallelism.unwrap_or_default().to_string())
        .arg(name)
        .args(arguments)
        .status()
        .with_context(|| format!("cannot run '{}'", program.display()))?;
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(()),
        (Some(130), _) => Err(Interrupted("the job has stopped; nothing runs".to_owned()).into()),
        (Some(_), _) => bail!("the pipeline '{name}' failed: see above"),
        (None, signal) => {
            console::note(format_args!("'{}' was killed by signal {signal:?}", program.display()));
            bail!("the pipeline '{name}' was ended from outside")
        }
    }
}

/// Leaves a file that is the same already alone, so that Cargo has nothing to build.
fn write(file: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|found| found == text) {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).with_context(|| format!("cannot create '{}'", folder.display()))?;
    fs::write(file, text).with_context(|| format!("cannot write '{}'", file.display()))
}
