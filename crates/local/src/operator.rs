//! What a task runs: operators and sources. They know nothing of threads and channels.

mod batch;
mod sink;
mod stage;
mod timestamps;

pub(crate) use batch::Sorted;
pub(crate) use sink::{Blackhole, CollectSink, Collected, PrintSink};
pub(crate) use stage::{FunctionStage, StageMaker};
pub(crate) use timestamps::{Telling, TimestampsOperator};

use std::time::Instant;

use crate::error::JobError;
use crate::record::{Emitted, Record};

/// Works on records. Called by one thread, on which it was made.
///
/// `open` comes first, `finish` after the last record unless the job is cancelled, and `close` last in
/// any case. After an error only `close` is called.
pub(crate) trait Operator {
    /// Gets ready. `state` is what [`snapshot`](Self::snapshot) returned in the run that is resumed.
    fn open(&mut self, state: Option<&[u8]>) -> Result<(), JobError>;

    fn record(&mut self, input: u32, record: Record<'_>, out: &mut Emitted)
    -> Result<(), JobError>;

    /// No record up to that time is to come on any input, late ones aside. Tells those behind it, too.
    fn watermark(&mut self, watermark: i64, out: &mut Emitted) -> Result<(), JobError> {
        out.watermark(watermark);
        Ok(())
    }

    /// All inputs are idle, or no longer.
    fn idle(&mut self, idle: bool, out: &mut Emitted) {
        out.idle(idle);
    }

    /// When it wants to be told the time, in milliseconds since the epoch.
    fn next_timer(&self) -> Option<i64> {
        None
    }

    /// Says what time it is, in milliseconds since the epoch.
    fn clock(&mut self, _now: i64, _out: &mut Emitted) -> Result<(), JobError> {
        Ok(())
    }

    /// One of the inputs has ended.
    fn end_of_input(&mut self, _input: u32, _out: &mut Emitted) -> Result<(), JobError> {
        Ok(())
    }

    /// All inputs have ended, after the last watermark.
    fn finish(&mut self, _out: &mut Emitted) -> Result<(), JobError> {
        Ok(())
    }

    /// What has to be known to go on from here.
    fn snapshot(&mut self, _checkpoint: u64, _out: &mut Emitted) -> Result<Vec<u8>, JobError> {
        Ok(Vec::new())
    }

    /// The checkpoint of that number is complete.
    fn completed(&mut self, _checkpoint: u64) -> Result<(), JobError> {
        Ok(())
    }

    fn close(&mut self) -> Result<(), JobError> {
        Ok(())
    }
}

/// What a source has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Poll {
    /// There may be more at once.
    More,
    /// There is nothing before that time.
    Wait(Instant),
    /// There is nothing any more.
    End,
}

/// Brings records into the pipeline.
pub(crate) trait Source {
    /// Gets ready, at the start or at the position that [`snapshot`](Self::snapshot) returned.
    fn open(&mut self, position: Option<&[u8]>) -> Result<(), JobError>;

    /// Emits some records, not more than a few hundred; a single one when `one` is asked for.
    fn poll(&mut self, one: bool, out: &mut Emitted) -> Result<Poll, JobError>;

    /// Where sources are read one after the other: the one with the lowest number is next, and of those
    /// with the same number the first one of the program.
    fn turn(&self) -> u64 {
        0
    }

    /// The position behind all that was emitted.
    fn snapshot(&mut self) -> Vec<u8>;
}
