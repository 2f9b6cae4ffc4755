//! The connector `datagen`: rows of random values and of numbers that follow each other.
//!
//! Its options are Flink's. Numbers are drawn by another generator than Flink's, and always from the
//! same start, so that each run has the same rows.

mod generator;

use std::sync::Arc;
use std::time::{Duration, Instant};

use brookite_core::dynamic::FlinkCoder;
use brookite_core::proto::ConnectorNode;
use brookite_core::types::{DataType, Kind};
use brookite_core::value::{RowKind, Value};

use crate::body::{MakeBody, coder};
use crate::connector::options::Options;
use crate::connector::watermark::RowTime;
use crate::error::JobError;
use crate::operator::{Poll, Source};
use crate::record::Emitted;
use crate::source::at_once;
use crate::state_bytes::{read_number, write_number};
use crate::task::Body;

use generator::Generator;

/// Rows in a second if nobody says how many.
const RATE: u64 = 10_000;

/// Whether the source has an end: there are so many rows, or a sequence ends.
pub(super) fn is_bounded(node: &ConnectorNode) -> bool {
    let options = &node.options;
    let is_sequence = |(key, value): (&String, &String)| {
        key.starts_with("fields.") && key.ends_with(".kind") && value == "sequence"
    };
    options.contains_key("number-of-rows") || options.iter().any(is_sequence)
}

pub(super) fn source(
    options: &Options<'_>,
    data_type: &DataType,
    time: RowTime,
) -> Result<MakeBody, JobError> {
    let Kind::Row(fields) = &data_type.kind else {
        return Err(JobError::graph(options.uid(), format!("expected rows, found {data_type}")));
    };
    let rate = options.value("rows-per-second", "a number of rows, at least 1")?.unwrap_or(RATE);
    if rate == 0 {
        return Err(options.wrong("rows-per-second", "must be at least 1, found 0"));
    }
    let rows: Option<u64> = options.value("number-of-rows", "a number of rows")?;
    // Flink's option for the parallelism of the source; the node has it.
    options.text("scan.parallelism");
    let generators = fields.iter().map(|field| Generator::of(options, field));
    let generators: Vec<Generator> = generators.collect::<Result<_, _>>()?;
    options.check_all_known()?;
    let ends = generators.iter().filter_map(Generator::count).min();
    let rows = [rows, ends].into_iter().flatten().min();
    let (uid, coder) = (options.uid().to_owned(), coder(options.uid(), data_type)?);
    Ok(Arc::new(move |index, parallelism| {
        let (index, parallelism) = (u64::from(index), u64::from(parallelism.max(1)));
        Ok(Body::Source(Box::new(DatagenSource {
            uid: uid.clone(),
            coder: coder.clone(),
            generators: generators.clone(),
            next: index,
            step: parallelism,
            rows,
            // The rows of all subtasks together come at that rate.
            pause: Duration::from_secs_f64(parallelism as f64 / rate as f64),
            began: None,
            emitted: 0,
            time: time.clone(),
        })))
    }))
}

/// Emits every `step`th row of all.
struct DatagenSource {
    uid: String,
    coder: FlinkCoder,
    generators: Vec<Generator>,
    next: u64,
    step: u64,
    rows: Option<u64>,
    pause: Duration,
    began: Option<Instant>,
    /// Since then.
    emitted: u32,
    time: RowTime,
}

impl DatagenSource {
    fn emit(&mut self, out: &mut Emitted) -> Result<(), JobError> {
        let row = self.next;
        let columns = self.generators.iter().map(|generator| generator.value(row)).collect();
        let value = Value::Row(RowKind::Insert, columns);
        let timestamp = self.time.of_row(&value);
        let encoded = out.write(timestamp, |bytes| self.coder.encode(&value, bytes));
        encoded.map_err(|error| JobError::record(&self.uid, error))?;
        self.next += self.step;
        Ok(())
    }
}

impl Source for DatagenSource {
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError> {
        if let Some(position) = position {
            self.next = read_number(position)?.cast_unsigned();
        }
        Ok(())
    }

    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        let poll = self.emit_some(one, out)?;
        self.time.tell(out);
        Ok(poll)
    }

    fn snapshot(&mut self) -> Vec<u8> {
        write_number(self.next.cast_signed())
    }
}

impl DatagenSource {
    /// Rows come at their rate; on one thread, where nothing depends on time, one after the other.
    fn emit_some(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError> {
        let began = *self.began.get_or_insert_with(Instant::now);
        for _ in 0..at_once(one) {
            if self.rows.is_some_and(|rows| self.next >= rows) {
                return Ok(if out.is_empty() { Poll::End } else { Poll::More });
            }
            let due = began + self.pause * self.emitted;
            if !one && due > Instant::now() {
                return Ok(if out.is_empty() { Poll::Wait(due) } else { Poll::More });
            }
            self.emitted += 1;
            if self.emitted == u32::MAX {
                (self.began, self.emitted) = (Some(Instant::now()), 0);
            }
            self.emit(out)?;
        }
        Ok(Poll::More)
    }
}
