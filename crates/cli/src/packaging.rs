//! From a crate to the jar of a job: what `package`, `submit` and `run` have in common.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use brookite_abi::Library;
use brookite_client::package::{Package, Packed, Platform};
use brookite_core::proto::PipelineGraph;
use clap::Args;
use prost::Message as _;

use crate::connector::Connector;
use crate::console::{self, DIM, styled};
use crate::profile::{self, Profile};
use crate::project::Project;
use crate::size;

/// Which pipeline of which crate.
#[derive(Debug, Args)]
pub(crate) struct PipelineArguments {
    /// The pipeline, when the crate has several.
    pub(crate) pipeline: Option<String>,
    #[command(flatten)]
    pub(crate) of: CrateArguments,
}

/// Which crate, and what its pipelines are built with.
#[derive(Debug, Args)]
pub(crate) struct CrateArguments {
    /// The crate, when the workspace has several that build libraries.
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// The crate's Cargo.toml; that of this folder when none is given.
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
    /// How the crate is built: with `dev`, which is the sooner done, overflow is an error and debuggers see more.
    #[arg(long, value_name = "PROFILE", default_value = profile::DEFAULT)]
    profile: Profile,
    /// What the pipeline is built with, such as --input words.txt.
    #[arg(last = true, value_name = "ARGS")]
    pub(crate) arguments: Vec<String>,
}

/// What goes into a jar.
#[derive(Debug, Args)]
pub(crate) struct PartsArguments {
    /// The library for another platform, such as linux-aarch64=target/aarch64-unknown-linux-gnu/release/libx.so.
    /// When there is one for this platform, nothing is built.
    #[arg(long, value_name = "PLATFORM=FILE", value_parser = platform_file)]
    library: Vec<(Platform, PathBuf)>,
    /// The bridge for another platform: the library of the package brookite-jni.
    #[arg(long, value_name = "PLATFORM=FILE", value_parser = platform_file)]
    bridge: Vec<(Platform, PathBuf)>,
    /// A connector that the cluster lacks: kafka, a jar, or Maven coordinates GROUP:ARTIFACT:VERSION.
    #[arg(long, value_name = "CONNECTOR")]
    connector: Vec<Connector>,
    /// The jar of Brookite's wrapper.
    #[arg(long, value_name = "JAR", env = "BROOKITE_WRAPPER")]
    wrapper: Option<PathBuf>,
}

impl PartsArguments {
    /// The library for this platform, when it is given.
    pub(crate) fn built(&self) -> Option<&Path> {
        let here = Platform::of_this_machine();
        let built = self.library.iter().find(|(platform, _)| *platform == here);
        built.map(|(_, file)| file.as_path())
    }
}

fn platform_file(text: &str) -> Result<(Platform, PathBuf), String> {
    let (platform, file) =
        text.split_once('=').ok_or_else(|| "expected PLATFORM=FILE".to_owned())?;
    Ok((
        platform
            .parse()
            .map_err(|error: brookite_client::package::PackageError| error.to_string())?,
        file.into(),
    ))
}

/// A pipeline, described by the crate that was built for it.
pub(crate) struct Described {
    pub(crate) project: Project,
    pub(crate) library: PathBuf,
    pub(crate) graph: PipelineGraph,
}

/// A crate that was built.
pub(crate) struct Built {
    project: Project,
    file: PathBuf,
    library: Arc<Library>,
    /// The names of its pipelines.
    pub(crate) names: Vec<String>,
}

impl PipelineArguments {
    /// Builds the crate, unless it is `built`, and has it describe the pipeline.
    pub(crate) fn describe(&self, built: Option<&Path>) -> Result<Described> {
        let built = self.of.build(built)?;
        let name = choose(&built.names, self.pipeline.as_deref(), &built.project.package)?;
        let graph = built.describe(name, &self.of.arguments)?;
        let Built { project, file, .. } = built;
        Ok(Described { project, library: file, graph })
    }
}

impl CrateArguments {
    /// Builds the crate, unless it is `built`.
    pub(crate) fn build(&self, built: Option<&Path>) -> Result<Built> {
        let project = Project::find(self.package.as_deref(), self.manifest_path.as_deref())?
            .with(self.profile.clone());
        let file = match built {
            Some(built) => built.to_owned(),
            None => project.build()?,
        };
        let library = Library::open(&file)?;
        let manifest = library.decoded_manifest()?;
        let names = manifest.pipelines.into_iter().map(|entry| entry.name).collect();
        Ok(Built { project, file, library, names })
    }
}

