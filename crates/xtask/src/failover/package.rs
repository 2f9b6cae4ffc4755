//! The jobs of this folder as one jar, as Flink's REST API takes it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::layout::{Layout, library_file};
use crate::setup::JavaTools;
use crate::{step, versions};

const LIBRARY: &str = "failover_functions";
const MAIN: &str = "org.brookite.failover.FailoverJob";

/// Packs the wrapper with the bridge, the jobs' classes and the library of their functions, which have
/// been built. Without further ado it runs the failover job.
pub(crate) fn job_jar(layout: &Layout, tools: &JavaTools, folder: &Path) -> Result<PathBuf> {
    use std::env::consts::{ARCH, OS};
    let version = versions::project(layout).context("java/pom.xml has no version")?;
    let java = layout.root().join("java");
    let wrapper = java.join(format!("wrapper/target/brookite-flink-{version}.jar"));
    let jar = folder.join("failover-job.jar");
    copy(&wrapper, &jar)?;
    let content = folder.join("jar");
    let native = Path::new("native").join(format!("{OS}-{ARCH}"));
    let library = library_file(LIBRARY);
    fs::create_dir_all(content.join(&native))?;
    copy(&layout.release().join(&library), &content.join(native).join(library))?;
    let mut command = tools.jar();
    command.arg("--update").arg("--file").arg(&jar).args(["--main-class", MAIN]);
    command.arg("-C").arg(java.join("jobs/target/classes")).arg("org/brookite/failover");
    command.arg("-C").arg(&content).arg("native");
    step::run("packing the job", &mut command)?;
    Ok(jar)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}
