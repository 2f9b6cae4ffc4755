//! [`Sorted`]: a stage of functions in BATCH mode.
//!
//! As in Flink, the records of a stream with keys come key by key, those of a key by their timestamps;
//! the timers of a key fire at its end, and its state is gone then. A broadcast stream comes before the
//! other one.

use std::ops::Range;

use crate::error::JobError;
use crate::operator::{FunctionStage, Operator};
use crate::record::{Emitted, Record};

/// Holds the records until all have come.
pub(crate) struct Sorted {
    stage: FunctionStage,
    keyed: bool,
    /// Whether the second input is a broadcast stream.
    broadcast: bool,
    bytes: Vec<u8>,
    waiting: Vec<Waiting>,
}

struct Waiting {
    input: u32,
    key: Range<usize>,
    record: Range<usize>,
    timestamp: i64,
}

impl Sorted {
    pub(crate) fn new(stage: FunctionStage, keyed: bool, broadcast: bool) -> Self {
        Self { stage, keyed, broadcast, bytes: Vec::new(), waiting: Vec::new() }
    }
}

impl Operator for Sorted {
    fn open(&mut self, state: Option<&[u8]>) -> Result<(), JobError> {
        self.stage.open(state)
    }

    fn record(
        &mut self,
        input: u32,
        record: Record<'_>,
        out: &mut Emitted,
    ) -> Result<(), JobError> {
        if self.broadcast && input == 1 {
            return self.stage.record(input, record, out);
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(record.key);
        let key = start..self.bytes.len();
        self.bytes.extend_from_slice(record.bytes);
        let record_at = key.end..self.bytes.len();
        let timestamp = record.timestamp;
        self.waiting.push(Waiting { input, key, record: record_at, timestamp });
        Ok(())
    }

    /// The last one, which is the only one, is told when the records have been worked on.
    fn watermark(&mut self, _: i64, _: &mut Emitted) -> Result<(), JobError> {
        Ok(())
    }

    fn clock(&mut self, now: i64, _: &mut Emitted) -> Result<(), JobError> {
        self.stage.set_clock(now);
        Ok(())
    }

    fn finish(&mut self, out: &mut Emitted) -> Result<(), JobError> {
        let bytes = std::mem::take(&mut self.bytes);
        let mut waiting = std::mem::take(&mut self.waiting);
        if self.keyed {
            waiting.sort_by(|a, b| {
                let (one, other) = (&bytes[a.key.clone()], &bytes[b.key.clone()]);
                one.cmp(other).then((a.timestamp, a.input).cmp(&(b.timestamp, b.input)))
            });
        }
        let mut at_hand: Option<&[u8]> = None;
        for Waiting { input, key, record, timestamp } in waiting {
            let key = &bytes[key];
            if self.keyed
                && at_hand != Some(key)
                && let Some(over) = at_hand.replace(key)
            {
                self.stage.end_key(over, out)?;
            }
            let record = Record { key, bytes: &bytes[record], timestamp };
            self.stage.record(input, record, out)?;
        }
        if let Some(over) = at_hand {
            self.stage.end_key(over, out)?;
        }
        self.stage.finish(out)?;
        out.watermark(i64::MAX);
        Ok(())
    }

    fn close(&mut self) -> Result<(), JobError> {
        self.stage.close()
    }
}
