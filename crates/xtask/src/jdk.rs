//! Finding a JDK that is already there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::setup;

/// The oldest JDK that the build accepts.
const OLDEST: u32 = 17;

/// The home and the feature version of the first suitable JDK: JAVA_HOME's, the one on the
/// PATH, then those where the platform's packages put them.
pub(crate) fn find() -> Option<(PathBuf, u32)> {
    let declared = std::env::var_os("JAVA_HOME").map(PathBuf::from);
    let on_path = setup::on_path("javac").and_then(|javac| home_of(&javac));
    let folders = [
        "/usr/lib/jvm",
        "/Library/Java/JavaVirtualMachines",
        "/opt/homebrew/opt",
        "/usr/local/opt",
    ];
    let installed = folders.iter().flat_map(|folder| {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        entries.sort();
        entries
    });
    let bundles = |home: PathBuf| {
        let inner = ["Contents/Home", "libexec/openjdk.jdk/Contents/Home"].map(|p| home.join(p));
        std::iter::once(home).chain(inner)
    };
    declared
        .into_iter()
        .chain(on_path)
        .chain(installed)
        .flat_map(bundles)
        .filter_map(|home| Some((version_of(&home)?, home)))
        .find(|(version, _)| *version >= OLDEST)
        .map(|(version, home)| (home, version))
}

/// The feature version of the JDK at `home`; none when there is no compiler, as in a JRE.
fn version_of(home: &Path) -> Option<u32> {
    let javac = home.join("bin/javac");
    if !javac.is_file() {
        return None;
    }
    let output = Command::new(javac).arg("-version").output().ok()?;
    feature_version(std::str::from_utf8(&output.stdout).ok()?)
}

/// Reads "javac 17.0.15" or "javac 25".
fn feature_version(text: &str) -> Option<u32> {
    let version = text.trim().strip_prefix("javac ")?;
    let feature = version.split(|c: char| !c.is_ascii_digit()).next()?;
    feature.parse().ok()
}

fn home_of(javac: &Path) -> Option<PathBuf> {
    let real = javac.canonicalize().ok()?;
    Some(real.parent()?.parent()?.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::feature_version;

    #[test]
    fn reads_the_feature_version_of_javac() {
        assert_eq!(feature_version("javac 17.0.15\n"), Some(17));
        assert_eq!(feature_version("javac 25"), Some(25));
        assert_eq!(feature_version("javac 1.8.0_392"), Some(1));
        assert_eq!(feature_version("openjdk 17"), None);
    }
}
