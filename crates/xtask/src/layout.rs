//! Where things are in this repository and in its output folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The repository, its packages, and where its chores put their results.
pub(crate) struct Layout {
    root: PathBuf,
    cargo_target: PathBuf,
    plugins: Plugins,
    dynamic_libraries: Vec<String>,
}

impl Layout {
    /// Asks Cargo about the workspace that this program was built in.
    pub(crate) fn find() -> Result<Layout> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("this package lies two folders below the repository's root")?;
        let mut command = Command::new("cargo");
        command.current_dir(root);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let output = command.output().context("cannot run `cargo metadata`")?;
        ensure!(
            output.status.success(),
            "`cargo metadata` failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let metadata: Value = serde_json::from_slice(&output.stdout)
            .context("`cargo metadata` did not print JSON")?;
        let cargo_target = metadata["target_directory"]
            .as_str()
            .context("`cargo metadata` names no target_directory")?;
        Ok(Layout {
            root: root.to_path_buf(),
            cargo_target: PathBuf::from(cargo_target),
            plugins: Plugins::Released,
            dynamic_libraries: dynamic_libraries(&metadata),
        })
    }

    /// The repository's root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The same, with plugins as `cargo test` builds them: for chores that prove something and measure
    /// nothing. They check more, overflow for one, and need minutes less to build.
    pub(crate) fn with_plugins_as_tested(self) -> Layout {
        Layout { plugins: Plugins::AsTested, ..self }
    }

    /// How plugins are built.
    pub(crate) fn how_plugins_are_built(&self) -> Plugins {
        self.plugins
    }

    /// The folder of the plugins.
    pub(crate) fn plugins(&self) -> PathBuf {
        match self.plugins {
            Plugins::Released => self.built("release"),
            Plugins::AsTested => self.debug(),
        }
    }

    /// The folder of what is built with a profile.
    pub(crate) fn built(&self, profile: &str) -> PathBuf {
        self.cargo_target.join(profile)
    }

    /// The folder of the build for tests.
    pub(crate) fn debug(&self) -> PathBuf {
        self.cargo_target.join("debug")
    }

    /// The folder for a chore's results, `target/<chore>`.
    pub(crate) fn results(&self, chore: &str) -> PathBuf {
        self.root.join("target").join(chore)
    }

    /// Every package that builds a dynamic library: the bridge, examples and test plugins.
    pub(crate) fn dynamic_libraries(&self) -> &[String] {
        &self.dynamic_libraries
    }

    /// A `cargo` command in the repository, held to the committed Cargo.lock.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(&self.root).args([subcommand, "--locked"]);
        command
    }
}

/// How plugins are built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plugins {
    /// As users build theirs.
    Released,
    /// As `cargo test` builds them.
    AsTested,
}

/// The file name of a dynamic library on this platform, as `System.mapLibraryName` gives it.
pub(crate) fn library_file(name: &str) -> String {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    format!("{DLL_PREFIX}{name}{DLL_SUFFIX}")
}

fn dynamic_libraries(metadata: &Value) -> Vec<String> {
    let is_dynamic = |package: &&Value| {
        let targets = package["targets"].as_array().into_iter().flatten();
        targets
            .flat_map(|target| target["crate_types"].as_array().into_iter().flatten())
            .any(|crate_type| crate_type == "cdylib")
    };
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter(is_dynamic)
        .filter_map(|package| package["name"].as_str())
        .map(str::to_owned)
        .collect()
}
