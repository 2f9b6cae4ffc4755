//! [`Checkpoints`]: the folder that checkpoints go to.
//!
//! A checkpoint is a file, `checkpoint-<number>`. It is written under another name and then given its
//! own, so that there is no checkpoint that is not whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use brookite_core::proto::{LocalCheckpoint, PipelineGraph, SubtaskSnapshot};
use prost::Message;

use crate::control::SubtaskId;
use crate::error::JobError;
use crate::plan::Plan;

/// The version of the files that this runner writes.
const VERSION: u32 = 1;

/// The states of all subtasks.
pub(crate) type States = BTreeMap<SubtaskId, Vec<u8>>;

/// Whether a job goes on from the last checkpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Resume {
    #[default]
    Never,
    /// From that in the folder to which checkpoints go, if there is one.
    IfThereIsOne,
    /// From that in this folder, which must have one.
    From(PathBuf),
}

/// Writes checkpoints, and reads the last one.
#[derive(Debug)]
pub(crate) struct Checkpoints {
    folder: PathBuf,
    graph: PipelineGraph,
    interval: Duration,
    keep: usize,
    /// The number of the last one.
    number: u64,
    restored: States,
}

impl Checkpoints {
    /// Opens the folder, and reads the last checkpoint in it if the job is to go on from there.
    pub(crate) fn open(
        folder: &Path,
        graph: &PipelineGraph,
        interval: Duration,
        keep: usize,
        resume: &Resume,
    ) -> Result<Self, JobError> {
        let from = match resume {
            Resume::Never => None,
            Resume::IfThereIsOne if folder.is_dir() => last(folder)?,
            Resume::IfThereIsOne => None,
            Resume::From(from) if !from.is_dir() => {
                let reason = format!("there is no folder '{}'", from.display());
                return Err(JobError::Checkpoint(reason));
            }
            Resume::From(from) => Some(last(from)?.ok_or_else(|| {
                JobError::Checkpoint(format!("there is no checkpoint in '{}'", from.display()))
            })?),
        };
        let restored = from.map(|from| read(&from, graph)).transpose()?.unwrap_or_default();
        fs::create_dir_all(folder).map_err(|error| JobError::file("create", folder, error))?;
        Ok(Self {
            folder: folder.to_owned(),
            graph: graph.clone(),
            interval,
            keep,
            number: numbers(folder)?.last().copied().unwrap_or(0),
            restored,
        })
    }

    /// Whether each stage has as many subtasks as it had.
    pub(crate) fn check_parallelism(&self, plan: &Plan) -> Result<(), JobError> {
        for operator in &plan.operators {
            let mut subtasks = self.restored.keys();
            let Some(had) = subtasks.find(|subtask| subtask.stage == operator.uid) else {
                continue;
            };
            let (before, now) = (had.parallelism, operator.parallelism);
            if before != now {
                let plural = if before == 1 { "" } else { "s" };
                return Err(JobError::Checkpoint(format!(
                    "stage '{}' ran with {before} subtask{plural} when the checkpoint was taken, and is to \
                     run with {now}: give the runner, the pipeline or the stage the same parallelism",
                    operator.name
                )));
            }
        }
        Ok(())
    }

    pub(crate) fn interval(&self) -> Duration {
        self.interval
    }

    pub(crate) fn take_restored(&mut self) -> States {
        std::mem::take(&mut self.restored)
    }

    /// The number of the checkpoint that is taken next.
    pub(crate) fn next_number(&self) -> u64 {
        self.number + 1
    }

    /// Writes a checkpoint, and removes those that are too old.
    pub(crate) fn write(&mut self, states: &States, finished: bool) -> Result<(), JobError> {
        self.number += 1;
        let subtasks = states.iter().map(|(subtask, state)| SubtaskSnapshot {
            stage: subtask.stage.clone(),
            subtask: subtask.index,
            parallelism: subtask.parallelism,
            state: state.clone(),
        });
        let checkpoint = LocalCheckpoint {
            version: VERSION,
            number: self.number,
            graph: Some(self.graph.clone()),
            finished,
            subtasks: subtasks.collect(),
        };
        let path = self.path(self.number);
        let unfinished = path.with_extension("unfinished");
        let written = File::create(&unfinished).and_then(|mut file| {
            file.write_all(&checkpoint.encode_to_vec())?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)
        });
        written.map_err(|error| JobError::file("write", &path, error))?;
        let numbers = numbers(&self.folder)?;
        for old in &numbers[..numbers.len().saturating_sub(self.keep)] {
            let path = self.path(*old);
            fs::remove_file(&path).map_err(|error| JobError::file("remove", &path, error))?;
        }
        Ok(())
    }

    fn path(&self, number: u64) -> PathBuf {
        path(&self.folder, number)
    }
}

fn path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("checkpoint-{number}"))
}

/// The last checkpoint in a folder.
fn last(folder: &Path) -> Result<Option<PathBuf>, JobError> {
    Ok(numbers(folder)?.last().map(|number| path(folder, *number)))
}

/// The states that a checkpoint of that graph has.
fn read(path: &Path, graph: &PipelineGraph) -> Result<States, JobError> {
    let bytes = fs::read(path).map_err(|error| JobError::file("read", path, error))?;
    let wrong = |reason: String| JobError::Checkpoint(format!("'{}' {reason}", path.display()));
    let checkpoint = LocalCheckpoint::decode(bytes.as_slice())
        .map_err(|error| wrong(format!("is malformed: {error}")))?;
    if checkpoint.version != VERSION {
        return Err(wrong(format!(
            "is of version {}, and this runner reads version {VERSION}",
            checkpoint.version
        )));
    }
    let before = checkpoint.graph.unwrap_or_default();
    if let Some(difference) = graph.difference(&before) {
        return Err(wrong(format!(
            "cannot be gone on from, since the pipeline is another one now: {difference}"
        )));
    }
    let states = checkpoint.subtasks.into_iter().map(|snapshot| {
        let SubtaskSnapshot { stage, subtask: index, parallelism, state } = snapshot;
        (SubtaskId { stage, index, parallelism }, state)
    });
    Ok(states.collect())
}

/// The numbers of the checkpoints in a folder, sorted.
fn numbers(folder: &Path) -> Result<Vec<u64>, JobError> {
    let failed = |error| JobError::file("read", folder, error);
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("checkpoint-"));
        numbers.extend(number.and_then(|number| number.parse::<u64>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}
