//! [`RecordFiles`]: the records of files, with where they stand.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use brookite_core::Data;
use brookite_core::proto::TextRecords;
use brookite_formats::Records;

use crate::error::JobError;
use crate::record::{Emitted, NO_TIMESTAMP};
use crate::source::files::{FileKind, Place};

/// A file, a line, and the record that begins there.
type Located = (&'static str, i64, &'static [u8]);

/// Reads files record by record.
pub(crate) struct RecordFiles(pub(crate) TextRecords);

/// A file whose records are being read.
pub(crate) struct Reading {
    name: String,
    records: Records<BufReader<File>>,
    /// How many were read.
    count: u64,
}

impl FileKind for RecordFiles {
    type Reading = Reading;

    fn open(&self, file: &Path, from: Place) -> Result<Reading, JobError> {
        let failed = |error| JobError::file("read", file, error);
        let opened = BufReader::with_capacity(1 << 16, File::open(file).map_err(failed)?);
        let mut records = Records::new(opened, &self.0);
        let mut count = 0;
        while count < from.read && records.next_record().map_err(failed)?.is_some() {
            count += 1;
        }
        Ok(Reading { name: file.to_string_lossy().into_owned(), records, count })
    }

    #[inline]
    fn emit_next(
        &mut self,
        file: &Path,
        reading: &mut Reading,
        out: &mut Emitted,
    ) -> Result<bool, JobError> {
        let next = reading.records.next_record();
        let next = next.map_err(|error| JobError::file("read", file, error))?;
        let Some((line, bytes)) = next else { return Ok(false) };
        reading.count += 1;
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        let record = (reading.name.as_str(), line, bytes);
        out.write(NO_TIMESTAMP, |out| Located::encode(&record, out))
            .map_err(|error| JobError::file("read", file, error))?;
        Ok(true)
    }

    fn place(reading: &Reading) -> Place {
        Place { read: reading.count, lines: 0 }
    }
}
