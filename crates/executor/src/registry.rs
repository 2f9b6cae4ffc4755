//! The functions and pipelines that a binary offers by name.

mod entry;
mod form;
mod maker;
mod pipeline;
mod rebuilt;
mod window_fn;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

use brookite_core::function::{SideOutput, urn};
use brookite_core::pipeline::Built;
use brookite_core::proto::{self, Failure, FailureKind, PipelineCall};
use brookite_core::windowing::{InvalidWindowing, WindowFn};

pub use entry::FunctionEntry;
pub(crate) use form::{ByTime, MakeInterval, MakeWindows};
pub(crate) use maker::Maker;
pub use pipeline::PipelineEntry;
pub use window_fn::WindowFnEntry;

use crate::failure::{Failed, failure};
use rebuilt::Rebuilt;

/// Functions and pipelines by name.
#[derive(Debug, Default)]
pub struct Registry<'f> {
    functions: BTreeMap<&'f str, &'f FunctionEntry>,
    window_fns: BTreeMap<&'f str, &'f WindowFnEntry>,
    pipelines: BTreeMap<&'f str, &'f PipelineEntry>,
    ambiguous: Vec<&'f str>,
    ambiguous_pipelines: Vec<&'f str>,
    rebuilt: Rebuilt,
}

impl Registry<'static> {
    /// All functions and pipelines that the attributes registered in this binary.
    pub fn linked() -> &'static Self {
        static LINKED: LazyLock<Registry<'static>> = LazyLock::new(|| {
            let functions = Registry::of(inventory::iter::<FunctionEntry>);
            functions
                .with_window_fns(inventory::iter::<WindowFnEntry>)
                .with_pipelines(inventory::iter::<PipelineEntry>)
        });
        &LINKED
    }
}

impl<'f> Registry<'f> {
    /// These functions.
    pub fn of(functions: impl IntoIterator<Item = &'f FunctionEntry>) -> Self {
        let mut registry = Self::default();
        for function in functions {
            match registry.functions.entry(function.name()) {
                Entry::Vacant(entry) => {
                    entry.insert(function);
                }
                Entry::Occupied(_) => registry.ambiguous.push(function.name()),
            }
        }
        registry
    }

    /// These window functions, too.
    #[must_use]
    pub fn with_window_fns(
        mut self,
        functions: impl IntoIterator<Item = &'f WindowFnEntry>,
    ) -> Self {
        for function in functions {
            let name = function.name();
            let known = self.functions.contains_key(name) || self.window_fns.contains_key(name);
            if known {
                self.ambiguous.push(name);
            } else {
                self.window_fns.insert(name, function);
            }
        }
        self
    }

    /// These pipelines, too.
    #[must_use]
    pub fn with_pipelines(
        mut self,
        pipelines: impl IntoIterator<Item = &'f PipelineEntry>,
    ) -> Self {
        for pipeline in pipelines {
            if self.pipelines.insert(pipeline.name(), pipeline).is_some() {
                self.ambiguous_pipelines.push(pipeline.name());
            }
        }
        self
    }

    /// The functions of a pipeline, by the uids of their nodes, and the window functions of this registry,
    /// which pipelines name.
    #[must_use]
    pub fn of_pipeline<'p>(&self, functions: &'p [FunctionEntry]) -> Registry<'p>
    where
        'f: 'p,
    {
        let mut registry = Registry::of(functions);
        // A node may be called like a window function or like a registered function.
        let known = |name: &&&str| !registry.functions.contains_key(**name);
        let ambiguous: Vec<_> = self.ambiguous.iter().filter(known).copied().collect();
        registry.ambiguous.extend(ambiguous);
        registry.window_fns = self.window_fns.clone();
        registry
    }

    /// The pipelines, sorted by name.
    pub fn pipelines(&self) -> impl Iterator<Item = &'f PipelineEntry> + '_ {
        self.pipelines.values().copied()
    }

    /// Builds a pipeline.
    ///
    /// # Errors
    /// Of kind [`FailureKind::UnknownPipeline`] when there is no such pipeline, and
    /// [`FailureKind::InvalidStage`] when there are several; and as
    /// [`PipelineEntry::build`]. The phase is "pipeline".
    pub fn pipeline(&self, call: &PipelineCall) -> Result<Built<FunctionEntry>, Failed> {
        let name = call.pipeline.as_str();
        let refused = |kind, message| {
            let phase = pipeline::PHASE.to_owned();
            Box::new(Failure { phase, ..failure(kind, message) })
        };
        if self.ambiguous_pipelines.contains(&name) {
            let message = format!("the library has several pipelines named '{name}'");
            return Err(refused(FailureKind::InvalidStage, message));
        }
        let Some(entry) = self.pipelines.get(name) else {
            let known = self.pipelines.keys().copied().collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "none" } else { &known };
            let message = format!("expected a pipeline of this library ({known}), found '{name}'");
            return Err(refused(FailureKind::UnknownPipeline, message));
        };
        entry.build(&call.arguments)
    }

    /// Makes the window function of that name.
    pub(crate) fn window_fn(
        &self,
        name: &str,
        payload: &[u8],
    ) -> Result<Box<dyn WindowFn>, InvalidWindowing> {
        if self.is_ambiguous(name) {
            let message = format!("the library has several functions named '{name}'");
            return Err(InvalidWindowing::new(message));
        }
        let Some(function) = self.window_fns.get(name) else {
            let known = self.window_fns.keys().copied().collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "none" } else { &known };
            return Err(InvalidWindowing::new(format!(
                "expected a window function of this library ({known}), found '{name}'"
            )));
        };
        function.make(payload)
    }

    pub(crate) fn find(&self, name: &str) -> Option<&'f FunctionEntry> {
        self.functions.get(name).copied()
    }

    /// Whether several functions have that name.
    pub(crate) fn is_ambiguous(&self, name: &str) -> bool {
        self.ambiguous.contains(&name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'f str> + '_ {
        self.functions.keys().copied()
    }

    /// The window functions, which have no types.
    fn window_fn_manifest(&self) -> impl Iterator<Item = proto::Function> + '_ {
        self.window_fns.keys().map(|name| proto::Function {
            name: (*name).to_owned(),
            kind: urn::WINDOW_FN.to_owned(),
            ..Default::default()
        })
    }

    /// The description of all functions and pipelines, for those who cannot link to them.
    pub fn manifest(
        &self,
        crate_name: &str,
        crate_version: &str,
        abi_version: u32,
    ) -> proto::Manifest {
        let functions = self.functions.values().map(|function| proto::Function {
            name: function.name().to_owned(),
            kind: function.kind().to_owned(),
            input: Some((&function.input()).into()),
            output: Some((&function.output()).into()),
            key: function.key().map(|key| (&key).into()),
            second_input: function.second_input().map(|input| (&input).into()),
            side_outputs: function.side_outputs().iter().map(side_output).collect(),
        });
        proto::Manifest {
            abi_version,
            crate_name: crate_name.to_owned(),
            crate_version: crate_version.to_owned(),
            functions: functions.chain(self.window_fn_manifest()).collect(),
            pipelines: self.pipelines().map(described).collect(),
        }
    }
}

fn side_output(output: &SideOutput) -> proto::SideOutputType {
    let name = output.name().to_owned();
    proto::SideOutputType { name, r#type: Some((&output.data_type()).into()) }
}

fn described(pipeline: &PipelineEntry) -> proto::PipelineEntry {
    let (name, description) = (pipeline.name().to_owned(), pipeline.description().to_owned());
    proto::PipelineEntry { name, description }
}
