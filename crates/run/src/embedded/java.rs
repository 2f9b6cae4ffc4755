//! The JDK of this machine.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::error::RunError;

/// The oldest JDK that Brookite's classes are tested with.
pub const OLDEST_JAVA: u32 = 17;

/// A `java` that is new enough.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Java {
    /// The program.
    pub program: PathBuf,
    /// Its feature version, such as 17.
    pub version: u32,
}

impl Java {
    /// The one of `JAVA_HOME`, else that of the `PATH`.
    ///
    /// # Errors
    /// [`RunError::NoJava`] when there is none, or it is too old.
    pub fn find() -> Result<Self, RunError> {
        let no_java = |found: String| RunError::NoJava { found };
        let home = env::var_os("JAVA_HOME").map(PathBuf::from);
        let program = home.map_or_else(|| "java".into(), |home| home.join("bin/java"));
        // The version goes to standard error.
        let output = Command::new(&program)
            .arg("-version")
            .output()
            .map_err(|error| no_java(format!("'{}' cannot be run: {error}", program.display())))?;
        let text = String::from_utf8_lossy(&output.stderr);
        let line = text.lines().next().unwrap_or_default();
        match feature_version(line) {
            Some(version) if version >= OLDEST_JAVA => Ok(Self { program, version }),
            Some(version) => Err(no_java(format!("'{}' is JDK {version}", program.display()))),
            None => Err(no_java(format!("'{}' says '{line}'", program.display()))),
        }
    }
}

/// The feature version in the first line of `java -version`, such as 17 in
/// `openjdk version "17.0.15" 2025-04-15`.
pub fn feature_version(line: &str) -> Option<u32> {
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
