//! [`TextFiles`]: the lines of files.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

use brookite_core::Data;

use crate::error::JobError;
use crate::record::{Emitted, NO_TIMESTAMP};
use crate::source::files::{FileKind, Place};

/// Reads files line by line. Lines end with `\n`, `\r\n` or `\r`.
#[derive(Debug, Default)]
pub(crate) struct TextFiles {
    /// Kept for its memory.
    line: Vec<u8>,
}

/// A file whose lines are being read. Its place is a number of bytes.
pub(crate) struct Lines {
    reader: BufReader<File>,
    place: Place,
}

impl FileKind for TextFiles {
    type Reading = Lines;

    fn open(&self, file: &Path, from: Place) -> Result<Lines, JobError> {
        let opened = File::open(file).and_then(|mut opened| {
            opened.seek(SeekFrom::Start(from.read))?;
            Ok(opened)
        });
        let opened = opened.map_err(|error| JobError::file("read", file, error))?;
        Ok(Lines { reader: BufReader::with_capacity(1 << 16, opened), place: from })
    }

    #[inline]
    fn emit_next(
        &mut self,
        file: &Path,
        lines: &mut Lines,
        out: &mut Emitted,
    ) -> Result<bool, JobError> {
        self.line.clear();
        let read = lines.read_line(&mut self.line);
        if !read.map_err(|error| JobError::file("read", file, error))? {
            return Ok(false);
        }
        let text = std::str::from_utf8(&self.line).map_err(|error| JobError::Malformed {
            file: file.to_owned(),
            line: lines.place.lines,
            column: None,
            reason: format!("expected text in UTF-8: {error}"),
        })?;
        out.write(NO_TIMESTAMP, |bytes| <&str>::encode(&text, bytes))
            .map_err(|error| JobError::file("read", file, error))?;
        Ok(true)
    }

    fn place(lines: &Lines) -> Place {
        lines.place
    }
}

impl Lines {
    /// Reads a line without its end; `false` when there is none.
    fn read_line(&mut self, line: &mut Vec<u8>) -> std::io::Result<bool> {
        let mut any = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                self.place.lines += u64::from(any);
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
            if is_return && self.reader.fill_buf()?.first() == Some(&b'\n') {
                self.consume(1);
            }
            self.place.lines += 1;
            return Ok(true);
        }
    }

    fn consume(&mut self, length: usize) {
        self.reader.consume(length);
        self.place.read += length as u64;
    }
}
