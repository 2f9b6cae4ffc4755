//! The one jar of a job: what Flink's REST API takes.
//!
//! ```text
//! META-INF/MANIFEST.MF                  Main-Class: org.brookite.pipeline.PipelineMain
//! META-INF/brookite/pipeline.pb         the pipeline's graph, from which main makes Flink's job
//! META-INF/brookite/pipelines.txt       names of further pipelines, a line each: main's argument
//!                                       `--pipeline NAME` chooses one
//! META-INF/brookite/pipelines/NAME.pb   the graph of each of them
//! META-INF/brookite/library             the name of the library with the pipelines' functions
//! native/linux-x86_64/libword_count.so  that library, for each platform that TaskManagers run on
//! native/linux-x86_64/libbrookite_bridge.so
//! lib/flink-sql-connector-kafka-...jar  connectors, each a jar in the jar, where Flink looks for them
//! org/brookite/...                      the wrapper's classes
//! ```
//!
//! The same parts give the same bytes, so that a jar says by its hash what is in it: entries stand in a
//! fixed order and carry no times.

mod error;
mod jar;
mod library;
mod platform;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use error::PackageError;
pub use platform::Platform;

use jar::JarWriter;

/// The class that makes Flink's job of a pipeline's graph.
pub const PIPELINE_MAIN: &str = "org.brookite.pipeline.PipelineMain";

/// Where the graph stands in a jar.
pub const GRAPH: &str = "META-INF/brookite/pipeline.pb";

/// Where the names of further pipelines stand in a jar, a line each.
pub const PIPELINES: &str = "META-INF/brookite/pipelines.txt";

/// Where the name of the pipelines' library stands in a jar.
pub const LIBRARY: &str = "META-INF/brookite/library";

/// The name of the library that connects a JVM with libraries of functions.
const BRIDGE: &str = "brookite_bridge";

/// The parts of a job's jar.
///
/// ```no_run
/// use std::path::Path;
///
/// use brookite_client::package::{Package, PackageError, Platform};
///
/// # fn pack(graph: Vec<u8>) -> Result<(), PackageError> {
/// Package::new("brookite-flink-0.1.0.jar")
///     .library(Platform::of_this_machine(), "target/release/libword_count.so")
///     .library("linux-aarch64".parse()?, "target/aarch64-unknown-linux-gnu/release/libword_count.so")
///     .bridge("linux-aarch64".parse()?, "target/aarch64-unknown-linux-gnu/release/libbrookite_bridge.so")
///     .graph(graph)
///     .write(Path::new("target/word-count.jar"))?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Package {
    wrapper: PathBuf,
    main_class: String,
    graph: Option<Vec<u8>>,
    pipelines: Vec<(String, Vec<u8>)>,
    libraries: Vec<(Platform, PathBuf)>,
    bridges: Vec<(Platform, PathBuf)>,
    classes: Vec<(PathBuf, String)>,
    connectors: Vec<PathBuf>,
}

/// A jar that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Packed {
    /// Its size in bytes.
    pub bytes: u64,
    /// The library's name without prefix and ending, such as `word_count`; none when there is none.
    pub library: Option<String>,
    /// What it has the library for.
    pub platforms: Vec<Platform>,
    /// The connectors that are nested in it: a JVM that has the jar on its class path, and is not one of a
    /// cluster's, needs them there as well.
    pub connectors: Vec<PathBuf>,
}

impl Package {
    /// A jar that is the wrapper's, until more is added.
    pub fn new(wrapper: impl Into<PathBuf>) -> Self {
        Self {
            wrapper: wrapper.into(),
            main_class: PIPELINE_MAIN.to_owned(),
            graph: None,
            pipelines: Vec::new(),
            libraries: Vec::new(),
            bridges: Vec::new(),
            classes: Vec::new(),
            connectors: Vec::new(),
        }
    }

    /// Another class than [`PIPELINE_MAIN`] for Flink to run.
    #[must_use]
    pub fn main_class(mut self, class: impl Into<String>) -> Self {
        self.main_class = class.into();
        self
    }

    /// The encoded `PipelineGraph` that is run unless another one is asked for.
    #[must_use]
    pub fn graph(mut self, graph: Vec<u8>) -> Self {
        self.graph = Some(graph);
        self
    }

    /// One of several pipelines: an encoded `PipelineGraph`, which is run when the jar's program has the
    /// arguments `--pipeline NAME`. The library has the functions of all of them. One pipeline may be
    /// there several times, as different arguments make it, under different names.
    ///
    /// A name is what [`Submission::pipeline`](crate::Submission::pipeline) says. A jar with one such
    /// pipeline alone runs it when no name is said.
    #[must_use]
    pub fn pipeline(mut self, name: impl Into<String>, graph: Vec<u8>) -> Self {
        self.pipelines.push((name.into(), graph));
        self
    }

