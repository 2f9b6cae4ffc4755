//! Starting pipelines: those that a library has, and those that were made on the spot.

use std::any::{TypeId, type_name};

use brookite_core::Result as BuildResult;
use brookite_core::pipeline::{Arguments, Built, Pipeline};
use brookite_executor::{FunctionEntry, PipelineEntry, Registry};

use crate::error::RunError;
use crate::job::JobHandle;
use crate::runner::Runner;

/// A function that builds a pipeline: with arguments or without. `#[pipeline]` must stand on it, so that
/// libraries can build it, too.
///
/// `M` tells the two kinds apart, and is of no interest.
pub trait PipelineProgram<M>: 'static {}

impl<F> PipelineProgram<fn(&Arguments)> for F where
    F: Fn(&Pipeline<FunctionEntry>, &Arguments) -> BuildResult<()> + 'static
{
}

impl<F> PipelineProgram<fn()> for F where
    F: Fn(&Pipeline<FunctionEntry>) -> BuildResult<()> + 'static
{
}

/// Starts a pipeline with these arguments. `--runner` among them says where; see the [crate](crate) for what
/// else does.
///
/// ```no_run
/// # mod word_count {
/// #     use brookite_core::{Result, pipeline::{Arguments, Pipeline}};
/// #     use brookite_executor::FunctionEntry;
/// #     pub fn word_count(_: &Pipeline<FunctionEntry>, _: &Arguments) -> Result<()> { Ok(()) }
/// # }
/// use word_count::word_count;
///
/// # fn main() -> Result<(), brookite_run::RunError> {
/// let job = brookite_run::run(word_count, ["--input", "words.txt", "--runner", "embedded"])?;
/// println!("{} took {:?}", job.name(), job.wait()?.duration);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When there is no such runner, the pipeline cannot be built, or the runner does not take it. A job that
/// fails later is an error of [`JobHandle::wait`].
pub fn run<M, P, A>(
    pipeline: P,
    arguments: impl IntoIterator<Item = A>,
) -> Result<JobHandle, RunError>
where
    P: PipelineProgram<M>,
    A: Into<String>,
{
    let (runner, arguments) = Runner::choose(arguments)?;
    runner.start(pipeline, arguments)
}

impl Runner {
    /// Starts a pipeline with these arguments, all of which are the pipeline's.
    ///
    /// # Errors
    /// When the pipeline cannot be built, or the runner does not take it.
    pub fn start<M, P, A>(
        &self,
        pipeline: P,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<JobHandle, RunError>
    where
        P: PipelineProgram<M>,
        A: Into<String>,
    {
        let _ = pipeline;
        let arguments: Vec<String> = arguments.into_iter().map(Into::into).collect();
        self.start_entry(registered::<P>()?, &arguments)
    }

    pub(crate) fn start_entry(
        &self,
        entry: &PipelineEntry,
        arguments: &[String],
    ) -> Result<JobHandle, RunError> {
        let built = entry.build(arguments).map_err(RunError::Build)?;
        self.start_built(built, Some(entry))
    }

    fn start_built(
        &self,
        built: Built<FunctionEntry>,
        entry: Option<&PipelineEntry>,
    ) -> Result<JobHandle, RunError> {
        let not_registered = |built: &Built<FunctionEntry>| RunError::NotRegistered {
            what: format!("the pipeline '{}', which this program has made,", built.graph.name),
            example: "words".to_owned(),
        };
        match self {
            Self::Local(runner) => {
                let job = runner.start(built).map_err(RunError::Local)?;
                Ok(JobHandle::local(job))
            }
            Self::Embedded(embedded) => {
                let entry = entry.ok_or_else(|| not_registered(&built))?;
                Ok(JobHandle::embedded(embedded.start(entry, &built.graph)?))
            }
            Self::Flink(flink) => {
                let entry = entry.ok_or_else(|| not_registered(&built))?;
                Ok(JobHandle::flink(flink.start(entry, &built.graph)?))
            }
        }
    }
}

/// Running a pipeline that was made on the spot.
pub trait RunPipeline {
    /// Builds the pipeline and starts it. It is known to this program alone, and so runs on the local runner
    /// alone; for others [`run`](crate::run) one of a library.
    ///
    /// ```
    /// use brookite::Pipeline;
    /// use brookite_run::{RunPipeline as _, Runner};
    ///
    /// let p = Pipeline::new("squares");
    /// p.sequence(1, 3).map(|number| number * number).collect("squares");
    /// let job = p.run(&Runner::local())?;
    /// job.wait()?;
    /// let mut squares = job.collected::<i64>("squares")?;
    /// squares.sort_unstable(); // They come in any order, as the sequence has several subtasks.
    /// assert_eq!(squares, [1, 4, 9]);
    /// # Ok::<(), brookite_run::RunError>(())
    /// ```
    ///
    /// # Errors
    /// When the pipeline cannot be built, or the runner does not take it.
    fn run(&self, runner: &Runner) -> Result<JobHandle, RunError>;
}

impl RunPipeline for Pipeline<FunctionEntry> {
    fn run(&self, runner: &Runner) -> Result<JobHandle, RunError> {
        runner.start_built(self.build()?, None)
    }
}

/// What `#[pipeline]` has registered of a function.
pub(crate) fn registered<P: 'static>() -> Result<&'static PipelineEntry, RunError> {
    let registered = Registry::linked().pipelines().find(|entry| entry.is_of(TypeId::of::<P>()));
    registered.ok_or_else(|| {
        let name = type_name::<P>();
        let example = name.rsplit("::").next().unwrap_or(name).to_owned();
        RunError::NotRegistered {
            what: format!("{name}, on which no `#[pipeline]` stands,"),
            example,
        }
    })
}
