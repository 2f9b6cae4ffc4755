//! The Java half: Maven's builds, and launching what they built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::layout::Layout;
use crate::setup::JavaTools;
use crate::{step, versions};

/// The first JDK that warns about native libraries unless they are allowed by name.
const NATIVE_ACCESS_SINCE: u32 = 24;

/// A Maven command over all modules; what it needs is downloaded once and then found locally.
pub(crate) fn maven(layout: &Layout, tools: &JavaTools, goal: &str) -> Command {
    let mut command = tools.maven();
    command.current_dir(layout.root()).args(["--batch-mode", "-Dstyle.color=never"]);
    command.args(["--file", "java/pom.xml", goal]);
    let mut plugins = std::ffi::OsString::from("-Dbrookite.plugins=");
    plugins.push(layout.plugins());
    command.arg(plugins);
    command
}

/// A JVM with the options that Flink's own scripts pass, which Maven's parent lists.
pub(crate) fn flink_jvm(layout: &Layout, tools: &JavaTools) -> Result<Command> {
    let options = versions::property(layout, "flink.jvm.opens")
        .context("java/pom.xml has no flink.jvm.opens")?;
    let mut command = tools.java();
    command.args(options.split_whitespace());
    allow_native_access(&mut command, tools);
    Ok(command)
}

fn allow_native_access(command: &mut Command, tools: &JavaTools) {
    if tools.jdk_version() >= NATIVE_ACCESS_SINCE {
        command.arg("--enable-native-access=ALL-UNNAMED");
    }
}

/// The built jobs module: its classes, its class path, the options of its JVM.
pub(crate) struct Jobs {
    module: PathBuf,
    class_path: String,
}

impl Jobs {
    /// Builds the wrapper and the jobs without running their tests.
    pub(crate) fn build(layout: &Layout, tools: &JavaTools) -> Result<Jobs> {
        let mut command = maven(layout, tools, "package");
        command.arg("-Dmaven.test.skip=true");
        step::run("building the Java modules", &mut command)?;
        Jobs::built(layout)
    }

    /// What Maven has built before.
    pub(crate) fn built(layout: &Layout) -> Result<Jobs> {
        let module = layout.root().join("java/jobs");
        let class_path = class_path(&module)?;
        Ok(Jobs { module, class_path })
    }

    /// What its JVMs have on their class path, which is also what an embedded Flink needs.
    pub(crate) fn class_path(&self) -> &str {
        &self.class_path
    }

    /// The folder with the jars of formats that Flink does not have of itself.
    pub(crate) fn formats(&self) -> PathBuf {
        self.module.join("target/formats")
    }

    /// A JVM, with the options that Flink's own scripts pass, that runs `main_class`.
    pub(crate) fn command(&self, tools: &JavaTools, main_class: &str) -> Command {
        let mut command = tools.java();
        command.arg(argument_file(&self.module.join("target/classes/launch/jvm.options")));
        allow_native_access(&mut command, tools);
        command.args(["-Xms1g", "-Xmx1g", "-cp", &self.class_path, main_class]);
        command
    }
}

/// The classes of a module that Maven has built, and what they need.
pub(crate) fn class_path(module: &Path) -> Result<String> {
    let file = module.join("target/class-path.txt");
    let dependencies = fs::read_to_string(&file)
        .with_context(|| format!("Maven left no class path in {}", file.display()))?;
    Ok(format!("{}:{}", module.join("target/classes").display(), dependencies.trim()))
}

/// The launcher's spelling of "read arguments from this file".
fn argument_file(path: &Path) -> String {
    format!("@{}", path.display())
}

/// The complaints of `-Xcheck:jni` that concern this project, each with its stack.
///
/// The check speaks of every native library in the JVM, RocksDB's and the JDK's own included;
/// a complaint is ours when the innermost frame below it is one of our classes.
pub(crate) fn jni_complaints(output: &str) -> Vec<String> {
    const MARKS: [&str; 2] = ["WARNING in native method", "FATAL ERROR in native method"];
    let lines: Vec<&str> = output.lines().collect();
    let is_mark = |line: &str| MARKS.iter().any(|mark| line.contains(mark));
    let mut complaints = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| is_mark(line)) {
        let stack: Vec<&str> = lines[index + 1..]
            .iter()
            .copied()
            .take_while(|line| line.trim_start().starts_with("at "))
            .collect();
        let ours = stack.first().is_none_or(|frame| frame.contains("at org.brookite."));
        if ours {
            complaints.push(std::iter::once(*line).chain(stack).collect::<Vec<_>>().join("\n"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::jni_complaints;

    #[test]
    fn complaints_of_other_libraries_are_not_ours() {
        let output = "\
WARNING in native method: JNI call made without checking exceptions
\tat org.rocksdb.RocksDB.open(Native Method)
\tat org.brookite.Test.run(Test.java:1)
WARNING in native method: JNI call made without checking exceptions
\tat org.brookite.bridge.NativeBridge.process(Native Method)
\tat org.brookite.Test.run(Test.java:2)
all good";
        let complaints = jni_complaints(output);
        assert_eq!(complaints.len(), 1, "{complaints:?}");
        assert!(complaints[0].contains("Test.java:2"));
    }

    #[test]
    fn a_complaint_without_a_stack_is_ours() {
        assert_eq!(jni_complaints("FATAL ERROR in native method: bad").len(), 1);
    }
}
