//! [`FileSource`]: the rows of files.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use brookite_core::dynamic::FlinkCoder;
use prost::Message;

use crate::connector::watermark::RowTime;
use crate::error::JobError;
use crate::format::{Format, ReadError, ReadRows};
use crate::operator::{Poll, Source};
use crate::record::Emitted;
use crate::source::at_once;

/// Reads files one after the other, row by row.
pub(super) struct FileSource {
    uid: String,
    /// Those that are still to be read, the next one last.
    files: Vec<PathBuf>,
    reading: Option<Reading>,
    format: Arc<dyn Format>,
    coder: FlinkCoder,
    time: RowTime,
}

struct Reading {
    file: PathBuf,
    rows: Box<dyn ReadRows>,
    /// How many were read.
    count: u64,
}

/// Where the source is.
#[derive(Clone, PartialEq, Message)]
struct Position {
    #[prost(string, repeated, tag = "1")]
    files: Vec<String>,
    /// The file that is being read; empty if there is none.
    #[prost(string, tag = "2")]
    file: String,
    /// How many of its rows have been read.
    #[prost(uint64, tag = "3")]
    rows: u64,
}

impl FileSource {
    /// Reads every `parallelism`th of the files, from number `index` on.
    pub(super) fn new(
        uid: &str,
        files: &[PathBuf],
        (index, parallelism): (u32, u32),
        format: Arc<dyn Format>,
        coder: FlinkCoder,
        time: RowTime,
    ) -> Self {
        let own = files.iter().skip(index as usize).step_by(parallelism.max(1) as usize);
        let mut files: Vec<_> = own.cloned().collect();
        files.reverse();
        Self { uid: uid.to_owned(), files, reading: None, format, coder, time }
    }

    fn open_file(&self, file: PathBuf) -> Result<Reading, JobError> {
        let opened = File::open(&file).map_err(|error| JobError::file("read", &file, error))?;
        let rows = self.format.reader(opened);
        let rows = rows.map_err(|reason| JobError::file("read", &file, reason))?;
        Ok(Reading { file, rows, count: 0 })
    }

    fn emit_next(&mut self, out: &mut Emitted) -> Result<bool, JobError> {
        loop {
            let Some(reading) = &mut self.reading else {
                let Some(file) = self.files.pop() else { return Ok(false) };
                self.reading = Some(self.open_file(file)?);
                continue;
            };
            let Some(row) = reading.next_row()? else {
                self.reading = None;
                continue;
            };
            let timestamp = self.time.of_row(&row);
            let encoded = out.write(timestamp, |bytes| self.coder.encode(&row, bytes));
            encoded.map_err(|error| {
                let (uid, file) = (&self.uid, reading.file.display());
                JobError::record(uid, format!("row {} of '{file}': {error}", reading.count))
            })?;
            return Ok(true);
        }
    }
}

impl Reading {
    fn next_row(&mut self) -> Result<Option<brookite_core::Value>, JobError> {
        let row = self.rows.next_row().map_err(|error| match error {
            ReadError::Malformed(wrong) => JobError::Malformed {
                file: self.file.clone(),
                line: wrong.line,
                column: wrong.column,
                reason: wrong.reason,
            },
            ReadError::Io(error) => JobError::file("read", &self.file, error),
        })?;
        self.count += u64::from(row.is_some());
        Ok(row)
    }
}

impl Source for FileSource {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        let Some(position) = position else { return Ok(()) };
        let position =
            Position::decode(position).map_err(|error| JobError::Checkpoint(error.to_string()))?;
        self.files = position.files.into_iter().map(PathBuf::from).collect();
        if position.file.is_empty() {
            return Ok(());
        }
        let mut reading = self.open_file(position.file.into())?;
        while reading.count < position.rows && reading.next_row()?.is_some() {}
        self.reading = Some(reading);
        Ok(())
    }

    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        for _ in 0..at_once(one) {
            if !self.emit_next(out)? {
                self.time.tell(out);
                return Ok(if out.is_empty() { Poll::End } else { Poll::More });
            }
        }
        self.time.tell(out);
        Ok(Poll::More)
    }

    fn snapshot(&mut self) -> Vec<u8> {
        let text = |path: &PathBuf| path.to_string_lossy().into_owned();
        let position = Position {
            files: self.files.iter().map(text).collect(),
            file: self.reading.as_ref().map(|reading| text(&reading.file)).unwrap_or_default(),
            rows: self.reading.as_ref().map_or(0, |reading| reading.count),
        };
        position.encode_to_vec()
    }
}
