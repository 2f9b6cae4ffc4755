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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Resume {
    #[default]
    Never,
    IfThereIsOne,
    Always,
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
        resume: Resume,
    ) -> Result<Self, JobError> {
        if resume == Resume::Always && !folder.is_dir() {
            return Err(JobError::Checkpoint(format!("there is no folder '{}'", folder.display())));
        }
        fs::create_dir_all(folder).map_err(|error| JobError::file("create", folder, error))?;
        let numbers = numbers(folder)?;
        let mut checkpoints = Self {
            folder: folder.to_owned(),
            graph: graph.clone(),
            interval,
            keep,
            number: numbers.last().copied().unwrap_or(0),
            restored: States::new(),
        };
        match numbers.last() {
            Some(number) if resume != Resume::Never => {
                checkpoints.restored = checkpoints.read(*number)?;
            }
            None if resume == Resume::Always => {
                let reason = format!("there is no checkpoint in '{}'", folder.display());
                return Err(JobError::Checkpoint(reason));
            }
            _ => {}
        }
        Ok(checkpoints)
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
        self.folder.join(format!("checkpoint-{number}"))
    }

    fn read(&self, number: u64) -> Result<States, JobError> {
        let path = self.path(number);
        let bytes = fs::read(&path).map_err(|error| JobError::file("read", &path, error))?;
        let wrong = |reason: String| JobError::Checkpoint(format!("'{}' {reason}", path.display()));
        let checkpoint = LocalCheckpoint::decode(bytes.as_slice())
            .map_err(|error| wrong(format!("is malformed: {error}")))?;
        if checkpoint.version != VERSION {
            return Err(wrong(format!(
                "is of version {}, and this runner reads version {VERSION}",
                checkpoint.version
            )));
        }
        let graph = checkpoint.graph.unwrap_or_default();
        if let Some(difference) = self.graph.difference(&graph) {
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
