//! What all harnesses do: encode, run the stage, fire timers, decode.

use std::marker::PhantomData;

use brookite_core::coder::{Arena, Encoding, Input};
use brookite_core::function::{OutputTag, TimeDomain};
use brookite_core::proto::{self, Edge, FailureKind, StageSpec, Subtask};
use brookite_core::{Data, DataType, View};

use crate::failure::{Failed, failure};
use crate::frame::{Frame, Frames};
use crate::memory::{LogLine, MemoryHost, Snapshot, Timer};
use crate::registry::{FunctionEntry, Registry};
use crate::stage::{NO_TIMESTAMP, Stage};

/// What a function is called in failures when it has no name.
const UNNAMED: &str = "function";

/// The types on the streams of a function that is to be run.
pub(super) struct Streams {
    pub(super) input: DataType,
    pub(super) second_input: Option<DataType>,
    pub(super) key: Option<DataType>,
}

/// A function that a harness runs: what harnesses have in common, whatever goes into the function.
#[derive(Debug)]
pub struct RunningFunction<Out> {
    /// The one function, if it is not a registered one.
    entry: Option<FunctionEntry>,
    spec: StageSpec,
    stage: Stage,
    host: MemoryHost,
    checkpoint: Snapshot,
    results: Vec<Vec<u8>>,
    timestamps: Vec<Option<i64>>,
    side_records: Vec<Vec<u8>>,
    arena: Arena,
    types: PhantomData<fn() -> Out>,
}

impl<Out: Data> RunningFunction<Out> {
    /// Opens a function that need not be registered.
    pub(super) fn only(
        entry: fn(&'static str) -> FunctionEntry,
        streams: Streams,
    ) -> Result<Self, Failed> {
        Self::open(Some(entry(UNNAMED)), UNNAMED, streams)
    }

    /// Opens a function that an attribute registered.
    pub(super) fn named(name: &str, streams: Streams) -> Result<Self, Failed> {
        Self::open(None, name, streams)
    }

    fn open(entry: Option<FunctionEntry>, name: &str, streams: Streams) -> Result<Self, Failed> {
        let known = entry.as_ref().or_else(|| Registry::linked().find(name));
        let outputs = known.map(FunctionEntry::side_outputs).unwrap_or_default();
        let side_outputs = outputs.iter().map(|output| proto::SideOutput {
            name: output.name().to_owned(),
            edge: Some(edge(&output.data_type())),
        });
        let spec = StageSpec {
            stage: "harness".to_owned(),
            functions: vec![name.to_owned()],
            input: Some(edge(&streams.input)),
            second_input: streams.second_input.as_ref().map(edge),
            output: Some(edge(&Out::data_type())),
            key: streams.key.as_ref().map(edge),
            subtask: Some(Subtask { index: 0, parallelism: 1, attempt: 0 }),
            side_outputs: side_outputs.collect(),
            ..StageSpec::default()
        };
        let host = MemoryHost::new();
        let stage = opened(entry.as_ref(), &spec, &host)?;
        Ok(Self {
            entry,
            spec,
            stage,
            checkpoint: host.snapshot(),
            host,
            results: Vec::new(),
            timestamps: Vec::new(),
            side_records: Vec::new(),
            arena: Arena::default(),
            types: PhantomData,
        })
    }

    pub(super) fn process<In: Data>(
        &mut self,
        input: u32,
        key: &[u8],
        value: View<'_, In>,
        timestamp: Option<i64>,
    ) -> Result<Vec<View<'_, Out>>, Failed> {
        self.host.enter(key);
        self.begin();
        let record = encode::<In>(&value)?;
        let output = self.stage.process(input, key, &record, timestamp.unwrap_or(NO_TIMESTAMP))?;
        apply(&self.host, output, timestamp, &mut self.results, &mut self.timestamps)?;
        self.decoded()
    }

