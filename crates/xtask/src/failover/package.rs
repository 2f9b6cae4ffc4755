//! The jobs of this repository as one jar, as Flink's REST API takes it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brookite_client::package::{Package, Platform};

use crate::layout::{Layout, library_file};
use crate::versions;

const LIBRARY: &str = "failover_functions";
const MAIN: &str = "org.brookite.failover.FailoverJob";

/// Packs the wrapper with the bridge, the jobs' classes and the library of their functions, which have
/// been built. Without further ado it runs the failover job.
pub(crate) fn job_jar(layout: &Layout, folder: &Path) -> Result<PathBuf> {
    let jar = folder.join("failover-job.jar");
    let library = layout.plugins().join(library_file(LIBRARY));
    java_job(layout, MAIN, "org/brookite/failover")?
        .library(Platform::of_this_machine(), library)
        .write(&jar)?;
    Ok(jar)
}

/// The wrapper with the classes of one Java package, of which `main` is run.
pub(crate) fn java_job(layout: &Layout, main: &str, classes: &str) -> Result<Package> {
    let classes_of_jobs = layout.root().join("java/jobs/target/classes");
    Ok(Package::new(wrapper_jar(layout)?).main_class(main).classes(classes_of_jobs, classes))
}

/// The wrapper with its bridge, as Maven has built it.
pub(crate) fn wrapper_jar(layout: &Layout) -> Result<PathBuf> {
    let version = versions::project(layout).context("java/pom.xml has no version")?;
    Ok(layout.root().join(format!("java/wrapper/target/brookite-flink-{version}.jar")))
}
