//! Runs a packaged pipeline in a Flink of its own: a JVM that ends with the job.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anstream::println;
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::console::{self, GOOD, styled};
use crate::doctor;
use crate::interrupt::{self, Interrupted};

const MAIN: &str = "org.brookite.pipeline.EmbeddedMain";

/// What Flink's own scripts open to it, as its configuration lists it.
const OPENS: [&str; 12] = [
    "java.base/java.lang",
    "java.base/java.net",
    "java.base/java.io",
    "java.base/java.nio",
    "java.base/sun.nio.ch",
    "java.base/java.lang.reflect",
    "java.base/java.text",
    "java.base/java.time",
    "java.base/java.util",
    "java.base/java.util.concurrent",
    "java.base/java.util.concurrent.atomic",
    "java.base/java.util.concurrent.locks",
];

/// The first JDK that warns of native libraries unless they are allowed.
const NATIVE_ACCESS_SINCE: u32 = 24;

/// A JVM and Flink's classes.
pub(super) struct Flink {
    java: PathBuf,
    version: u32,
    lib: PathBuf,
}

/// A line of what the JVM prints.
#[derive(Deserialize)]
struct Event {
    state: Option<String>,
    output: Option<String>,
    name: Option<String>,
    milliseconds: Option<u64>,
    #[serde(default)]
    causes: Vec<Cause>,
}

#[derive(Deserialize)]
struct Cause {
    class: String,
    message: Option<String>,
}

impl Flink {
    pub(super) fn find() -> Result<Self> {
        let (java, version) = doctor::java_on_this_machine().context(
            "an embedded run needs a JDK, 17 or newer: `cargo brookite doctor` says how to get one",
        )?;
        let home = env::var_os("FLINK_HOME").context(
            "an embedded run takes Flink's classes from FLINK_HOME, which is not set: unpack Flink from \
             https://flink.apache.org/downloads and set it to its folder",
        )?;
        let lib = Path::new(&home).join("lib");
        if !lib.is_dir() {
            bail!("FLINK_HOME is set, but there is no '{}'", lib.display());
        }
        Ok(Self { java, version, lib })
    }

    /// Runs the jar's pipeline to its end.
    pub(super) fn run(
        &self,
        jar: &Path,
        connectors: &[PathBuf],
        arguments: &[String],
    ) -> Result<()> {
        interrupt::listen()?;
        let mut command = Command::new(&self.java);
        command.args(OPENS.map(|package| format!("--add-opens={package}=ALL-UNNAMED")));
        if self.version >= NATIVE_ACCESS_SINCE {
            command.arg("--enable-native-access=ALL-UNNAMED");
        }
        let mut class_path = jar.display().to_string();
        for connector in connectors {
            class_path.push_str(&format!(":{}", connector.display()));
        }
        command.arg("-cp").arg(format!("{class_path}:{}/*", self.lib.display()));
        command.arg(MAIN).arg("--attached").args(arguments);
        // The job ends when this program does, however that comes: its standard input is then at its end.
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut jvm = command.spawn().context("cannot start the JVM")?;
        let stdout = jvm.stdout.take().context("the JVM has no standard output")?;
        let mut last = None;
        for line in BufReader::new(stdout).lines() {
            let line = line.context("cannot read what the JVM prints")?;
            match serde_json::from_str::<Event>(&line) {
                Ok(Event { output: Some(output), .. }) => println!("{output}"),
                Ok(event) => {
                    event.tell();
                    last = Some(event);
                }
                Err(_) => console::note(line),
            }
        }
        let status = jvm.wait().context("lost the JVM")?;
        if interrupt::wanted() {
            return Err(Interrupted("the embedded job has ended; nothing runs".to_owned()).into());
        }
        match last {
            Some(event) if !event.causes.is_empty() => bail!("the job failed: {}", event.why()),
            _ if status.success() => Ok(()),
            _ => bail!("the JVM ended with {status}: see above"),
        }
    }
}

impl Event {
    fn tell(&self) {
        let name = self.name.as_deref().unwrap_or("the job");
        match (self.state.as_deref(), self.milliseconds) {
            (Some("RUNNING"), _) => {
                console::note(format_args!("{} {name}", styled(GOOD, "running")))
            }
            (Some("FINISHED"), Some(milliseconds)) => {
                console::note(format_args!("{} after {milliseconds} ms", styled(GOOD, "finished")));
            }
            _ => {}
        }
    }

    /// The root cause first; Java tells it last.
    fn why(&self) -> String {
        let causes = self.causes.iter().rev().map(|cause| {
            let class = cause.class.rsplit('.').next().unwrap_or_default();
            match cause.message.as_deref() {
                Some(message) if !message.is_empty() => format!("{class}: {message}"),
                _ => class.to_owned(),
            }
        });
        causes.collect::<Vec<_>>().join("\n  which led to ")
    }
}
