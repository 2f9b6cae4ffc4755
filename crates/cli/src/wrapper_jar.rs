//! The jar of the wrapper: given, or where Maven puts it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::checkout;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Finds the jar of this program's version.
pub(crate) fn find(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(given) = given {
        if !given.is_file() {
            bail!("there is no jar of the wrapper at '{}'", given.display());
        }
        return Ok(given.to_owned());
    }
    let name = format!("brookite-flink-{VERSION}.jar");
    let built = checkout::root().map(|root| root.join("java/wrapper/target").join(&name));
    let installed = env::home_dir().map(|home| {
        home.join(".m2/repository/org/brookite/brookite-flink").join(VERSION).join(&name)
    });
    let places: Vec<PathBuf> = built.into_iter().chain(installed).collect();
    if let Some(found) = places.iter().find(|place| place.is_file()) {
        return Ok(found.clone());
    }
    let looked: Vec<_> = places.iter().map(|place| format!("  {}", place.display())).collect();
    let fix = if checkout::root().is_some() {
        "`cargo xtask demo` in the checkout builds it, or name it with --wrapper"
    } else {
        "name it with --wrapper or BROOKITE_WRAPPER"
    };
    bail!(
        "the wrapper's jar is not there; {fix}. These places were looked at:\n{}",
        looked.join("\n")
    )
}
