//! [`RowFiles`]: the rows of files.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use brookite_core::Value;
use brookite_core::dynamic::FlinkCoder;

use crate::connector::watermark::RowTime;
use crate::error::JobError;
use crate::format::{Format, ReadError, ReadRows};
use crate::record::Emitted;
use crate::source::{FileKind, Place};

/// Reads files row by row.
pub(super) struct RowFiles {
    pub(super) uid: String,
    pub(super) format: Arc<dyn Format>,
    pub(super) coder: FlinkCoder,
    pub(super) time: RowTime,
}

/// A file whose rows are being read.
pub(super) struct Reading {
    rows: Box<dyn ReadRows>,
    /// How many were read.
    count: u64,
}

impl FileKind for RowFiles {
    type Reading = Reading;

    fn open(&self, file: &Path, from: Place) -> Result<Reading, JobError> {
        let opened = File::open(file).map_err(|error| JobError::file("read", file, error))?;
        let rows = self.format.reader(opened);
        let rows = rows.map_err(|reason| JobError::file("read", file, reason))?;
        let mut reading = Reading { rows, count: 0 };
        while reading.count < from.read && reading.next_row(file)?.is_some() {}
        Ok(reading)
    }

    #[inline]
    fn emit_next(
        &mut self,
        file: &Path,
        reading: &mut Reading,
        out: &mut Emitted,
    ) -> Result<bool, JobError> {
        let Some(row) = reading.next_row(file)? else { return Ok(false) };
        let timestamp = self.time.of_row(&row);
        let encoded = out.write(timestamp, |bytes| self.coder.encode(&row, bytes));
        encoded.map_err(|error| {
            let (file, row) = (file.display(), reading.count);
            JobError::record(&self.uid, format!("row {row} of '{file}': {error}"))
        })?;
        Ok(true)
    }

    fn place(reading: &Reading) -> Place {
        Place { read: reading.count, lines: 0 }
    }

    fn emit_watermark(&mut self, out: &mut Emitted) {
        self.time.tell(out);
    }
}

impl Reading {
    fn next_row(&mut self, file: &Path) -> Result<Option<Value>, JobError> {
        let row = self.rows.next_row().map_err(|error| match error {
            ReadError::Malformed(wrong) => JobError::Malformed {
                file: file.to_owned(),
                line: wrong.line,
                column: wrong.column,
                reason: wrong.reason,
            },
            ReadError::Io(error) => JobError::file("read", file, error),
        })?;
        self.count += u64::from(row.is_some());
        Ok(row)
    }
}
