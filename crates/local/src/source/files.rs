//! [`FilesSource`]: what files hold, one file after the other.

use std::path::{Path, PathBuf};

use prost::Message;

use crate::error::JobError;
use crate::operator::{Poll, Source};
use crate::record::Emitted;
use crate::source::at_once;

/// How files of a kind are read.
pub(crate) trait FileKind {
    /// A file that is being read.
    type Reading;

    /// Opens a file, where it is to be read on from.
    fn open(&self, file: &Path, from: Place) -> Result<Self::Reading, JobError>;

    /// Emits the next record of a file; `false` when it has no more.
    fn emit_next(
        &mut self,
        file: &Path,
        reading: &mut Self::Reading,
        out: &mut Emitted,
    ) -> Result<bool, JobError>;

    /// How far a file has been read.
    fn place(reading: &Self::Reading) -> Place;

    /// Emits the watermark behind all that was read, if there are watermarks.
    fn emit_watermark(&mut self, out: &mut Emitted) {
        let _ = out;
    }
}

/// How far a file has been read. Its beginning is all zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// So many bytes or records, whichever it is read on by.
    pub(crate) read: u64,
    /// So many lines, if they are counted.
    pub(crate) lines: u64,
}

/// Reads files one after the other.
pub(crate) struct FilesSource<K: FileKind> {
    /// Those that are still to be read, the next one last.
    files: Vec<PathBuf>,
    reading: Option<(PathBuf, K::Reading)>,
    kind: K,
}

/// Where a source is. Checkpoints have it: a number keeps its meaning.
#[derive(Clone, PartialEq, Message)]
struct Position {
    /// The files that are still to be read, the next one last.
    #[prost(string, repeated, tag = "1")]
    files: Vec<String>,
    /// The one that is being read; empty if none is.
    #[prost(string, tag = "2")]
    file: String,
    /// How far it has been read.
    #[prost(uint64, tag = "3")]
    read: u64,
    #[prost(uint64, tag = "4")]
    lines: u64,
}

impl<K: FileKind> FilesSource<K> {
    /// Reads every `parallelism`th of the files, from number `index` on.
    pub(crate) fn new(files: &[PathBuf], (index, parallelism): (u32, u32), kind: K) -> Self {
        let own = files.iter().skip(index as usize).step_by(parallelism.max(1) as usize);
        let mut files: Vec<_> = own.cloned().collect();
        files.reverse();
        Self { files, reading: None, kind }
    }

    /// Emits the next record; `false` when no file has one any more.
    fn emit_next(&mut self, out: &mut Emitted) -> Result<bool, JobError> {
        loop {
            let Some((file, reading)) = &mut self.reading else {
                let Some(file) = self.files.pop() else { return Ok(false) };
                let reading = self.kind.open(&file, Place::default())?;
                self.reading = Some((file, reading));
                continue;
            };
            if self.kind.emit_next(file, reading, out)? {
                return Ok(true);
            }
            self.reading = None;
        }
    }
}

impl<K: FileKind> Source for FilesSource<K> {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        let Some(position) = position else { return Ok(()) };
        let position =
            Position::decode(position).map_err(|error| JobError::Checkpoint(error.to_string()))?;
        self.files = position.files.into_iter().map(PathBuf::from).collect();
        if !position.file.is_empty() {
            let file = PathBuf::from(position.file);
            let place = Place { read: position.read, lines: position.lines };
            let reading = self.kind.open(&file, place)?;
            self.reading = Some((file, reading));
        }
        Ok(())
    }

    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        for _ in 0..at_once(one) {
            if !self.emit_next(out)? {
                break;
            }
        }
        self.kind.emit_watermark(out);
        Ok(if out.is_empty() { Poll::End } else { Poll::More })
    }

    fn snapshot(&mut self) -> Vec<u8> {
        let text = |path: &PathBuf| path.to_string_lossy().into_owned();
        let (file, place) = match &self.reading {
            Some((file, reading)) => (text(file), K::place(reading)),
            None => (String::new(), Place::default()),
        };
        let files = self.files.iter().map(text).collect();
        Position { files, file, read: place.read, lines: place.lines }.encode_to_vec()
    }
}

#[cfg(test)]
mod tests;
