//! The crate that a command is about: what Cargo says of it, and its library.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use brookite_client::package::Platform;
use serde::Deserialize;

use crate::interrupt;
use crate::profile::Profile;

/// A crate that builds a library of functions.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    /// The package's name, for Cargo.
    pub(crate) package: String,
    /// The library's name: that of the crate, with underscores.
    pub(crate) library: String,
    /// The package's Cargo.toml.
    pub(crate) manifest: PathBuf,
    /// Where Cargo builds.
    pub(crate) target: PathBuf,
    /// Where the profiles are made: the folder of the workspace's Cargo.toml.
    pub(crate) workspace: PathBuf,
    /// How Cargo builds.
    pub(crate) profile: Profile,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    crate_types: Vec<String>,
}

impl Project {
    /// The crate in this folder, or that of the given name in this workspace, optimised.
    pub(crate) fn find(package: Option<&str>, manifest: Option<&Path>) -> Result<Self> {
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        if let Some(manifest) = manifest {
            command.arg("--manifest-path").arg(manifest);
        }
        let output = command.output().context("cannot run cargo")?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let metadata: Metadata =
            serde_json::from_slice(&output.stdout).context("`cargo metadata` printed no JSON")?;
        // Of a workspace, the crate is meant whose Cargo.toml was named, or in whose folder one is.
        let named = manifest.and_then(|manifest| manifest.canonicalize().ok());
        let folder = named.as_deref().and_then(Path::parent).map(Path::to_owned);
        metadata.choose(package, &folder.or(env::current_dir().ok()).unwrap_or_default())
    }

    /// The same, built otherwise.
    pub(crate) fn with(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// Builds the library and returns its file.
    pub(crate) fn build(&self) -> Result<PathBuf> {
        let mut command = cargo();
        command.args(["build", "--profile", self.profile.name()]);
        command.args(["--lib", "--package", &self.package]);
        command.arg("--manifest-path").arg(&self.manifest);
        if !interrupt::build(&mut command)?.success() {
            bail!("the crate '{}' does not build: see above", self.package);
        }
        Ok(self.built())
    }

    /// Where its jar is put when nothing else is said.
    pub(crate) fn default_jar(&self) -> PathBuf {
        self.target.join("brookite").join(format!("{}.jar", self.package))
    }

    /// Where the library is once it is built.
    pub(crate) fn built(&self) -> PathBuf {
        self.results().join(Platform::of_this_machine().file_name(&self.library))
    }

    /// Where Cargo puts what it has built.
    pub(crate) fn results(&self) -> PathBuf {
        self.target.join(self.profile.folder())
    }
}

impl Metadata {
    fn choose(self, wanted: Option<&str>, folder: &Path) -> Result<Project> {
        let (target, workspace) = (self.target_directory, self.workspace_root);
        let mut libraries: Vec<Project> = self
            .packages
            .into_iter()
            .filter_map(|package| package.project(&target, &workspace))
            .collect();
        if let Some(wanted) = wanted {
            libraries.retain(|project| project.package == wanted);
        } else if let Some(here) = libraries
            .iter()
            .position(|project| {
                project.manifest.parent().is_some_and(|root| folder.starts_with(root))
            })
            .filter(|_| libraries.len() > 1)
        {
            libraries = vec![libraries.swap_remove(here)];
        }
        match libraries.len() {
            1 => Ok(libraries.swap_remove(0)),
            0 => match wanted {
                Some(wanted) => {
                    bail!("there is no crate '{wanted}' here that builds a library of functions")
                }
                None => bail!(
                    "the crate in this folder builds no library of functions: its Cargo.toml needs \
                     `[lib] crate-type = [\"cdylib\", \"rlib\"]`; `cargo brookite new` makes one that has it"
                ),
            },
            _ => {
                let names: Vec<_> = libraries.iter().map(|project| &*project.package).collect();
                bail!(
                    "there are several crates here; name one with --package: {}",
                    names.join(", ")
                )
            }
        }
    }
}

impl Package {
    fn project(self, target: &Path, workspace: &Path) -> Option<Project> {
        let is_plugin = |target: &&Target| target.crate_types.iter().any(|kind| kind == "cdylib");
        let library = self.targets.iter().find(is_plugin)?.name.replace('-', "_");
        Some(Project {
            package: self.name,
            library,
            manifest: self.manifest_path,
            target: target.to_owned(),
            workspace: workspace.to_owned(),
            profile: Profile::default(),
        })
    }
}

/// The Cargo that has called this program, else that of the PATH.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(packages: &[(&str, &str)]) -> Metadata {
        let package = |(name, kind): &(&str, &str)| Package {
            name: (*name).to_owned(),
            manifest_path: PathBuf::from(format!("/w/{name}/Cargo.toml")),
            targets: vec![Target {
                name: (*name).to_owned(),
                crate_types: vec![(*kind).to_owned()],
            }],
        };
        let packages = packages.iter().map(package).collect();
        Metadata { packages, target_directory: "/w/target".into(), workspace_root: "/w".into() }
    }

    #[test]
    fn the_crate_of_the_folder_is_meant() {
        let all = || metadata(&[("word-count", "cdylib"), ("top", "cdylib"), ("tool", "bin")]);
        let here = all().choose(None, Path::new("/w/top/src")).unwrap();
        assert_eq!(here.package, "top");
        let named = all().choose(Some("word-count"), Path::new("/w")).unwrap();
        assert_eq!(named.library, "word_count");
        let message = all().choose(None, Path::new("/w")).unwrap_err().to_string();
        assert!(message.ends_with("--package: word-count, top"), "{message}");
    }

    #[test]
    fn a_crate_without_a_library_says_what_it_needs() {
        let message = metadata(&[("tool", "bin")]).choose(None, Path::new("/w")).unwrap_err();
        assert!(message.to_string().contains("cdylib"), "{message}");
    }
}
