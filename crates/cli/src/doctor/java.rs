//! The JDK of this machine: for embedded Flink, and for a cluster that is started here.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use brookite_run::{OLDEST_JAVA as OLDEST, feature_version};

use crate::doctor::Finding;

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