impl Built {
    /// The pipeline's graph, as these arguments make it.
    fn describe(&self, name: &str, arguments: &[String]) -> Result<PipelineGraph> {
        self.library.pipeline(name, arguments).map_err(|failure| {
            let mut text = failure.message.clone();
            failure
                .causes
                .iter()
                .for_each(|cause| text.push_str(&format!("\n  caused by: {cause}")));
            if !failure.location.is_empty() {
                text.push_str(&format!("\n  at {}", failure.location));
            }
            anyhow::Error::msg(text)
        })
    }

    /// Where the jar is put when nothing else is said.
    pub(crate) fn default_jar(&self) -> PathBuf {
        self.project.default_jar()
    }

    /// Writes a jar of the pipelines of these names.
    pub(crate) fn pack(
        &self,
        names: &[String],
        arguments: &[String],
        parts: &PartsArguments,
        jar: &Path,
    ) -> Result<Packed> {
        let mut package = parts.package(&self.file, &self.project)?;
        let package_of = &self.project.package;
        if names.len() < 2 {
            let name = choose(&self.names, names.first().map(String::as_str), package_of)?;
            package = package.graph(self.describe(name, arguments)?.encode_to_vec());
        } else {
            for name in names {
                let name = choose(&self.names, Some(name), package_of)?;
                package = package.pipeline(name, self.describe(name, arguments)?.encode_to_vec());
            }
        }
        write(&package, jar)
    }
}

fn choose<'n>(names: &'n [String], wanted: Option<&str>, package: &str) -> Result<&'n str> {
    let known = names.join(", ");
    match (wanted, names) {
        (_, []) => bail!(
            "the crate '{package}' has no pipeline: write `#[pipeline]` on an `fn(p: &Pipeline) -> Result<()>`; \
             functions alone are called from a Java job"
        ),
        (None, [only]) => Ok(only),
        (None, _) => bail!("the crate '{package}' has several pipelines; name one of {known}"),
        (Some(wanted), _) => match names.iter().find(|name| *name == wanted) {
            Some(found) => Ok(found),
            None => bail!("the crate '{package}' has no pipeline '{wanted}'; it has {known}"),
        },
    }
}

impl Described {
    /// Where the jar is put when nothing else is said.
    pub(crate) fn default_jar(&self) -> PathBuf {
        self.project.default_jar()
    }

    /// Writes the jar.
    pub(crate) fn pack(&self, parts: &PartsArguments, jar: &Path) -> Result<Packed> {
        let package = parts.package(&self.library, &self.project)?;
        write(&package.graph(self.graph.encode_to_vec()), jar)
    }
}

impl PartsArguments {
    /// All but the pipelines; `built` is the library for this machine.
    fn package(&self, built: &Path, project: &Project) -> Result<Package> {
        let mut package = Package::new(brookite_run::wrapper::find(self.wrapper.as_deref())?);
        let here = Platform::of_this_machine();
        if self.built().is_none() {
            package = package.library(here, built);
        }
        for (platform, file) in &self.library {
            package = package.library(platform.clone(), file);
        }
        for (platform, file) in &self.bridge {
            package = package.bridge(platform.clone(), file);
        }
        for connector in &self.connector {
            package = package.connector(connector.jar(&project.target)?);
        }
        Ok(package)
    }
}

fn write(package: &Package, jar: &Path) -> Result<Packed> {
    let packed = package.write(jar).context("cannot package the pipeline")?;
    let platforms: Vec<_> = packed.platforms.iter().map(ToString::to_string).collect();
    console::note(styled(
        DIM,
        format_args!(
            "{}: {}, for {}",
            jar.display(),
            size::bytes(packed.bytes),
            platforms.join(" and ")
        ),
    ));
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipeline_is_chosen_by_name_where_there_are_several() {
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(choose(&names(&["a"]), None, "x").unwrap(), "a");
        assert_eq!(choose(&names(&["a", "b"]), Some("b"), "x").unwrap(), "b");
        let message =
            |known: &[&str], wanted| choose(&names(known), wanted, "x").unwrap_err().to_string();
        assert!(message(&["a", "b"], None).ends_with("name one of a, b"));
        assert!(message(&["a", "b"], Some("c")).ends_with("it has a, b"));
        assert!(message(&[], None).contains("#[pipeline]"));
    }

    #[test]
    fn a_file_is_given_with_its_platform() {
        let (platform, file) = platform_file("linux-aarch64=a/b.so").unwrap();
        assert_eq!((platform.to_string().as_str(), file), ("linux-aarch64", "a/b.so".into()));
        assert!(platform_file("a/b.so").unwrap_err().contains("PLATFORM=FILE"));
        assert!(platform_file("vax=a/b.so").unwrap_err().contains("linux-x86_64"));
    }
}
