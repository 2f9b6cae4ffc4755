//! The pipelines of submitted jobs, built again by the library that runs their stages.
//!
//! A function of a pipeline is a closure or was made with its configuration: it cannot be sent, and so
//! the job's stages build the pipeline once more, from the same call. Whether it is the same one is told
//! by its fingerprint. Each subtask of each stage asks for it, and finds it built after the first time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use brookite_core::proto::{Failure, FailureKind, PipelineCall, PipelineGraph, PipelinePart};

use crate::failure::{Failed, failure};
use crate::registry::{FunctionEntry, Registry};

/// How many pipelines are remembered. One job has one, and a session cluster has some jobs.
const MOST: usize = 16;

/// The pipelines that were built again, the latest one last.
#[derive(Debug, Default)]
pub(super) struct Rebuilt {
    pipelines: Mutex<Vec<Arc<Slot>>>,
}

/// A pipeline of a submitted job.
#[derive(Debug)]
struct Slot {
    call: PipelineCall,
    fingerprint: String,
    /// Absent until it was built. Who builds it keeps others waiting, who ask for the same.
    functions: Mutex<Option<Functions>>,
}

/// The functions of a pipeline, shared by the threads of its stages.
pub(crate) type Functions = Arc<[FunctionEntry]>;

impl Rebuilt {
    /// The place of a pipeline, which may not be built yet.
    fn slot(&self, call: PipelineCall, fingerprint: String) -> Arc<Slot> {
        let mut pipelines = locked(&self.pipelines);
        let known = |slot: &Arc<Slot>| slot.call == call && slot.fingerprint == fingerprint;
        let slot = match pipelines.iter().position(known) {
            Some(index) => pipelines.remove(index),
            None => Arc::new(Slot { call, fingerprint, functions: Mutex::default() }),
        };
        if pipelines.len() == MOST {
            pipelines.remove(0);
        }
        pipelines.push(Arc::clone(&slot));
        slot
    }
}

impl Registry<'_> {
    /// The functions of a submitted job's pipeline.
    ///
    /// # Errors
    /// When there is no such pipeline, when it cannot be built, and when it is another one than was
    /// submitted. Only success is remembered: after a failure, what was missing may be there.
    pub(crate) fn rebuilt(&self, part: &PipelinePart) -> Result<Functions, Failed> {
        let submitted = PipelineGraph::decode_checked(&part.graph).map_err(|error| {
            refused(format!("the graph of the submitted pipeline cannot be used: {error}"))
        })?;
        let call = part.call.clone().unwrap_or_default();
        let slot = self.rebuilt.slot(call, submitted.fingerprint.clone());
        let mut functions = locked(&slot.functions);
        if let Some(functions) = &*functions {
            return Ok(Arc::clone(functions));
        }
        let built = self.pipeline(&slot.call)?;
        if let Some(difference) = built.graph.difference(&submitted) {
            return Err(refused(format!(
                "pipeline '{}' of this library is another one than was submitted: {difference}. The \
                 library that runs must be the one that the job was submitted with: package the \
                 pipeline again, and submit that",
                slot.call.pipeline
            )));
        }
        Ok(Arc::clone(functions.insert(built.functions.into())))
    }
}

fn refused(message: String) -> Failed {
    let phase = "open".to_owned();
    Box::new(Failure { phase, ..failure(FailureKind::InvalidStage, message) })
}

/// Nothing is left half done by a panic while one of these locks is held.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
