//! [`FileSink`]: rows into files that appear when they are complete.
//!
//! A part is written under a hidden name. With a checkpoint it is closed, and is part of that checkpoint;
//! when the checkpoint is complete, it gets its name. A job that goes on from a checkpoint names the parts
//! which the checkpoint had, and writes those that came after it anew: each row is in just one part.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;

use brookite_core::dynamic::FlinkCoder;
use prost::Message;

use crate::control::FINAL;
use crate::error::JobError;
use crate::format::{Format, WriteRows};
use crate::operator::Operator;
use crate::record::{Emitted, Record};

/// Writes the rows of a subtask.
pub(super) struct FileSink {
    uid: String,
    folder: PathBuf,
    index: u32,
    format: Arc<dyn Format>,
    coder: FlinkCoder,
    /// Whether parts are complete at checkpoints, too.
    checkpoints: bool,
    writing: Option<Box<dyn WriteRows>>,
    /// The number of the part that is written, or is next.
    part: u64,
    /// The numbers of the parts that wait for a checkpoint to be complete.
    waiting: BTreeMap<u64, Vec<u64>>,
}

/// What is known of a subtask's parts.
#[derive(Clone, PartialEq, Message)]
struct Parts {
    #[prost(uint64, tag = "1")]
    next: u64,
    /// Those that are complete, and may not have their names yet.
    #[prost(uint64, repeated, tag = "2")]
    waiting: Vec<u64>,
}

impl FileSink {
    pub(super) fn new(
        uid: &str,
        folder: PathBuf,
        index: u32,
        format: Arc<dyn Format>,
        coder: FlinkCoder,
        checkpoints: bool,
    ) -> Self {
        let (writing, part, waiting) = (None, 0, BTreeMap::new());
        let uid = uid.to_owned();
        Self { uid, folder, index, format, coder, checkpoints, writing, part, waiting }
    }

    fn path(&self, part: u64) -> PathBuf {
        self.folder.join(format!("part-{}-{part}", self.index))
    }

    fn hidden(&self, part: u64) -> PathBuf {
        self.folder.join(format!(".part-{}-{part}.inprogress", self.index))
    }

    /// Ends the part at hand; it gets its name with that checkpoint.
    fn close_part(&mut self, checkpoint: u64) -> Result<(), JobError> {
        let Some(writing) = self.writing.take() else { return Ok(()) };
        writing.finish().map_err(|error| JobError::file("write", self.hidden(self.part), error))?;
        self.waiting.entry(checkpoint).or_default().push(self.part);
        self.part += 1;
        Ok(())
    }

    /// Gives a part its name, unless it has it.
    fn commit(&self, part: u64) -> Result<(), JobError> {
        let (hidden, path) = (self.hidden(part), self.path(part));
        if !hidden.exists() && path.exists() {
            return Ok(());
        }
        fs::rename(&hidden, &path).map_err(|error| JobError::file("complete", path, error))
    }

    /// The first number that no part of this subtask has.
    fn free_part(&self) -> Result<u64, JobError> {
        let failed = |error| JobError::file("read", &self.folder, error);
        let prefix = format!("part-{}-", self.index);
        let mut free = 0;
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(&prefix));
            if let Some(number) = number.and_then(|number| number.parse::<u64>().ok()) {
                free = free.max(number + 1);
            }
        }
        Ok(free)
    }
}

impl Operator for FileSink {
    fn open(&mut self, state: Option<&[u8]>) -> Result<(), JobError> {
        fs::create_dir_all(&self.folder)
            .map_err(|error| JobError::file("create", &self.folder, error))?;
        let Some(state) = state else {
            self.part = self.free_part()?;
            return Ok(());
        };
        let parts =
            Parts::decode(state).map_err(|error| JobError::Checkpoint(error.to_string()))?;
        self.part = parts.next;
        parts.waiting.into_iter().try_for_each(|part| self.commit(part))
    }

    fn record(&mut self, _: u32, record: Record<'_>, _: &mut Emitted) -> Result<(), JobError> {
        let row = self.coder.decode(record.bytes);
        let row = row.map_err(|error| JobError::record(&self.uid, error))?;
        if self.writing.is_none() {
            let path = self.hidden(self.part);
            let created = File::create(&path).map_err(|error| error.to_string());
            let writing = created.and_then(|file| self.format.writer(file));
            self.writing = Some(writing.map_err(|reason| JobError::file("create", path, reason))?);
        }
        match &mut self.writing {
            Some(writing) => {
                writing.write_row(&row).map_err(|reason| JobError::record(&self.uid, reason))
            }
            None => Ok(()),
        }
    }

    fn finish(&mut self, _: &mut Emitted) -> Result<(), JobError> {
        self.close_part(FINAL)
    }

    fn snapshot(&mut self, checkpoint: u64, _: &mut Emitted) -> Result<Vec<u8>, JobError> {
        self.close_part(checkpoint)?;
        let waiting = self.waiting.values().flatten().copied().collect();
        Ok(Parts { next: self.part, waiting }.encode_to_vec())
    }

    fn completed(&mut self, checkpoint: u64) -> Result<(), JobError> {
        while let Some(first) =
            self.waiting.first_entry().filter(|first| *first.key() <= checkpoint)
        {
            let parts = first.remove();
            parts.into_iter().try_for_each(|part| self.commit(part))?;
        }
        Ok(())
    }

    /// What is not complete never will be; parts that a checkpoint has are left to whoever goes on from
    /// it.
    fn close(&mut self) -> Result<(), JobError> {
        let unfinished = self.writing.take().map(|_| self.part);
        let of_no_checkpoint = if self.checkpoints {
            Vec::new()
        } else {
            std::mem::take(&mut self.waiting).into_values().flatten().collect()
        };
        for part in unfinished.into_iter().chain(of_no_checkpoint) {
            let path = self.hidden(part);
            fs::remove_file(&path).map_err(|error| JobError::file("remove", path, error))?;
        }
        Ok(())
    }
}
