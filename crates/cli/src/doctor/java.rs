//! The JDK of this machine: for embedded Flink, and for a cluster that is started here.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::doctor::Finding;

/// The oldest JDK that Brookite's classes are tested with.
pub(super) const OLDEST: u32 = 17;

pub(super) fn check() -> Vec<Finding> {
    let install = format!(
        "install a JDK, {OLDEST} or newer (Debian: `apt install openjdk-{OLDEST}-jdk-headless`, macOS: `brew \
         install openjdk@21`), and set JAVA_HOME to its folder"
    );
    let home = env::var_os("JAVA_HOME").map(PathBuf::from);
    let program = home.as_ref().map_or_else(|| "java".into(), |home| home.join("bin/java"));
    // The version goes to standard error.
    let Ok(output) = Command::new(&program).arg("-version").output() else {
        let what = match home {
            Some(home) => format!("JAVA_HOME is {}, where there is no bin/java", home.display()),
            None => "there is no java; local runs need none, embedded Flink does".to_owned(),
        };
        return vec![Finding::warning(what, install)];
    };
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or_default();
    let finding = match feature_version(line) {
        Some(version) if version >= OLDEST => Finding::good(line),
        Some(version) => {
            Finding::warning(format!("JDK {version} is too old, needed is {OLDEST}"), install)
        }
        None => Finding::warning(format!("'{line}' names no version of a JDK"), install),
    };
    vec![finding]
}

/// The `java` of this machine and its feature version, if it is new enough.
pub(crate) fn on_this_machine() -> Option<(PathBuf, u32)> {
    let home = env::var_os("JAVA_HOME").map(PathBuf::from);
    let program = home.map_or_else(|| "java".into(), |home| home.join("bin/java"));
    let output = Command::new(&program).arg("-version").output().ok()?;
    let version = feature_version(String::from_utf8_lossy(&output.stderr).lines().next()?)?;
    (version >= OLDEST).then_some((program, version))
}

/// Reads `openjdk version "17.0.15" 2025-04-15`.
fn feature_version(line: &str) -> Option<u32> {
    let version = line.split('"').nth(1)?;
    let mut numbers = version.split(|c: char| !c.is_ascii_digit());
    match numbers.next()?.parse().ok()? {
        // As in 1.8.0.
        1 => numbers.next()?.parse().ok(),
        version => Some(version),
    }
}

#[cfg(test)]
mod tests {
    use super::feature_version;

    #[test]
    fn the_feature_version_is_read_as_java_prints_it() {
        assert_eq!(feature_version("openjdk version \"17.0.15\" 2025-04-15"), Some(17));
        assert_eq!(feature_version("openjdk version \"25\" 2025-09-16"), Some(25));
        assert_eq!(feature_version("java version \"1.8.0_392\""), Some(8));
        assert_eq!(feature_version("zsh: command not found"), None);
    }
}
