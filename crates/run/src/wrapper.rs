//! The jar of the wrapper: given, or where Maven puts it.

use std::env;
use std::path::{Path, PathBuf};

use crate::checkout;
use crate::error::RunError;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Finds the jar of this version: `given`, else that of the variable `BROOKITE_WRAPPER`, else the one that
/// Maven has built in a checkout or installed on this machine.
///
/// # Errors
/// [`RunError::NoWrapper`].
pub fn find(given: Option<&Path>) -> Result<PathBuf, RunError> {
    let named =
        given.map(Path::to_owned).or_else(|| env::var_os("BROOKITE_WRAPPER").map(Into::into));
    if let Some(named) = named {
        if named.is_file() {
            return Ok(named);
        }
        return Err(RunError::NoWrapper { advice: "name the right file", looked: vec![named] });
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
    let advice = if checkout::root().is_some() {
        "`cargo xtask demo` in the checkout builds it, or name it with BROOKITE_WRAPPER"
    } else {
        "name it with BROOKITE_WRAPPER"
    };
    Err(RunError::NoWrapper { advice, looked: places })
}
