//! Cargo's profiles: how a crate is built.

use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context as _, Result};
use toml::Table;

/// The name of a profile that Cargo has, or that the crate's Cargo.toml makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile(String);

/// Functions are optimised unless somebody wants it otherwise.
pub(crate) const DEFAULT: &str = "release";

impl Profile {
    /// What Cargo calls it.
    pub(crate) fn name(&self) -> &str {
        &self.0
    }

    /// The folder of what is built with it. Cargo's own four share two.
    /// Source: The Cargo Book, "Build cache".
    pub(crate) fn folder(&self) -> &str {
        match self.name() {
            "dev" | "test" => "debug",
            "release" | "bench" => "release",
            other => other,
        }
    }
}

/// The profiles that a workspace's Cargo.toml makes, as they stand in such a file.
pub(crate) fn of_workspace(root: &Path) -> Result<String> {
    let file = root.join("Cargo.toml");
    let unread = || format!("cannot read '{}'", file.display());
    let mut made: Table =
        fs::read_to_string(&file).with_context(unread)?.parse().with_context(unread)?;
    made.retain(|key, _| key == "profile");
    Ok(made.to_string())
}

impl Default for Profile {
    fn default() -> Self {
        Self(DEFAULT.to_owned())
    }
}

impl FromStr for Profile {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(Self(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_s_own_profiles_share_two_folders() {
        let folder = |name: &str| Profile(name.to_owned()).folder().to_owned();
        assert_eq!(
            ["dev", "test", "release", "bench"].map(folder).join(" "),
            "debug debug release release"
        );
        assert_eq!(folder("fast"), "fast");
    }

    #[test]
    fn the_profiles_of_a_workspace_are_all_that_is_taken_from_it() {
        let folder = tempfile::tempdir().unwrap();
        let missing = format!("{:#}", of_workspace(folder.path()).unwrap_err());
        assert!(missing.contains("Cargo.toml"), "{missing}");
        let made =
            "[workspace]\nmembers = []\n[profile.fast]\ninherits = \"release\"\nlto = true\n";
        fs::write(folder.path().join("Cargo.toml"), made).unwrap();
        let taken = of_workspace(folder.path()).unwrap();
        assert_eq!(
            taken.parse::<Table>(),
            "profile.fast = { inherits = 'release', lto = true }".parse()
        );
    }
}
