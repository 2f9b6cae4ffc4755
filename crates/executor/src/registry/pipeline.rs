//! One pipeline on offer.

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
}

inventory::collect!(PipelineEntry);

impl PipelineEntry {
    /// A pipeline; the description, which may be empty, is for people.
    pub const fn new(
        name: &'static str,
        description: &'static str,
        program: fn(&Pipeline<FunctionEntry>, &Arguments) -> Result<()>,
    ) -> Self {
        Self { name, description, program }
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
