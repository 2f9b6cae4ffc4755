//! [`Driver`]: a whole stage in memory, fed with bytes.

use std::collections::BTreeMap;

use brookite_core::function::TimeDomain;
use brookite_core::pipeline::Built;
use brookite_core::proto::{FailureKind, StageSpec};

use crate::failure::{Failed, failure};
use crate::frame::{Frame, Frames};
use crate::harness::of_pipeline::spec_of;
use crate::memory::{MemoryHost, Snapshot, Timer};
use crate::registry::{FunctionEntry, Registry};
use crate::stage::{NO_TIMESTAMP, Stage};

/// Runs a stage on a [`MemoryHost`] as a Flink operator runs one: records of any input, watermarks, a
/// clock, timers, checkpoints. Keys and records are bytes in the encodings of the stage's edges.
///
/// The [harnesses](super) for single functions stand on it; use it directly for chains of functions,
/// windows, joins, and whatever else a [`StageSpec`] can say.
///
/// In a [batch](Self::batch) the keys come one after the other, as in Flink's BATCH mode: the timers of
/// a key fire when the next one begins, at the end of time, and then its state is gone.
#[derive(Debug)]
pub struct Driver {
    /// The functions, if they are not the registered ones.
    functions: Option<Vec<FunctionEntry>>,
    spec: StageSpec,
    stage: Stage,
    host: MemoryHost,
    checkpoint: Snapshot,
    outputs: Outputs,
    batch: bool,
    /// In a batch, the key that has begun.
    batch_key: Option<Vec<u8>>,
}

/// A record that a stage emitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emitted {
    /// In milliseconds since the epoch; `None` for a record without.
    pub timestamp: Option<i64>,
    /// In the encoding of the output's edge.
    pub record: Vec<u8>,
}

impl Driver {
    /// Builds and opens a stage of functions that attributes registered in this binary.
    ///
    /// # Errors
    /// When the stage cannot be built or does not open.
    pub fn open(spec: StageSpec) -> Result<Self, Failed> {
        Self::start(None, spec)
    }

    /// Builds and opens a stage of one function, which need not be registered.
    ///
    /// # Errors
    /// When the stage cannot be built or does not open.
    pub fn of(function: FunctionEntry, spec: StageSpec) -> Result<Self, Failed> {
        Self::start(Some(vec![function]), spec)
    }

    /// Builds and opens a stage of a pipeline. It is found by its name, such as `split -> filter`, by its
    /// uid, or by the uid of a node in it. Its edges have the encoding of Flink's serializers, and all
    /// side outputs of its functions are taken.
    ///
    /// Where all types are known, a harness is easier to use, such as
    /// [`KeyedHarness::of_pipeline`](super::KeyedHarness::of_pipeline).
    ///
    /// # Errors
    /// When there is no such stage, when it runs no function, and when it does not open.
    pub fn of_pipeline(pipeline: &Built<FunctionEntry>, stage: &str) -> Result<Self, Failed> {
        Self::start(Some(pipeline.functions.clone()), spec_of(pipeline, stage)?)
    }

    pub(super) fn start(
        functions: Option<Vec<FunctionEntry>>,
        spec: StageSpec,
    ) -> Result<Self, Failed> {
        let host = MemoryHost::new();
        let stage = opened(functions.as_deref(), &spec, &host)?;
        Ok(Self {
            functions,
            spec,
            stage,
            checkpoint: host.snapshot(),
            host,
            outputs: Outputs::default(),
            batch: false,
            batch_key: None,
        })
    }

    /// From now on the keys come one after the other.
    #[must_use]
    pub fn batch(self) -> Self {
        Self { batch: true, ..self }
    }

    /// What runs.
    pub fn spec(&self) -> &StageSpec {
        &self.spec
    }

    /// The host, with state, timers, metrics and logs.
    pub fn host(&self) -> &MemoryHost {
        &self.host
    }

    /// Works on a record of an input; the key is empty for an input without keys. The timestamp is in
    /// milliseconds since the epoch.
    ///
    /// # Errors
    /// When the stage fails.
    pub fn push(
        &mut self,
        input: u32,
        key: &[u8],
        record: &[u8],
        timestamp: Option<i64>,
    ) -> Result<(), Failed> {
        if self.batch && self.batch_key.as_deref() != Some(key) {
            self.end_key()?;
            self.batch_key = Some(key.to_vec());
        }
        self.host.enter(key);
        let output = self.stage.process(input, key, record, timestamp.unwrap_or(NO_TIMESTAMP))?;
        self.outputs.apply(&self.host, output, timestamp, timestamp)
    }

    /// Advances the watermark, in milliseconds since the epoch, and fires the timers of event time that
    /// it makes due, the earliest first. In a batch only the last watermark, [`i64::MAX`], does
    /// something: it ends the last key.
    ///
    /// # Errors
    /// When the stage fails.
    pub fn advance_watermark(&mut self, watermark: i64) -> Result<(), Failed> {
        if !self.batch {
            self.tell_watermark(watermark)?;
            return self.fire_due(TimeDomain::EventTime, watermark);
        }
        if watermark == i64::MAX { self.end_key() } else { Ok(()) }
    }

    /// Sets the machine's clock, in milliseconds since the epoch, and fires the timers of processing
    /// time that are due by then, the earliest first; in a batch they fire when their key ends. The
    /// clock stands at 0 in the beginning.
    ///
    /// # Errors
    /// When the stage fails.
    pub fn advance_processing_time(&mut self, time: i64) -> Result<(), Failed> {
        self.host.set_processing_time(time);
        if self.batch { Ok(()) } else { self.fire_due(TimeDomain::ProcessingTime, time) }
    }

