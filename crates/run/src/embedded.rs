//! [`Embedded`]: a Flink of its own, in a JVM that ends with the job.

mod event;
mod java;
mod job;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use brookite_core::proto::PipelineGraph;
use brookite_executor::PipelineEntry;
use prost::Message as _;

use crate::deployment::{Deployment, deployment_methods};
use crate::error::RunError;

pub use java::{Java, OLDEST_JAVA, feature_version};
pub use job::EmbeddedJob;

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

/// A Flink of its own, in a JVM that ends with the job: for tests, and for trying out.
///
/// It needs a JDK and Flink's classes; the [crate](crate) says where they are looked for.
///
/// ```
/// use brookite_run::{Embedded, Runner};
///
/// let runner = Runner::Embedded(Embedded::new().parallelism(2).jvm_option("-Xmx1g"));
/// # let _ = runner;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Embedded {
    class_path: Option<String>,
    jvm_options: Vec<String>,
    deployment: Deployment,
}

impl Embedded {
    /// A Flink whose options are its defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where Flink's classes are, as Java's `-cp` takes it; `FLINK_HOME/lib/*` unless this is said.
    #[must_use]
    pub fn class_path(mut self, class_path: impl Into<String>) -> Self {
        self.class_path = Some(class_path.into());
        self
    }

    /// An option of the JVM, such as `-Xmx1g`.
    #[must_use]
    pub fn jvm_option(mut self, option: impl Into<String>) -> Self {
        self.jvm_options.push(option.into());
        self
    }

    deployment_methods!("as many as the machine has cores");

    /// Looks whether there are a JDK and Flink's classes.
    ///
    /// # Errors
    /// [`RunError::NoJava`], [`RunError::NoFlink`].
    pub fn check(&self) -> Result<(), RunError> {
        Java::find()?;
        self.flink().map(|_| ())
    }

    /// Runs the pipeline of a jar that was packaged.
    ///
    /// # Errors
    /// When there is no JDK or no Flink, and when Flink can make no job of it.
    pub fn start_jar(&self, jar: &Path) -> Result<EmbeddedJob, RunError> {
        let mut command = self.command(jar)?;
        command.args(self.deployment.arguments());
        EmbeddedJob::start(command, Vec::new())
    }

    pub(crate) fn start(
        &self,
        entry: &PipelineEntry,
        graph: &PipelineGraph,
    ) -> Result<EmbeddedJob, RunError> {
        // Before anything is opened: without a JVM it would be in vain.
        self.check()?;
        let (wrapper, library) = self.deployment.find(entry, graph)?;
        let file = tempfile::Builder::new().prefix("brookite-").suffix(".pb").tempfile();
        let file =
            file.map_err(RunError::file("make a file in", env::temp_dir()))?.into_temp_path();
        std::fs::write(&file, graph.encode_to_vec()).map_err(RunError::file("write", &*file))?;
        let mut command = self.command(&wrapper)?;
        command
            .arg("--graph")
            .arg(&file)
            .arg("--library")
            .arg(&library)
            .args(self.deployment.arguments());
        EmbeddedJob::start(command, vec![file])
    }

    /// A JVM with Flink's classes and those of a jar.
    fn command(&self, jar: &Path) -> Result<Command, RunError> {
        let java = Java::find()?;
        let mut command = Command::new(&java.program);
        command.args(OPENS.map(|package| format!("--add-opens={package}=ALL-UNNAMED")));
        if java.version >= NATIVE_ACCESS_SINCE {
            command.arg("--enable-native-access=ALL-UNNAMED");
        }
        command.args(&self.jvm_options);
        let jars = std::iter::once(jar).chain(self.deployment.jars.iter().map(PathBuf::as_path));
        let jars: Vec<_> = jars.map(|jar| jar.display().to_string()).collect();
        command.arg("-cp").arg(format!("{}:{}", jars.join(":"), self.flink()?));
        command.arg(MAIN).arg("--attached");
        if cfg!(target_os = "linux") {
            // A JVM takes the encoding of file names from the locale, and that of a bare machine is ASCII.
            command.env("LC_ALL", "C.UTF-8");
        }
        // The job ends when this program does, however that comes: its standard input is then at its end.
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        // Ctrl-C in a terminal goes to a whole group. What it means for the job is said by this program.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Ok(command)
    }

    fn flink(&self) -> Result<String, RunError> {
        let in_environment =
            || env::var("BROOKITE_FLINK_CLASSPATH").ok().filter(|path| !path.is_empty());
        if let Some(class_path) = self.class_path.clone().or_else(in_environment) {
            return Ok(class_path);
        }
        let home = env::var_os("FLINK_HOME")
            .ok_or_else(|| RunError::NoFlink { found: "which is not set".to_owned() })?;
        let lib = Path::new(&home).join("lib");
        if !lib.is_dir() {
            let found = format!("which is set, but there is no '{}'", lib.display());
            return Err(RunError::NoFlink { found });
        }
        Ok(format!("{}/*", lib.display()))
    }
}
