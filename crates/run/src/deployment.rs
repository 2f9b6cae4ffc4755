//! What both kinds of Flink are told: how a pipeline is deployed.

use std::path::PathBuf;

use brookite_core::proto::PipelineGraph;
use brookite_executor::PipelineEntry;

use crate::error::RunError;
use crate::{library, wrapper};

/// What Flink gets besides the graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deployment {
    pub(crate) parallelism: Option<u32>,
    pub(crate) options: Vec<(String, String)>,
    pub(crate) library: Option<PathBuf>,
    pub(crate) wrapper: Option<PathBuf>,
    pub(crate) jars: Vec<PathBuf>,
}

impl Deployment {
    /// Finds the wrapper's jar, and the library that has the pipeline.
    pub(crate) fn find(
        &self,
        entry: &PipelineEntry,
        graph: &PipelineGraph,
    ) -> Result<(PathBuf, PathBuf), RunError> {
        let wrapper = wrapper::find(self.wrapper.as_deref())?;
        let library = library::find(self.library.as_deref(), entry, graph)?;
        Ok((wrapper, library))
    }

    /// Flink's options as arguments of the job's program, where they are stronger than the pipeline's own.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = String> {
        let parallelism = self.parallelism.map(|n| format!("-Dparallelism.default={n}"));
        let options = self.options.iter().map(|(key, value)| format!("-D{key}={value}"));
        parallelism.into_iter().chain(options)
    }
}

/// The methods that say it, for a type with a field `deployment`.
macro_rules! deployment_methods {
    ($default_parallelism:literal) => {
        /// The parallelism of all operators for which neither the node nor the pipeline names one; unless
        /// this is said,
        #[doc = concat!($default_parallelism, ".")]
        #[must_use]
        pub fn parallelism(mut self, parallelism: u32) -> Self {
            self.deployment.parallelism = Some(parallelism.max(1));
            self
        }

        /// An option of Flink's for this job, stronger than the pipeline's own.
        #[must_use]
        pub fn option(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
            self.deployment.options.push((key.into(), value.into()));
            self
        }

        /// The library of the pipeline's functions, for the platform of this machine; the one beside the
        /// program unless this is said.
        #[must_use]
        pub fn library(mut self, file: impl Into<std::path::PathBuf>) -> Self {
            self.deployment.library = Some(file.into());
            self
        }

        /// The wrapper's jar.
        #[must_use]
        pub fn wrapper(mut self, jar: impl Into<std::path::PathBuf>) -> Self {
            self.deployment.wrapper = Some(jar.into());
            self
        }

        /// A jar that the pipeline needs besides, such as that of a connector.
        #[must_use]
        pub fn jar(mut self, jar: impl Into<std::path::PathBuf>) -> Self {
            self.deployment.jars.push(jar.into());
            self
        }
    };
}

pub(crate) use deployment_methods;
