//! The native half: the bridge, the plugins and the programs, optimised.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::layout::{Layout, Plugins, library_file};
use crate::step;

/// Builds the bridge and the named packages, and stages the bridge for the jar. The bridge is optimised in any
/// case: the jar that it goes into is the one that is found in a checkout.
pub(crate) fn build(layout: &Layout, packages: &[&str]) -> Result<()> {
    let mut command = layout.cargo("build");
    command.args(["--release", "--package", BRIDGE_PACKAGE]);
    if layout.how_plugins_are_built() == Plugins::Released {
        for package in packages {
            command.args(["--package", package]);
        }
    }
    step::run("building the native libraries", &mut command)?;
    if layout.how_plugins_are_built() == Plugins::AsTested {
        let mut command = layout.cargo("build");
        // With the tests of the whole workspace, and their profile: so what they depend on has the features that
        // `cargo test` has built it with, and nothing but the libraries and programs is left to be built.
        command.args(["--profile", "test", "--workspace", "--lib", "--bins", "--tests"]);
        step::run("building plugins and programs as tested", &mut command)?;
    }
    stage_bridge(layout)
}

const BRIDGE_PACKAGE: &str = "brookite-jni";
const BRIDGE_LIBRARY: &str = "brookite_bridge";

/// Builds a program that runs pipelines, and returns it. The libraries of its pipelines are built with it; those
/// that [`build`] has built are faster.
pub(crate) fn program(layout: &Layout, package: &str) -> Result<PathBuf> {
    let mut command = layout.cargo("build");
    command.args(["--profile", PROGRAM_PROFILE, "--package", package]);
    step::run("building the program", &mut command)?;
    Ok(layout.built(PROGRAM_PROFILE).join(package))
}

/// The profile of programs, in the workspace's Cargo.toml.
const PROGRAM_PROFILE: &str = "program";

/// Copies the bridge to `target/native/<os>-<arch>/`, from where Maven takes it into the jar.
fn stage_bridge(layout: &Layout) -> Result<()> {
    use std::env::consts::{ARCH, OS};
    let file = library_file(BRIDGE_LIBRARY);
    let folder = layout.results("native").join(format!("{OS}-{ARCH}"));
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let from = layout.built("release").join(&file);
    let to = folder.join(&file);
    fs::copy(&from, &to)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}
