//! [`RecordFilesSource`]: the records of files, with where they stand.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use brookite_core::Data;
use brookite_core::proto::TextRecords;
use brookite_formats::Records;
use prost::Message;

use crate::error::JobError;
use crate::operator::{Poll, Source};
use crate::record::{Emitted, NO_TIMESTAMP};
use crate::source::at_once;

/// A file, a line, and the record that begins there.
type Located = (&'static str, i64, &'static [u8]);

/// Reads files one after the other, record by record.
pub(crate) struct RecordFilesSource {
    /// Those that are still to be read, the next one last.
    files: Vec<PathBuf>,
    records: TextRecords,
    reading: Option<Reading>,
}

struct Reading {
    file: PathBuf,
    name: String,
    records: Records<BufReader<File>>,
    /// How many were read.
    count: u64,
}

/// Where the source is.
#[derive(Clone, PartialEq, Message)]
struct Position {
    /// The files that are still to be read, the next one last.
    #[prost(string, repeated, tag = "1")]
    files: Vec<String>,
    /// The one that is being read; empty if none is.
    #[prost(string, tag = "2")]
    file: String,
    /// How many of its records have been read.
    #[prost(uint64, tag = "3")]
    records: u64,
}

impl RecordFilesSource {
    /// Reads every `parallelism`th of the files, from number `index` on.
    pub(crate) fn new(
        files: &[PathBuf],
        records: TextRecords,
        index: u32,
        parallelism: u32,
    ) -> Self {
        let own = files.iter().skip(index as usize).step_by(parallelism.max(1) as usize);
        let mut files: Vec<_> = own.cloned().collect();
        files.reverse();
        Self { files, records, reading: None }
    }

    fn open_file(&self, file: PathBuf) -> Result<Reading, JobError> {
        let opened = File::open(&file).map_err(|error| JobError::file("read", &file, error))?;
        let records = Records::new(BufReader::with_capacity(1 << 16, opened), &self.records);
        let name = file.to_string_lossy().into_owned();
        Ok(Reading { file, name, records, count: 0 })
    }

    fn emit_next(&mut self, out: &mut Emitted) -> Result<bool, JobError> {
        loop {
            let Some(reading) = &mut self.reading else {
                let Some(file) = self.files.pop() else { return Ok(false) };
                self.reading = Some(self.open_file(file)?);
                continue;
            };
            let failed = |error| JobError::file("read", &reading.file, error);
            let Some((line, bytes)) = reading.records.next_record().map_err(failed)? else {
                self.reading = None;
                continue;
            };
            reading.count += 1;
            let line = i64::try_from(line).unwrap_or(i64::MAX);
            let record = (reading.name.as_str(), line, bytes);
            out.write(NO_TIMESTAMP, |out| Located::encode(&record, out))
                .map_err(|error| JobError::file("read", &reading.file, error))?;
            return Ok(true);
        }
    }
}

impl Source for RecordFilesSource {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        let Some(position) = position else { return Ok(()) };
        let position =
            Position::decode(position).map_err(|error| JobError::Checkpoint(error.to_string()))?;
        self.files = position.files.into_iter().map(PathBuf::from).collect();
        if position.file.is_empty() {
            return Ok(());
        }
        let mut reading = self.open_file(position.file.into())?;
        while reading.count < position.records {
            let next = reading.records.next_record();
            if next.map_err(|error| JobError::file("read", &reading.file, error))?.is_none() {
                break;
            }
            reading.count += 1;
        }
        self.reading = Some(reading);
        Ok(())
    }

    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        for _ in 0..at_once(one) {
            if !self.emit_next(out)? {
                return Ok(if out.is_empty() { Poll::End } else { Poll::More });
            }
        }
        Ok(Poll::More)
    }

    fn snapshot(&mut self) -> Vec<u8> {
        let text = |path: &PathBuf| path.to_string_lossy().into_owned();
        let position = Position {
            files: self.files.iter().map(text).collect(),
            file: self.reading.as_ref().map(|reading| text(&reading.file)).unwrap_or_default(),
            records: self.reading.as_ref().map_or(0, |reading| reading.count),
        };
        position.encode_to_vec()
    }
}