    /// Ends the input as a bounded job does: the last watermark, [`i64::MAX`], then the end.
    ///
    /// # Errors
    /// When the stage fails.
    pub fn end_input(&mut self) -> Result<(), Failed> {
        self.advance_watermark(i64::MAX)?;
        let output = self.stage.finish()?;
        self.outputs.apply(&self.host, output, None, None)
    }

    /// Takes the results since the last time.
    pub fn take_results(&mut self) -> Vec<Emitted> {
        std::mem::take(&mut self.outputs.results)
    }

    /// Takes what went to the side output of that index since the last time.
    pub fn take_side_output(&mut self, output: u32) -> Vec<Emitted> {
        self.outputs.sides.remove(&output).unwrap_or_default()
    }

    /// Takes a checkpoint: state and timers as they are now are what the stage finds after a
    /// [`crash`](Self::crash).
    ///
    /// # Errors
    /// When a state's value cannot be encoded.
    pub fn checkpoint(&mut self) -> Result<(), Failed> {
        let output = self.stage.flush()?;
        self.outputs.apply(&self.host, output, None, None)?;
        self.checkpoint = self.host.snapshot();
        Ok(())
    }

    /// Takes a checkpoint, throws the stage away, and opens a new one that finds state and timers.
    ///
    /// # Errors
    /// When the old stage's `close` or the new one's `open` fails.
    pub fn restart(&mut self) -> Result<(), Failed> {
        self.checkpoint()?;
        self.stage.close()?;
        self.crash()
    }

    /// Throws the stage away as a failure does: what the last checkpoint did not have is lost.
    ///
    /// # Errors
    /// When the new stage's `open` fails.
    pub fn crash(&mut self) -> Result<(), Failed> {
        self.host.restore(&self.checkpoint);
        self.stage = opened(self.functions.as_deref(), &self.spec, &self.host)?;
        Ok(())
    }

    /// Closes the stage. Nothing else can be done with it after that.
    ///
    /// # Errors
    /// When the `close` of a function fails.
    pub fn close(&mut self) -> Result<(), Failed> {
        self.stage.close().map(|_| ())
    }

    fn tell_watermark(&mut self, watermark: i64) -> Result<(), Failed> {
        let output = self.stage.advance_watermark(watermark)?;
        self.outputs.apply(&self.host, output, None, None)
    }

    /// Fires one timer after the other: each may register another one that is due already.
    fn fire_due(&mut self, domain: TimeDomain, now: i64) -> Result<(), Failed> {
        while let Some(timer) = self.host.take_due(domain, now) {
            self.fire(timer)?;
        }
        Ok(())
    }

    fn fire(&mut self, timer: Timer) -> Result<(), Failed> {
        let Timer { domain, time, key, namespace } = timer;
        self.host.enter(&key);
        let output = self.stage.fire_timer(domain.code(), &key, &namespace, time)?;
        let timestamp = (domain == TimeDomain::EventTime).then_some(time);
        self.outputs.apply(&self.host, output, timestamp, Some(time))
    }

    /// Fires the timers of the key at the end of time, and forgets its state.
    fn end_key(&mut self) -> Result<(), Failed> {
        let Some(key) = self.batch_key.take() else { return Ok(()) };
        let mut at_end = false;
        for domain in [TimeDomain::EventTime, TimeDomain::ProcessingTime] {
            while let Some(timer) = self.host.take_due(domain, i64::MAX) {
                if !at_end {
                    self.tell_watermark(i64::MAX)?;
                    at_end = true;
                }
                self.fire(timer)?;
            }
        }
        self.stage.discard()?;
        self.host.forget(&key);
        if at_end { self.tell_watermark(i64::MIN) } else { Ok(()) }
    }
}

fn opened(
    functions: Option<&[FunctionEntry]>,
    spec: &StageSpec,
    host: &MemoryHost,
) -> Result<Stage, Failed> {
    let spec = StageSpec { store_is_empty: host.stored_keys() == 0, ..spec.clone() };
    let mut stage = match functions {
        Some(functions) => Stage::build(&Registry::linked().of_pipeline(functions), spec)?,
        None => Stage::build(Registry::linked(), spec)?,
    };
    stage.open(Box::new(host.clone()))?;
    Ok(stage)
}

/// What was emitted and not taken yet.
#[derive(Debug, Default)]
struct Outputs {
    results: Vec<Emitted>,
    sides: BTreeMap<u32, Vec<Emitted>>,
}

impl Outputs {
    /// Puts what a call returned where it belongs. Results of the call have `timestamp`, and what goes
    /// to side outputs `side_timestamp`.
    fn apply(
        &mut self,
        host: &MemoryHost,
        output: &[u8],
        timestamp: Option<i64>,
        side_timestamp: Option<i64>,
    ) -> Result<(), Failed> {
        let emitted = |record: &[u8], timestamp| Emitted { timestamp, record: record.to_vec() };
        for frame in Frames::new(output) {
            match frame.map_err(broken)? {
                Frame::Record(record) => self.results.push(emitted(record, timestamp)),
                Frame::RecordAt { timestamp, record } => {
                    self.results.push(emitted(record, Some(timestamp)));
                }
                Frame::Side { output, record } => {
                    self.sides.entry(output).or_default().push(emitted(record, side_timestamp));
                }
                other => host.apply_frame(other).map_err(broken)?,
            }
        }
        Ok(())
    }
}

pub(super) fn broken(error: impl std::fmt::Display) -> Failed {
    Box::new(failure(FailureKind::BadInput, error.to_string()))
}
