//! [`TextFilesSource`]: the lines of files.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::PathBuf;

use brookite_core::Data;
use prost::Message;

use crate::error::JobError;
use crate::operator::{Poll, Source};
use crate::record::{Emitted, NO_TIMESTAMP};
use crate::source::at_once;

/// Reads files one after the other, line by line. Lines end with `\n`, `\r\n` or `\r`.
pub(crate) struct TextFilesSource {
    /// Those that are still to be read, the next one last.
    files: Vec<PathBuf>,
    reading: Option<Reading>,
    line: Vec<u8>,
}

struct Reading {
    file: PathBuf,
    reader: BufReader<File>,
    offset: u64,
    lines: u64,
}

/// Where a source of files is.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Position {
    /// The files that are still to be read, the next one last.
    #[prost(string, repeated, tag = "1")]
    files: Vec<String>,
    /// The one that is being read; empty if none is.
    #[prost(string, tag = "2")]
    file: String,
    #[prost(uint64, tag = "3")]
    offset: u64,
    #[prost(uint64, tag = "4")]
    lines: u64,
}

impl TextFilesSource {
    /// Reads every `parallelism`th of the files, from number `index` on.
    pub(crate) fn new(files: &[PathBuf], index: u32, parallelism: u32) -> Self {
        let own = files.iter().skip(index as usize).step_by(parallelism.max(1) as usize);
        let mut files: Vec<_> = own.cloned().collect();
        files.reverse();
        Self { files, reading: None, line: Vec::new() }
    }

    fn next_line(&mut self, out: &mut Emitted) -> Result<bool, JobError> {
        loop {
            let Some(reading) = &mut self.reading else {
                let Some(file) = self.files.pop() else { return Ok(false) };
                self.reading = Some(Reading::open(file, 0, 0)?);
                continue;
            };
            self.line.clear();
            if reading.read_line(&mut self.line)? {
                let text =
                    std::str::from_utf8(&self.line).map_err(|error| JobError::Malformed {
                        file: reading.file.clone(),
                        line: reading.lines,
                        column: None,
                        reason: format!("expected text in UTF-8: {error}"),
                    })?;
                out.write(NO_TIMESTAMP, |bytes| <&str>::encode(&text, bytes))
                    .map_err(|error| JobError::file("read", &reading.file, error))?;
                return Ok(true);
            }
            self.reading = None;
        }
    }
}

impl Reading {
    fn open(file: PathBuf, offset: u64, lines: u64) -> Result<Self, JobError> {
        let opened = File::open(&file).and_then(|mut opened| {
            opened.seek(SeekFrom::Start(offset))?;
            Ok(opened)
        });
        let opened = opened.map_err(|error| JobError::file("read", &file, error))?;
        Ok(Self { file, reader: BufReader::with_capacity(1 << 16, opened), offset, lines })
    }

    /// Reads a line without its end; `false` when there is none.
    fn read_line(&mut self, line: &mut Vec<u8>) -> Result<bool, JobError> {
        let mut any = false;
        loop {
            let buffer = self.reader.fill_buf();
            let buffer = buffer.map_err(|error| JobError::file("read", &self.file, error))?;
            if buffer.is_empty() {
                self.lines += u64::from(any);
                return Ok(any);
            }
            any = true;
            let Some(end) = buffer.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                let length = buffer.len();
                line.extend_from_slice(buffer);
                self.consume(length);
                continue;
            };
            let is_return = buffer[end] == b'\r';
            line.extend_from_slice(&buffer[..end]);
            self.consume(end + 1);
            if is_return {
                let next = self.reader.fill_buf();
                let next = next.map_err(|error| JobError::file("read", &self.file, error))?;
                if next.first() == Some(&b'\n') {
                    self.consume(1);
                }
            }
            self.lines += 1;
            return Ok(true);
        }
    }

    fn consume(&mut self, length: usize) {
        self.reader.consume(length);
        self.offset += length as u64;
    }
}

impl Source for TextFilesSource {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        let Some(position) = position else { return Ok(()) };
        let position =
            Position::decode(position).map_err(|error| JobError::Checkpoint(error.to_string()))?;
        self.files = position.files.into_iter().map(PathBuf::from).collect();
        if !position.file.is_empty() {
            let file = PathBuf::from(position.file);
            self.reading = Some(Reading::open(file, position.offset, position.lines)?);
        }
        Ok(())
    }

    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        for _ in 0..at_once(one) {
            if !self.next_line(out)? {
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
            offset: self.reading.as_ref().map_or(0, |reading| reading.offset),
            lines: self.reading.as_ref().map_or(0, |reading| reading.lines),
        };
        position.encode_to_vec()
    }
}
