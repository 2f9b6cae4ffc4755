//! Flink's own distribution: found, or downloaded once.
//!
//! `FLINK_HOME` is taken as it is. Else the jars come from the package `apache-flink-libraries` on
//! PyPI, in which the Flink project publishes them, or from Apache's archive, and are kept in
//! target/flink.

use std::env;
use std::fs;
use std::path::{self, Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::layout::Layout;
use crate::{setup, step, versions};

pub(crate) struct Distribution {
    lib: PathBuf,
    version: String,
}

impl Distribution {
    pub(crate) fn find_or_download(layout: &Layout) -> Result<Self> {
        let version = versions::flink(layout).context("java/pom.xml names no flink.version")?;
        if let Some(home) = env::var_os("FLINK_HOME") {
            return Self::in_lib(&Path::new(&home).join("lib"))
                .context("FLINK_HOME is set, but has no distribution");
        }
        let folder = layout.root().join("target/flink").join(&version);
        if let Ok(found) = Self::in_lib(&folder.join("lib")) {
            return Ok(found);
        }
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        download(&folder, &version)?;
        Self::in_lib(&folder.join("lib"))
    }

    fn in_lib(lib: &Path) -> Result<Self> {
        // The processes of a cluster have a working directory of their own.
        let lib = &path::absolute(lib).with_context(|| format!("no path: {}", lib.display()))?;
        let files = fs::read_dir(lib).with_context(|| format!("cannot read {}", lib.display()))?;
        for file in files {
            let name = file?.file_name();
            let version = name
                .to_str()
                .and_then(|name| name.strip_prefix("flink-dist-")?.strip_suffix(".jar"));
            if let Some(version) = version {
                return Ok(Self { lib: lib.to_owned(), version: version.to_owned() });
            }
        }
        bail!("there is no flink-dist-*.jar in {}", lib.display())
    }

    /// The class path of all its jars.
    pub(crate) fn class_path(&self) -> String {
        format!("{}/*", self.lib.display())
    }

    /// What FLINK_HOME is to be for it.
    pub(crate) fn home(&self) -> &Path {
        self.lib.parent().unwrap_or(&self.lib)
    }

    pub(crate) fn version(&self) -> &str {
        &self.version
    }
}

/// Puts the jars into `folder`/lib.
fn download(folder: &Path, version: &str) -> Result<()> {
    match setup::find_python() {
        Some(python) => from_pypi(python, folder, version),
        None if setup::succeeds("curl", &["--version"]) => from_archive(folder, version),
        None => {
            let python = setup::python().context("neither FLINK_HOME nor pip nor curl")?;
            from_pypi(python, folder, version)
        }
    }
}

/// A wheel is a zip file; its jars are in pyflink/lib.
fn from_pypi(python: &str, folder: &Path, version: &str) -> Result<()> {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "download", "--no-deps", "--disable-pip-version-check", "--dest"]);
    pip.arg(folder).arg(format!("apache-flink-libraries=={version}"));
    step::run("downloading Flink's distribution", &mut pip)?;
    let wheel = fs::read_dir(folder)?
        .filter_map(|file| file.ok().map(|file| file.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .context("pip downloaded no wheel of apache-flink-libraries")?;
    let mut unpack = Command::new(python);
    unpack.args(["-m", "zipfile", "-e"]).arg(&wheel).arg(folder);
    step::run("unpacking it", &mut unpack)?;
    let lib = folder.join("lib");
    if lib.exists() {
        // Without Flink's own jar, else it had been found.
        fs::remove_dir_all(&lib).with_context(|| format!("cannot remove {}", lib.display()))?;
    }
    fs::rename(folder.join("pyflink/lib"), lib)
        .context("the package apache-flink-libraries has no pyflink/lib")?;
    fs::remove_dir_all(folder.join("pyflink"))?;
    Ok(fs::remove_file(wheel)?)
}

fn from_archive(folder: &Path, version: &str) -> Result<()> {
    let name = format!("flink-{version}");
    let file = format!("{name}-bin-scala_2.12.tgz");
    let url = format!("https://archive.apache.org/dist/flink/{name}/{file}");
    let mut curl = Command::new("curl");
    curl.current_dir(folder).args(["--fail", "--location", "--silent", "--show-error", "-O", &url]);
    step::run("downloading Flink's distribution", &mut curl)?;
    let mut tar = Command::new("tar");
    tar.current_dir(folder).args(["-xzf", &file, "--strip-components=1", &format!("{name}/lib")]);
    step::run("unpacking it", &mut tar)?;
    ensure!(folder.join("lib").is_dir(), "{url} has no lib folder");
    Ok(fs::remove_file(folder.join(file))?)
}
