//! The library of functions: that it is one, and for which platform.

use std::path::{Path, PathBuf};

use brookite_client::package::{self, Platform};

use crate::doctor::Finding;
use crate::project::Project;

/// The library that is looked at.
pub(super) enum Found {
    /// There is a file.
    File(PathBuf),
    /// The crate in this folder would have one, but is not built.
    NotBuilt(PathBuf),
    /// There is no crate in this folder that builds one.
    NoCrate(String),
}

impl Found {
    /// What the library was built for, if it is one.
    pub(super) fn platform(&self) -> Option<Platform> {
        match self {
            Self::File(file) => package::inspect(file).ok(),
            _ => None,
        }
    }
}

/// The given library, else that of the crate in this folder.
pub(super) fn find(given: Option<&Path>) -> Found {
    if let Some(given) = given {
        return Found::File(given.to_owned());
    }
    match Project::find(None, None) {
        Err(error) => Found::NoCrate(format!("{error:#}")),
        Ok(project) => {
            let file = project.built();
            if file.is_file() { Found::File(file) } else { Found::NotBuilt(file) }
        }
    }
}

pub(super) fn check(found: &Found) -> Vec<Finding> {
    let finding = match found {
        Found::NoCrate(reason) => Finding::warning(
            first_line(reason),
            "go to the folder of a crate of functions, or make one with `cargo brookite new NAME`",
        ),
        Found::NotBuilt(file) => Finding::warning(
            format!("the library is not built: there is no {}", file.display()),
            "cargo build --release",
        ),
        Found::File(file) => match package::inspect(file) {
            Ok(platform) => Finding::good(format!("{} for {platform}", file.display())),
            Err(error) => Finding::problem(error.to_string(), "build the library anew"),
        },
    };
    vec![finding]
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
