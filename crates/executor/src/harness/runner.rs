//! What all harnesses do: encode, drive the stage, decode.

use std::marker::PhantomData;

use brookite_core::coder::{Arena, Input};
use brookite_core::function::OutputTag;
use brookite_core::pipeline::Built;
use brookite_core::proto::{self, StageSpec, Subtask};
use brookite_core::{Data, DataType, View};

use crate::failure::Failed;
use crate::harness::driver::{Driver, Emitted, broken};
use crate::harness::of_pipeline::{edge, spec_of};
use crate::memory::{LogLine, MemoryHost, Timer};
use crate::registry::{FunctionEntry, Registry};

/// What a function is called in failures when it has no name.
pub(super) const UNNAMED: &str = "function";

/// The types on the streams of a function that is to be run.
pub(super) struct Streams {
    pub(super) input: DataType,
    pub(super) second_input: Option<DataType>,
    pub(super) key: Option<DataType>,
}

/// A function that a harness runs, or a stage of them: what harnesses have in common, whatever goes in.
#[derive(Debug)]
pub struct RunningFunction<Out> {
    driver: Driver,
    results: Vec<Emitted>,
    timestamps: Vec<Option<i64>>,
    side_records: Vec<Emitted>,
    arena: Arena,
    types: PhantomData<fn() -> Out>,
}

impl<Out: Data> RunningFunction<Out> {
    /// Opens a function that need not be registered.
    pub(super) fn only(function: FunctionEntry, streams: Streams) -> Result<Self, Failed> {
        Self::open(Some(function), UNNAMED, streams)
    }

    /// Opens a stage of a pipeline, on streams of these types.
    pub(super) fn of_pipeline(
        pipeline: &Built<FunctionEntry>,
        stage: &str,
        streams: Streams,
    ) -> Result<Self, Failed> {
        let spec = StageSpec {
            input: Some(edge(&streams.input)),
            second_input: streams.second_input.as_ref().map(edge),
            output: Some(edge(&Out::data_type())),
            key: streams.key.as_ref().map(edge),
            ..spec_of(pipeline, stage)?
        };
        Self::start(Some(pipeline.functions.clone()), spec)
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
        Self::start(entry.map(|entry| vec![entry]), spec)
    }

    fn start(functions: Option<Vec<FunctionEntry>>, spec: StageSpec) -> Result<Self, Failed> {
        Ok(Self {
            driver: Driver::start(functions, spec)?,
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
        self.driver.push(input, key, &encode::<In>(&value)?, timestamp)?;
        self.decoded()
    }

    /// Advances the watermark, in milliseconds since the epoch, and fires the timers of event time that
    /// it makes due, the earliest first. Returns their results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn advance_watermark(&mut self, watermark: i64) -> Result<Vec<View<'_, Out>>, Failed> {
        self.driver.advance_watermark(watermark)?;
        self.decoded()
    }

    /// Sets the machine's clock, in milliseconds since the epoch, and fires the timers of processing
    /// time that are due by then, the earliest first. Returns their results. The clock of a new harness
    /// stands at 0.
    ///
    /// # Errors
    /// When the function fails.
    pub fn advance_processing_time(&mut self, time: i64) -> Result<Vec<View<'_, Out>>, Failed> {
        self.driver.advance_processing_time(time)?;
        self.decoded()
    }

    /// Ends the input as a bounded job does: the watermark goes to the end of time, all timers of event
    /// time fire, and no record may come after that. Returns the results.
    ///
    /// # Errors
    /// When the function fails.
    pub fn end_input(&mut self) -> Result<Vec<View<'_, Out>>, Failed> {
        self.driver.end_input()?;
        self.decoded()
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
        let outputs = &self.driver.spec().side_outputs;
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
        self.side_records = self.driver.take_side_output(index as u32);
        self.arena.reset();
        decode_all::<T>(&self.side_records, &self.arena)
    }

    /// The timers that are registered, those of event time first, each in the order in which they fire.
    pub fn timers(&self) -> Vec<brookite_core::function::Timer> {
        let timers = self.host().timers().into_iter();
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
        self.driver.checkpoint()
    }

    /// Takes a checkpoint, throws the function away, and opens a new one that finds state and timers.
    ///
    /// # Errors
    /// When the old function's `close` or the new one's `open` fails.
    pub fn restart(&mut self) -> Result<(), Failed> {
        self.driver.restart()
    }

    /// Throws the function away as a failure does: what the last checkpoint did not have is lost.
    ///
    /// # Errors
    /// When the new function's `open` fails.
    pub fn crash(&mut self) -> Result<(), Failed> {
        self.driver.crash()
    }

    /// The host, with state, timers, metrics and logs.
    pub fn host(&self) -> &MemoryHost {
        self.driver.host()
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
        self.driver.close()
    }

    fn decoded(&mut self) -> Result<Vec<View<'_, Out>>, Failed> {
        self.results = self.driver.take_results();
        self.timestamps.clear();
        self.timestamps.extend(self.results.iter().map(|result| result.timestamp));
        self.arena.reset();
        decode_all::<Out>(&self.results, &self.arena)
    }
}

fn decode_all<'a, T: Data>(
    records: &'a [Emitted],
    arena: &'a Arena,
) -> Result<Vec<View<'a, T>>, Failed> {
    let decode = |one: &'a Emitted| T::decode(&mut Input::new(&one.record, arena)).map_err(broken);
    records.iter().map(decode).collect()
}

pub(super) fn encode<T: Data>(value: &View<'_, T>) -> Result<Vec<u8>, Failed> {
    let mut bytes = Vec::new();
    T::encode(value, &mut bytes).map_err(broken)?;
    Ok(bytes)
}
