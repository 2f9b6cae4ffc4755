//! Runs a pipeline with no JVM.
//!
//! The functions of a crate run in a process that links it. So a small program is made beside the crate's
//! other results, which depends on the crate and on the local runner, and is built and run.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;

use anyhow::{Context as _, Result, bail};
use brookite_run::checkout;

use crate::console;
use crate::interrupt::{self, Interrupted};
use crate::packaging::Described;
use crate::profile;
use crate::project::cargo;

const MANIFEST: &str = include_str!("../../templates/local/Cargo.toml.in");
const MAIN: &str = include_str!("../../templates/local/main.rs.in");

pub(super) fn run(
    described: &Described,
    options: &[(String, String)],
    arguments: &[String],
) -> Result<()> {
    let project = &described.project;
    let folder = project.target.join("brookite").join("local").join(&project.package);
    let root = project.manifest.parent().unwrap_or(Path::new("."));
    let manifest = MANIFEST
        .replace("{{name}}", &project.package)
        .replace("{{path}}", &format!("{:?}", root.display().to_string()))
        .replace("{{brookite-run}}", &checkout::dependency("brookite-run"))
        .replace("{{profiles}}", &profile::of_workspace(&project.workspace)?);
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
    build.args(["build", "--profile", project.profile.name(), "--quiet"]);
    build.arg("--manifest-path").arg(folder.join("Cargo.toml"));
    build.arg("--target-dir").arg(&project.target);
    if !interrupt::build(&mut build)?.success() {
        bail!(
            "the crate '{}' cannot be linked into a program; a local run needs `rlib` among its crate types: \
             `[lib] crate-type = [\"cdylib\", \"rlib\"]`",
            project.package
        );
    }
    let program = project.results().join(format!("{}-local", project.package));
    let name =
        described.graph.origin.as_ref().map(|call| call.pipeline.as_str()).unwrap_or_default();
    let mut command = Command::new(&program);
    command.args(options.iter().map(|(key, value)| format!("-D{key}={value}")));
    command.arg(name).args(arguments);
    let status =
        attend(&mut command).with_context(|| format!("cannot run '{}'", program.display()))?;
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

/// Runs the program to its end. Its standard input says what it is to do: a line that it is to stop, the end
/// of it that nobody attends to it any more.
fn attend(command: &mut Command) -> io::Result<ExitStatus> {
    let mut program = command.stdin(Stdio::piped()).process_group(0).spawn()?;
    let mut input = program.stdin.take();
    let mut told = false;
    loop {
        if let Some(status) = program.try_wait()? {
            return Ok(status);
        }
        if interrupt::wanted() && !told {
            told = true;
            if let Some(input) = &mut input {
                // It may just have ended.
                let _ = writeln!(input, "stop");
            }
        }
        sleep(interrupt::PAUSE);
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
