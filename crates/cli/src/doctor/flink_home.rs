//! Flink's distribution on this machine, which embedded runs take their classes from.

use std::env;
use std::fs;
use std::path::Path;

use crate::doctor::Finding;

pub(super) fn check() -> Vec<Finding> {
    let fix =
        "unpack Flink from https://flink.apache.org/downloads and set FLINK_HOME to its folder";
    let Some(home) = env::var_os("FLINK_HOME") else {
        let what = "FLINK_HOME is not set; local runs and clusters elsewhere need none, embedded Flink does";
        return vec![Finding::warning(what, fix)];
    };
    let lib = Path::new(&home).join("lib");
    let finding = match version_in(&lib) {
        Some(version) => Finding::good(format!("Flink {version} in {}", lib.display())),
        None => Finding::problem(format!("there is no flink-dist-*.jar in {}", lib.display()), fix),
    };
    vec![finding]
}

fn version_in(lib: &Path) -> Option<String> {
    let files = fs::read_dir(lib).ok()?.flatten();
    let mut names = files.filter_map(|file| file.file_name().into_string().ok());
    names.find_map(|name| {
        let version = name.strip_prefix("flink-dist-")?.strip_suffix(".jar")?;
        (!version.is_empty()).then(|| version.to_owned())
    })
}
