//! One pipeline on offer.

use std::any::TypeId;

use brookite_core::Result;
use brookite_core::pipeline::{Arguments, Built, Pipeline};
use brookite_core::proto::{Failure, PipelineCall};

use crate::failure::{Cause, Failed};
use crate::guard;
use crate::registry::FunctionEntry;

/// The phase in which a program builds a pipeline.
pub(super) const PHASE: &str = "pipeline";

/// A pipeline that this binary builds: its name, and the program that adds its nodes.
///
/// The attribute `#[pipeline]` of the `brookite` crate registers one.
pub struct PipelineEntry {
    name: &'static str,
    description: &'static str,
    program: fn(&Pipeline<FunctionEntry>, &Arguments) -> Result<()>,
    function: fn() -> TypeId,
    module: &'static str,
}

inventory::collect!(PipelineEntry);

impl PipelineEntry {
    /// A pipeline; the description, which may be empty, is for people.
    pub const fn new(
        name: &'static str,
        description: &'static str,
        program: fn(&Pipeline<FunctionEntry>, &Arguments) -> Result<()>,
    ) -> Self {
        Self { name, description, program, function: TypeId::of::<()>, module: "" }
    }

    /// The function that the user has written, by which programs that link it can ask for the pipeline.
    #[must_use]
    pub const fn of<F: 'static>(mut self, _: &F) -> Self {
        self.function = TypeId::of::<F>;
        self
    }

    /// The module where it is, as `module_path!` tells it.
    #[must_use]
    pub const fn in_module(mut self, module: &'static str) -> Self {
        self.module = module;
        self
    }

    /// Whether it is the pipeline of the function that has this type.
    pub fn is_of(&self, function: TypeId) -> bool {
        (self.function)() == function
    }

    /// The module where it is, whose first part is the crate; empty when nobody has said.
    pub fn module(&self) -> &'static str {
        self.module
    }

    /// The name that it is asked for by.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it does, for people; may be empty.
    pub fn description(&self) -> &'static str {
        self.description
    }

    /// Builds it from a program's arguments. The graph's origin says how it is built again.
    ///
    /// # Errors
    /// When the program fails or panics, and when what it has built is no pipeline. The phase is
    /// "pipeline".
    pub fn build(&self, arguments: &[String]) -> Result<Built<FunctionEntry>, Failed> {
        let built = guard::catch(|| {
            let pipeline = Pipeline::new(self.name);
            (self.program)(&pipeline, &Arguments::new(arguments.iter().cloned()))?;
            Ok(pipeline.build()?)
        });
        let cause = match built {
            Ok(Ok(mut built)) => {
                built.graph.origin = Some(PipelineCall {
                    pipeline: self.name.to_owned(),
                    arguments: arguments.to_vec(),
                });
                return Ok(built);
            }
            Ok(Err(error)) => Cause::User(error),
            Err(caught) => Cause::Panic(caught),
        };
        let failure = *cause.into_failure();
        let message = format!("pipeline '{}' cannot be built: {}", self.name, failure.message);
        Err(Box::new(Failure { phase: PHASE.to_owned(), message, ..failure }))
    }
}

impl std::fmt::Debug for PipelineEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PipelineEntry").field("name", &self.name).finish_non_exhaustive()
    }
}