    /// Advances the watermark, in milliseconds since the epoch, and fires the timers of event time that
    /// it makes due, the earliest first. Returns their results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn advance_watermark(&mut self, watermark: i64) -> Result<Vec<View<'_, Out>>, Failed> {
        self.begin();
        let output = self.stage.advance_watermark(watermark)?;
        apply(&self.host, output, None, &mut self.results, &mut self.timestamps)?;
        self.fire(TimeDomain::EventTime, watermark)?;
        self.decoded()
    }

    /// Sets the machine's clock, in milliseconds since the epoch, and fires the timers of processing
    /// time that are due by then, the earliest first. Returns their results. The clock of a new harness
    /// stands at 0.
    ///
    /// # Errors
    /// When the function fails.
    pub fn advance_processing_time(&mut self, time: i64) -> Result<Vec<View<'_, Out>>, Failed> {
        self.begin();
        self.host.set_processing_time(time);
        self.fire(TimeDomain::ProcessingTime, time)?;
        self.decoded()
    }

    fn fire(&mut self, domain: TimeDomain, now: i64) -> Result<(), Failed> {
        // One after the other: a timer may register another one that is due already.
        while let Some(Timer { time, key, namespace, .. }) = self.host.take_due(domain, now) {
            self.host.enter(&key);
            let output = self.stage.fire_timer(domain.code(), &key, &namespace, time)?;
            let timestamp = (domain == TimeDomain::EventTime).then_some(time);
            apply(&self.host, output, timestamp, &mut self.results, &mut self.timestamps)?;
        }
        Ok(())
    }

    /// The timestamps of the results that were returned last, in their order; `None` for one without.
    pub fn timestamps(&self) -> &[Option<i64>] {
        &self.timestamps
    }

    /// Takes what was emitted into a side output since the last time.
    ///
    /// # Errors
    /// When the function does not declare that output, or one of another type under that name.
    pub fn side_output<T: Data>(&mut self, tag: &OutputTag<T>) -> Result<Vec<View<'_, T>>, Failed> {
        let outputs = &self.spec.side_outputs;
        let declared = outputs.iter().position(|output| output.name == tag.name());
        let Some(index) = declared else {
            let names: Vec<_> = outputs.iter().map(|output| output.name.as_str()).collect();
            return Err(broken(format!(
                "the function declares no side output '{}', but these: {}",
                tag.name(),
                names.join(", ")
            )));
        };
        if outputs[index].edge != Some(edge(&T::data_type())) {
            return Err(broken(format!(
                "the function declares side output '{}' with another type than {}",
                tag.name(),
                T::data_type()
            )));
        }
        self.side_records = self.host.take_side_records(index as u32);
        self.arena.reset();
        decode_all::<T>(&self.side_records, &self.arena)
    }

    /// The timers that are registered, those of event time first, each in the order in which they fire.
    pub fn timers(&self) -> Vec<brookite_core::function::Timer> {
        let timers = self.host.timers().into_iter();
        timers
            .map(|Timer { time, domain, .. }| brookite_core::function::Timer {
                timestamp: time,
                domain,
            })
            .collect()
    }

    /// Takes a checkpoint: state and timers as they are now are what the function finds after a
    /// [`crash`](Self::crash).
    ///
    /// # Errors
    /// When a state's value cannot be encoded.
    pub fn checkpoint(&mut self) -> Result<(), Failed> {
        let output = self.stage.flush()?;
        self.host.apply(output, |_| ()).map_err(broken)?;
        self.checkpoint = self.host.snapshot();
        Ok(())
    }

    /// Takes a checkpoint, throws the function away, and opens a new one that finds state and timers.
    ///
    /// # Errors
    /// When the old function's `close` or the new one's `open` fails.
    pub fn restart(&mut self) -> Result<(), Failed> {
        self.checkpoint()?;
        self.stage.close()?;
        self.crash()
    }

    /// Throws the function away as a failure does: what the last checkpoint did not have is lost.
    ///
    /// # Errors
    /// When the new function's `open` fails.
    pub fn crash(&mut self) -> Result<(), Failed> {
        self.host.restore(&self.checkpoint);
        self.stage = opened(self.entry.as_ref(), &self.spec, &self.host)?;
        Ok(())
    }

    /// The host, with state, timers, metrics and logs.
    pub fn host(&self) -> &MemoryHost {
        &self.host
    }

    /// What a counter counts; 0 when the function has none of that name.
    pub fn counter(&self, name: &str) -> i64 {
        self.host().counter(name).unwrap_or(0)
    }

    /// Takes the lines that were logged since the last time.
    pub fn take_logs(&self) -> Vec<LogLine> {
        self.host().take_logs()
    }

    /// Closes the function. Nothing else can be done with it after that.
    ///
    /// # Errors
    /// When its `close` fails.
    pub fn close(&mut self) -> Result<(), Failed> {
        self.stage.close().map(|_| ())
    }

    fn begin(&mut self) {
        self.results.clear();
        self.timestamps.clear();
    }

    fn decoded(&mut self) -> Result<Vec<View<'_, Out>>, Failed> {
        self.arena.reset();
        decode_all::<Out>(&self.results, &self.arena)
    }
}

/// Puts what a call returned where it belongs. Results of the call have `timestamp`.
fn apply(
    host: &MemoryHost,
    output: &[u8],
    timestamp: Option<i64>,
    results: &mut Vec<Vec<u8>>,
    timestamps: &mut Vec<Option<i64>>,
) -> Result<(), Failed> {
    for frame in Frames::new(output) {
        let (record, timestamp) = match frame.map_err(broken)? {
            Frame::Record(record) => (record, timestamp),
            Frame::RecordAt { timestamp, record } => (record, Some(timestamp)),
            other => {
                host.apply_frame(other).map_err(broken)?;
                continue;
            }
        };
        results.push(record.to_vec());
        timestamps.push(timestamp);
    }
    Ok(())
}

fn edge(data_type: &DataType) -> Edge {
    let encoding = proto::Encoding::from(Encoding::Serializer).into();
    Edge { r#type: Some(data_type.into()), encoding }
}

fn opened(
    entry: Option<&FunctionEntry>,
    spec: &StageSpec,
    host: &MemoryHost,
) -> Result<Stage, Failed> {
    let mut stage = match entry {
        Some(entry) => Stage::build(&Registry::of([entry]), spec.clone())?,
        None => Stage::build(Registry::linked(), spec.clone())?,
    };
    stage.open(Box::new(host.clone()))?;
    Ok(stage)
}

fn decode_all<'a, T: Data>(
    records: &'a [Vec<u8>],
    arena: &'a Arena,
) -> Result<Vec<View<'a, T>>, Failed> {
    let decode = |bytes: &'a Vec<u8>| T::decode(&mut Input::new(bytes, arena)).map_err(broken);
    records.iter().map(decode).collect()
}

pub(super) fn encode<T: Data>(value: &View<'_, T>) -> Result<Vec<u8>, Failed> {
    let mut bytes = Vec::new();
    T::encode(value, &mut bytes).map_err(broken)?;
    Ok(bytes)
}

fn broken(error: impl std::fmt::Display) -> Failed {
    Box::new(failure(FailureKind::BadInput, error.to_string()))
}
