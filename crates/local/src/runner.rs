//! [`LocalRunner`]: how a pipeline is to be run here.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use brookite_core::pipeline::{Built, ExecutionMode};
use brookite_executor::FunctionEntry;

use crate::body::{Feeds, Surroundings};
use crate::checkpoint::{Checkpoints, Resume};
use crate::clock::Clock;
use crate::error::JobError;
use crate::job::JobHandle;
use crate::plan::{Choices, Plan};
use crate::seed::Garden;

/// Runs pipelines on threads of this process.
///
/// ```
/// use brookite::prelude::*;
/// use brookite_local::LocalRunner;
///
/// let p = Pipeline::new("lengths");
/// p.from_values(["brook", "rust"]).map(|word: &str| word.len() as i64).collect("lengths");
///
/// let job = LocalRunner::new().deterministic().run(p.build()?)?;
/// assert_eq!(job.collected::<i64>("lengths")?, [5, 4]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct LocalRunner {
    parallelism: Option<u32>,
    deterministic: bool,
    mode: Option<ExecutionMode>,
    checkpoints: Option<PathBuf>,
    interval: Option<Duration>,
    keep: Option<usize>,
    resume: Resume,
}

/// How often checkpoints are taken if nobody says.
const INTERVAL: Duration = Duration::from_secs(10);

/// How many checkpoints are kept if nobody says.
const KEEP: usize = 2;

impl LocalRunner {
    /// A runner with as many subtasks for each operator as the machine has cores.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs so many subtasks of each operator for which neither the node nor the pipeline says how many.
    #[must_use]
    pub fn parallelism(mut self, parallelism: u32) -> Self {
        self.parallelism = Some(parallelism.max(1));
        self
    }

    /// Runs everything on one thread and in one order, so that each run gives the same results in the
    /// same order: sources one after the other in the order of the program, each record all the way
    /// through the pipeline before the next one. A watermark is told after each record. The clock of
    /// processing time stands at 0 in the beginning, and goes on by a millisecond with each record, or as
    /// a [test stream](brookite_core::pipeline::TestStream) says.
    ///
    /// Unless said otherwise, each operator has one subtask.
    #[must_use]
    pub fn deterministic(mut self) -> Self {
        self.deterministic = true;
        self
    }

    /// Takes checkpoints into a folder: every ten seconds, unless the pipeline says how often or
    /// [`checkpoint_interval`](Self::checkpoint_interval) does. The last two are kept.
    #[must_use]
    pub fn checkpoints(mut self, folder: impl Into<PathBuf>) -> Self {
        self.checkpoints = Some(folder.into());
        self
    }

    /// Takes a checkpoint so often. Says nothing without a folder.
    #[must_use]
    pub fn checkpoint_interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }

    /// Keeps so many checkpoints. Says nothing without a folder.
    #[must_use]
    pub fn keep_checkpoints(mut self, keep: usize) -> Self {
        self.keep = Some(keep.max(1));
        self
    }

    /// Goes on from the last checkpoint in the folder; from the start if there is none.
    #[must_use]
    pub fn resume(mut self) -> Self {
        self.resume = Resume::IfThereIsOne;
        self
    }

    /// Goes on from the last checkpoint in that folder. That there is none is an error. Later ones go there,
    /// too, unless [`checkpoints`](Self::checkpoints) says another folder.
    #[must_use]
    pub fn resume_from(mut self, folder: impl Into<PathBuf>) -> Self {
        self.resume = Resume::From(folder.into());
        self
    }

    /// Runs the pipeline in that mode, whatever it says itself.
    #[must_use]
    pub fn mode(mut self, mode: ExecutionMode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// Runs a pipeline to its end. What its collect sinks have is in the handle.
    ///
    /// # Errors
    /// As [`start`](Self::start) and [`JobHandle::wait`].
    pub fn run(&self, built: Built<FunctionEntry>) -> Result<JobHandle, JobError> {
        let job = self.start(built)?;
        job.wait()?;
        Ok(job)
    }

    /// Starts a pipeline.
    ///
    /// # Errors
    /// When the graph says what cannot be, a connector, a file or an option is not there, or a
    /// checkpoint cannot be resumed from. Nothing runs then.
    pub fn start(&self, built: Built<FunctionEntry>) -> Result<JobHandle, JobError> {
        self.start_fed(built, None)
    }

    /// Starts a pipeline whose test streams do not end with their scripts.
    pub(crate) fn start_fed(
        &self,
        built: Built<FunctionEntry>,
        feeds: Option<Feeds>,
    ) -> Result<JobHandle, JobError> {
        let Built { mut graph, functions, .. } = built;
        if let Some(mode) = self.mode {
            graph.environment.get_or_insert_default().set_mode(mode);
        }
        let cores = || std::thread::available_parallelism().map_or(1, NonZero::get);
        let default = if self.deterministic { 1 } else { cores() };
        let default = u32::try_from(default).unwrap_or(u32::MAX);
        let choices = Choices { parallelism: self.parallelism.unwrap_or(default) };
        let plan = Plan::of(&graph, choices)?;
        if plan.batch && matches!(self.resume, Resume::From(_)) {
            let reason = "in BATCH mode there are no checkpoints to go on from: leave away the mode, or \
                          where to go on from";
            return Err(JobError::Refused(reason.to_owned()));
        }
        let from = match &self.resume {
            Resume::From(folder) => Some(folder),
            Resume::Never | Resume::IfThereIsOne => None,
        };
        let folder = self.checkpoints.as_ref().or(from).filter(|_| !plan.batch);
        let surroundings = Surroundings {
            functions: Arc::new(functions),
            clock: match self.deterministic {
                true => Clock::standing(!plan.has_test_streams()),
                false => Clock::Machine,
            },
            collected: Arc::default(),
            batch: plan.batch,
            deterministic: self.deterministic,
            feeds,
            checkpoints: folder.is_some(),
        };
        let checkpoints = folder.map(|folder| {
            let environment = graph.environment.as_ref();
            let said = environment.and_then(|environment| environment.checkpoint_interval_ms);
            let said = said.and_then(|ms| u64::try_from(ms).ok()).map(Duration::from_millis);
            let interval = self.interval.or(said).unwrap_or(INTERVAL);
            Checkpoints::open(folder, &graph, interval, self.keep.unwrap_or(KEEP), &self.resume)
        });
        let checkpoints = checkpoints.transpose()?;
        checkpoints.as_ref().map_or(Ok(()), |checkpoints| checkpoints.check_parallelism(&plan))?;
        let garden = Garden::plan(&plan, &surroundings)?;
        JobHandle::start(graph.name, &plan, garden, surroundings, checkpoints)
    }
}
