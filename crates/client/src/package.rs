//! The one jar of a job: what Flink's REST API takes.
//!
//! ```text
//! META-INF/MANIFEST.MF                  Main-Class: org.brookite.pipeline.PipelineMain
//! META-INF/brookite/pipeline.pb         the pipeline's graph, from which main makes Flink's job
//! META-INF/brookite/library             the name of the library with the pipeline's functions
//! native/linux-x86_64/libword_count.so  that library, for each platform that TaskManagers run on
//! native/linux-x86_64/libbrookite_bridge.so
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

/// Where the name of the pipeline's library stands in a jar.
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
    libraries: Vec<(Platform, PathBuf)>,
    bridges: Vec<(Platform, PathBuf)>,
    classes: Vec<(PathBuf, String)>,
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
}

impl Package {
    /// A jar that is the wrapper's, until more is added.
    pub fn new(wrapper: impl Into<PathBuf>) -> Self {
        Self {
            wrapper: wrapper.into(),
            main_class: PIPELINE_MAIN.to_owned(),
            graph: None,
            libraries: Vec::new(),
            bridges: Vec::new(),
            classes: Vec::new(),
        }
    }

    /// Another class than [`PIPELINE_MAIN`] for Flink to run.
    #[must_use]
    pub fn main_class(mut self, class: impl Into<String>) -> Self {
        self.main_class = class.into();
        self
    }

    /// The encoded `PipelineGraph`.
    #[must_use]
    pub fn graph(mut self, graph: Vec<u8>) -> Self {
        self.graph = Some(graph);
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
        for (folder, below) in &self.classes {
            jar::add_folder(folder, below, &mut entries)?;
        }
        let writer = JarWriter { wrapper: &self.wrapper, main_class: &self.main_class, entries };
        writer.check(self.libraries.iter().map(|(platform, _)| platform.resource(BRIDGE)))?;
        let bytes = writer.write(to)?;
        let platforms = self.libraries.iter().map(|(platform, _)| platform.clone()).collect();
        Ok(Packed { bytes, library: name, platforms })
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
