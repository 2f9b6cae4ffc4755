//! [`FunctionStage`]: a stage of functions, run by the executor on a host in memory.

use std::sync::Arc;

use brookite_core::function::TimeDomain;
use brookite_core::proto::{Failure, FailureKind, StageSpec};
use brookite_executor::frame::{Frame, Frames, sole_record};
use brookite_executor::memory::{Snapshot, Timer};
use brookite_executor::{FunctionEntry, Registry, Stage};

use crate::clock::Clock;
use crate::error::JobError;
use crate::host::LocalHost;
use crate::operator::Operator;
use crate::record::{Emitted, NO_TIMESTAMP, Record};

/// Makes the stages of all subtasks.
#[derive(Clone, Debug)]
pub(crate) struct StageMaker {
    pub(crate) functions: Arc<Vec<FunctionEntry>>,
    pub(crate) spec: StageSpec,
    pub(crate) clock: Clock,
}

/// Records go in, results and side records come out.
pub(crate) struct FunctionStage {
    maker: StageMaker,
    host: LocalHost,
    stage: Option<Stage>,
    watermark: i64,
}

impl FunctionStage {
    pub(crate) fn new(maker: StageMaker) -> Self {
        let host = LocalHost::new(&maker.spec, maker.clock.clone());
        Self { maker, host, stage: None, watermark: i64::MIN }
    }

    fn stage(&mut self) -> Result<&mut Stage, JobError> {
        let name = &self.maker.spec.stage;
        self.stage.as_mut().ok_or_else(|| JobError::Runner(format!("stage '{name}' is not open")))
    }

    fn tell_watermark(&mut self, watermark: i64, out: &mut Emitted) -> Result<(), JobError> {
        self.watermark = watermark;
        let host = self.host.clone();
        let output = self.stage()?.advance_watermark(watermark)?;
        apply(&host, output, NO_TIMESTAMP, NO_TIMESTAMP, out)
    }

    /// Fires one timer after the other: each may register another one that is due already.
    fn fire_due(
        &mut self,
        domain: TimeDomain,
        now: i64,
        out: &mut Emitted,
    ) -> Result<(), JobError> {
        while let Some(timer) = self.host.memory().take_due(domain, now) {
            self.fire(timer, out)?;
        }
        Ok(())
    }

    fn fire(&mut self, timer: Timer, out: &mut Emitted) -> Result<(), JobError> {
        let Timer { domain, time, key, namespace } = timer;
        let host = self.host.clone();
        host.memory().enter(&key);
        let output = self.stage()?.fire_timer(domain.code(), &key, &namespace, time)?;
        let timestamp = if domain == TimeDomain::EventTime { time } else { NO_TIMESTAMP };
        apply(&host, output, timestamp, time, out)
    }

    /// Says what time it is, and fires nothing.
    pub(crate) fn set_clock(&self, now: i64) {
        self.host.memory().set_processing_time(now);
    }

    /// Ends the key at hand as Flink's BATCH mode does: fires its timers at the end of time, and forgets
    /// its state.
    pub(crate) fn end_key(&mut self, key: &[u8], out: &mut Emitted) -> Result<(), JobError> {
        let mut at_end = false;
        for domain in [TimeDomain::EventTime, TimeDomain::ProcessingTime] {
            while let Some(timer) = self.host.memory().take_due(domain, i64::MAX) {
                if !at_end {
                    self.tell_watermark(i64::MAX, out)?;
                    at_end = true;
                }
                self.fire(timer, out)?;
            }
        }
        self.stage()?.discard()?;
        self.host.memory().forget(key);
        if at_end { self.tell_watermark(i64::MIN, out) } else { Ok(()) }
    }
}

impl Operator for FunctionStage {
    fn open(&mut self, state: Option<&[u8]>) -> Result<(), JobError> {
        if let Some(state) = state {
            let snapshot = Snapshot::decode(state).map_err(|error| {
                JobError::Checkpoint(format!("stage '{}': {error}", self.maker.spec.stage))
            })?;
            self.host.memory().restore(&snapshot);
        }
        let registry = Registry::linked().of_pipeline(&self.maker.functions);
        let mut stage = Stage::build(&registry, self.maker.spec.clone())?;
        stage.open(Box::new(self.host.clone()))?;
        self.stage = Some(stage);
        Ok(())
    }

    fn record(
        &mut self,
        input: u32,
        record: Record<'_>,
        out: &mut Emitted,
    ) -> Result<(), JobError> {
        let Some(stage) = &mut self.stage else {
            return self.stage().map(|_| ());
        };
        self.host.memory().enter(record.key);
        let output = stage.process(input, record.key, record.bytes, record.timestamp)?;
        apply(&self.host, output, record.timestamp, record.timestamp, out)
    }

    fn watermark(&mut self, watermark: i64, out: &mut Emitted) -> Result<(), JobError> {
        self.tell_watermark(watermark, out)?;
        self.fire_due(TimeDomain::EventTime, watermark, out)?;
        out.watermark(watermark);
        Ok(())
    }

    fn next_timer(&self) -> Option<i64> {
        self.host.memory().next_timer(TimeDomain::ProcessingTime)
    }

    fn clock(&mut self, now: i64, out: &mut Emitted) -> Result<(), JobError> {
        self.host.memory().set_processing_time(now);
        self.fire_due(TimeDomain::ProcessingTime, now, out)
    }

    fn finish(&mut self, out: &mut Emitted) -> Result<(), JobError> {
        let host = self.host.clone();
        let output = self.stage()?.finish()?;
        apply(&host, output, NO_TIMESTAMP, NO_TIMESTAMP, out)
    }

    fn snapshot(&mut self, _: u64, out: &mut Emitted) -> Result<Vec<u8>, JobError> {
        let host = self.host.clone();
        let output = self.stage()?.flush()?;
        apply(&host, output, NO_TIMESTAMP, NO_TIMESTAMP, out)?;
        Ok(host.memory().snapshot().encode())
    }

    fn close(&mut self) -> Result<(), JobError> {
        let Some(mut stage) = self.stage.take() else { return Ok(()) };
        stage.close()?;
        Ok(())
    }
}

/// Puts what a call returned where it belongs. Results of the call have `timestamp`, and what goes to
/// side outputs `side_timestamp`.
fn apply(
    host: &LocalHost,
    output: &[u8],
    timestamp: i64,
    side_timestamp: i64,
    out: &mut Emitted,
) -> Result<(), JobError> {
    if output.is_empty() {
        return Ok(());
    }
    if let Some(record) = sole_record(output) {
        out.record(0, record, timestamp);
        return Ok(());
    }
    for frame in Frames::new(output) {
        match frame.map_err(|error| broken(host, error))? {
            Frame::Record(record) => out.record(0, record, timestamp),
            Frame::RecordAt { timestamp, record } => out.record(0, record, timestamp),
            Frame::Side { output, record } => out.record(output + 1, record, side_timestamp),
            other => host.memory().apply_frame(other).map_err(|error| broken(host, error))?,
        }
    }
    Ok(())
}

fn broken(host: &LocalHost, error: impl std::fmt::Display) -> JobError {
    JobError::Stage(Box::new(Failure {
        kind: FailureKind::Host.into(),
        stage: host.stage().to_owned(),
        phase: "process".to_owned(),
        message: error.to_string(),
        ..Failure::default()
    }))
}