    /// The library of functions as built for a platform. Those for several platforms have one name.
    #[must_use]
    pub fn library(mut self, platform: Platform, file: impl Into<PathBuf>) -> Self {
        self.libraries.push((platform, file.into()));
        self
    }

    /// The bridge for a platform, in place of the one that the wrapper's jar may have for it.
    #[must_use]
    pub fn bridge(mut self, platform: Platform, file: impl Into<PathBuf>) -> Self {
        self.bridges.push((platform, file.into()));
        self
    }

    /// What is in that subfolder of a folder, such as the compiled classes of one Java package.
    #[must_use]
    pub fn classes(mut self, folder: impl Into<PathBuf>, below: impl Into<String>) -> Self {
        self.classes.push((folder.into(), below.into()));
        self
    }

    /// A jar that the job needs and the cluster lacks, such as a connector's. It becomes `lib/NAME.jar` in
    /// the jar, and is on the job's class path on every machine.
    #[must_use]
    pub fn connector(mut self, jar: impl Into<PathBuf>) -> Self {
        self.connectors.push(jar.into());
        self
    }

    /// Checks the parts and writes the jar. A file that is there is replaced when the new one is complete.
    ///
    /// # Errors
    ///
    /// [`PackageError`] names the part that is not what it should be.
    pub fn write(&self, to: &Path) -> Result<Packed, PackageError> {
        let mut entries = BTreeMap::new();
        let name = self.add_libraries(&mut entries)?;
        for (platform, file) in &self.bridges {
            let bytes = library::read(file)?;
            library::check_platform(file, &bytes, platform)?;
            entries.insert(platform.resource(BRIDGE), bytes);
        }
        if let Some(name) = &name {
            entries.insert(LIBRARY.to_owned(), name.clone().into_bytes());
        }
        if let Some(graph) = &self.graph {
            entries.insert(GRAPH.to_owned(), graph.clone());
        }
        self.add_pipelines(&mut entries)?;
        for (folder, below) in &self.classes {
            jar::add_folder(folder, below, &mut entries)?;
        }
        for connector in &self.connectors {
            jar::add_nested(connector, &mut entries)?;
        }
        let writer = JarWriter { wrapper: &self.wrapper, main_class: &self.main_class, entries };
        writer.check(self.libraries.iter().map(|(platform, _)| platform.resource(BRIDGE)))?;
        let bytes = writer.write(to)?;
        let platforms = self.libraries.iter().map(|(platform, _)| platform.clone()).collect();
        Ok(Packed { bytes, library: name, platforms, connectors: self.connectors.clone() })
    }

    /// Adds the graph of each pipeline that has a name, and the list of these names.
    fn add_pipelines(&self, entries: &mut BTreeMap<String, Vec<u8>>) -> Result<(), PackageError> {
        let mut names = String::new();
        for (name, graph) in &self.pipelines {
            if !is_name(name) {
                return Err(PackageError::NotAName { name: name.clone() });
            }
            let entry = format!("META-INF/brookite/pipelines/{name}.pb");
            if entries.insert(entry, graph.clone()).is_some() {
                return Err(PackageError::TwoOfOneName { name: name.clone() });
            }
            names.push_str(name);
            names.push('\n');
        }
        if !names.is_empty() {
            entries.insert(PIPELINES.to_owned(), names.into_bytes());
        }
        Ok(())
    }

    /// Adds the library for each platform, and returns its name.
    fn add_libraries(
        &self,
        entries: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<Option<String>, PackageError> {
        let mut common: Option<String> = None;
        for (platform, file) in &self.libraries {
            let name = platform.library_name(file)?;
            if let Some(other) = common.filter(|other| *other != name) {
                return Err(PackageError::TwoNames { one: other, other: name });
            }
            let bytes = library::read(file)?;
            library::check_platform(file, &bytes, platform)?;
            library::check_plugin(file, &bytes)?;
            if entries.insert(platform.resource(&name), bytes).is_some() {
                return Err(PackageError::TwoForOnePlatform { platform: platform.clone() });
            }
            common = Some(name);
        }
        Ok(common)
    }
}

/// Whether a text can be a file's name in a jar, and a line of a list.
fn is_name(text: &str) -> bool {
    let usual = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    !text.trim().is_empty() && text.trim() == text && text.chars().all(usual)
}

/// Whether a file is a library of functions, and for which platform.
///
/// # Errors
///
/// [`PackageError::Unreadable`], [`PackageError::NotALibrary`], [`PackageError::NotAPlugin`].
pub fn inspect(file: &Path) -> Result<Platform, PackageError> {
    let bytes = library::read(file)?;
    let platform = library::platform_of(file, &bytes)?;
    library::check_plugin(file, &bytes)?;
    Ok(platform)
}
