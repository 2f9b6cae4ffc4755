//! Plugins as a JVM's compiler would build them: for the processor at hand, and with a profile.
//!
//! The JIT compiler lays Java's code out by what it saw the code do. A compiler that runs ahead of time
//! is given the same knowledge by profile-guided optimisation: a build that counts, a run of it, and a
//! second build that reads the counts.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::layout::{Layout, library_file};
use crate::{setup, step};

const FOR_THIS_CPU: &str = "--codegen target-cpu=native";

/// Builds the packages, lets `train` run what they do, and builds them again with what was learnt.
/// Returns the folder that they are in.
///
/// `train` is given the folder of the counting plugins and a command's environment variable that says
/// where counts go.
pub(crate) fn build(
    layout: &Layout,
    packages: &[&str],
    train: impl FnOnce(&Path, (&str, &Path)) -> Result<()>,
) -> Result<PathBuf> {
    let merger = setup::profile_merger()?;
    let folder = layout.results("profile");
    let counts = folder.join("counts");
    let flags = format!("{FOR_THIS_CPU} --codegen profile-generate={}", counts.display());
    let counting = compile(layout, packages, "counting", &folder, &flags)?;
    let profile = folder.join(format!("{:016x}.profdata", content(&counting, packages)?));
    if !profile.is_file() {
        // Counts of other code would be merged with these.
        if counts.exists() {
            fs::remove_dir_all(&counts)
                .with_context(|| format!("cannot remove {}", counts.display()))?;
        }
        train(&counting, ("LLVM_PROFILE_FILE", &counts.join("%p-%m.profraw")))?;
        let mut merge = Command::new(merger);
        merge.arg("merge").arg("--output").arg(&profile).arg(&counts);
        step::run("merging the profiles", &mut merge)?;
    }
    let flags = format!("{FOR_THIS_CPU} --codegen profile-use={}", profile.display());
    compile(layout, packages, "trained", &folder, &flags)
}

/// Builds in a folder of its own: other flags in the usual one would have everything built again.
fn compile(
    layout: &Layout,
    packages: &[&str],
    what: &str,
    folder: &Path,
    flags: &str,
) -> Result<PathBuf> {
    let target = folder.join(what);
    let mut command = layout.cargo("build");
    command.arg("--release").arg("--target-dir").arg(&target).env("RUSTFLAGS", flags);
    for package in packages {
        command.args(["--package", package]);
    }
    step::run(&format!("building the {what} plugins for this processor"), &mut command)?;
    Ok(target.join("release"))
}

/// A number for what the plugins contain: the same code needs no second training.
fn content(folder: &Path, packages: &[&str]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for package in packages {
        let file = folder.join(library_file(&package.replace('-', "_")));
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        ensure!(!bytes.is_empty(), "{} is empty", file.display());
        bytes.hash(&mut hasher);
    }
    Ok(hasher.finish())
}
