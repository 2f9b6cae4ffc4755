//! Runs a case through the executor and a host in memory.

use brookite_core::coder::{Arena, Encoding, Input};
use brookite_core::function::TimeDomain;
use brookite_core::proto::{Edge, SideOutput, StageSpec, Subtask};
use brookite_core::{Data, DataType};
use brookite_executor::frame::{Frame, Frames};
use brookite_executor::memory::{MemoryHost, Timer};
use brookite_executor::stage::NO_TIMESTAMP;
use brookite_executor::{Registry, Stage};

use super::{Batch, Case, Event};

/// What every stream of a case has: `(STRING, BIGINT)`.
type Pair = (&'static str, i64);

/// How a case is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// Bound of the cache, in entries; 0 is the default.
    pub(crate) cache: u32,
    /// Whether the stage is closed after each event, and another one goes on from the state.
    pub(crate) restarts: bool,
}

pub(crate) struct Run<'c> {
    case: &'c Case,
    spec: StageSpec,
    stage: Stage,
    host: MemoryHost,
    watermark: i64,
    told: Vec<String>,
}

fn edge(data_type: DataType) -> Edge {
    let encoding = brookite_core::proto::Encoding::from(Encoding::Serializer).into();
    Edge { r#type: Some((&data_type).into()), encoding }
}

fn spec(case: &Case, cache: u32) -> StageSpec {
    let side = |name: &str| {
        let is_late = case.late() == Some(name);
        let data_type = if is_late { Pair::data_type() } else { String::data_type() };
        SideOutput { name: name.to_owned(), edge: Some(edge(data_type)) }
    };
    StageSpec {
        stage: "case".to_owned(),
        functions: case.functions.clone(),
        input: Some(edge(Pair::data_type())),
        second_input: case.two_inputs.then(|| edge(Pair::data_type())),
        output: Some(edge(String::data_type())),
        key: case.keyed.then(|| edge(String::data_type())),
        subtask: Some(Subtask { index: 0, parallelism: 1, attempt: 0 }),
        state_cache_entries: cache,
        side_outputs: case.side_outputs().into_iter().map(side).collect(),
        windowing: case.windowing(),
        interval: case.interval(),
        windows_keep_last: case.keep_last(),
        late_output: case.late().unwrap_or_default().to_owned(),
        ..StageSpec::default()
    }
}

impl<'c> Run<'c> {
    pub(crate) fn new(case: &'c Case, way: Way) -> Self {
        let spec = spec(case, way.cache);
        let host = MemoryHost::new();
        let stage = opened(&spec, &host);
        Self { case, spec, stage, host, watermark: i64::MIN, told: Vec::new() }
    }

    /// Runs all events, and compares what comes of each with what is expected.
    pub(crate) fn events(&mut self, way: Way) {
        for (number, event) in self.case.events.iter().enumerate() {
            self.event(event);
            let mut expected = event.expect.clone();
            let mut told = std::mem::take(&mut self.told);
            expected.sort();
            told.sort();
            assert_eq!(told, expected, "event {number}, {event:?}, {way:?}");
            if way.restarts {
                self.restart();
            }
        }
        if let Some(dropped) = self.case.dropped
            && !way.restarts
        {
            assert_eq!(self.host.counter("numLateRecordsDropped"), Some(dropped));
        }
    }

    fn event(&mut self, event: &Event) {
        match (&event.record, event.watermark, event.clock) {
            (Some((key, number)), None, None) => self.record(event, key, *number),
            (None, Some(watermark), None) => {
                self.watermark = watermark.get();
                self.advance(self.watermark);
                self.fire(TimeDomain::EventTime, self.watermark);
            }
            (None, None, Some(time)) => {
                self.host.set_processing_time(time);
                self.fire(TimeDomain::ProcessingTime, time);
            }
            _ => panic!("an event is a record, a watermark or a time of the clock: {event:?}"),
        }
    }

    fn record(&mut self, event: &Event, key: &str, number: i64) {
        let (mut key_bytes, mut record) = (Vec::new(), Vec::new());
        if self.case.keyed {
            <&str>::encode(&key, &mut key_bytes).unwrap();
        }
        Pair::encode(&(key, number), &mut record).unwrap();
        self.host.enter(&key_bytes);
        let at = event.at.unwrap_or(NO_TIMESTAMP);
        let output = self.stage.process(event.input, &key_bytes, &record, at).unwrap();
        apply(&self.host, &self.spec, output, event.at, &mut self.told);
    }

    fn advance(&mut self, watermark: i64) {
        let output = self.stage.advance_watermark(watermark).unwrap();
        apply(&self.host, &self.spec, output, None, &mut self.told);
    }

    fn fire(&mut self, domain: TimeDomain, now: i64) {
        while let Some(Timer { time, key, namespace, .. }) = self.host.take_due(domain, now) {
            self.host.enter(&key);
            let output = self.stage.fire_timer(domain.code(), &key, &namespace, time).unwrap();
            let at = (domain == TimeDomain::EventTime).then_some(time);
            apply(&self.host, &self.spec, output, at, &mut self.told);
        }
    }

    /// As a failure right after a checkpoint: what the new stage knows is what the host has.
    fn restart(&mut self) {
        let output = self.stage.flush().unwrap();
        apply(&self.host, &self.spec, output, None, &mut self.told);
        self.stage.close().unwrap();
        self.stage = opened(&self.spec, &self.host);
        self.advance(self.watermark);
    }

    /// Runs the records alone as Flink does in BATCH mode: key by key, and the end of time after each.
    pub(crate) fn batch(&mut self) {
        let all = self.case.events.iter().flat_map(|event| event.expect.clone());
        let mut expected: Vec<String> = match &self.case.batch {
            Batch::Same => all.collect(),
            Batch::Other { because, expect } => {
                println!("  other results: {because}");
                expect.clone()
            }
            Batch::Not { because } => {
                println!("  not in BATCH mode: {because}");
                return;
            }
        };
        let key = |event: &Event| event.record.as_ref().map(|(key, _)| key.clone());
        let mut keys: Vec<String> = self.case.events.iter().filter_map(key).collect();
        keys.sort();
        keys.dedup();
        for at_hand in keys {
            let mut events: Vec<&Event> = self.case.events.iter().collect();
            events.retain(|event| key(event).as_ref() == Some(&at_hand));
            // The records of a key come by their timestamps.
            events.sort_by_key(|event| event.at);
            for event in events {
                self.event(event);
            }
            self.advance(i64::MAX);
            self.fire(TimeDomain::EventTime, i64::MAX);
            self.fire(TimeDomain::ProcessingTime, i64::MAX);
            self.stage.discard().unwrap();
            self.advance(i64::MIN);
        }
        let mut told = std::mem::take(&mut self.told);
        expected.sort();
        told.sort();
        assert_eq!(told, expected, "in BATCH mode");
    }
}

fn opened(spec: &StageSpec, host: &MemoryHost) -> Stage {
    let mut stage = Stage::build(Registry::linked(), spec.clone()).unwrap();
    stage.open(Box::new(host.clone())).unwrap();
    stage
}

fn apply(
    host: &MemoryHost,
    spec: &StageSpec,
    output: &[u8],
    at: Option<i64>,
    told: &mut Vec<String>,
) {
    let arena = Arena::default();
    for frame in Frames::new(output) {
        match frame.unwrap() {
            Frame::Record(record) => {
                let at = at.map(|at| format!(" @{}", time(at))).unwrap_or_default();
                told.push(format!("{}{at}", text(record, &arena)));
            }
            Frame::RecordAt { timestamp, record } => {
                told.push(format!("{} @{}", text(record, &arena), time(timestamp)));
            }
            Frame::Side { output, record } => {
                let side = &spec.side_outputs[output as usize];
                let value = if side.name == spec.late_output {
                    let (key, number) = Pair::decode(&mut Input::new(record, &arena)).unwrap();
                    format!("{key} {number}")
                } else {
                    text(record, &arena).to_owned()
                };
                told.push(format!("{}: {value}", side.name));
            }
            other => host.apply_frame(other).unwrap(),
        }
    }
}

fn time(timestamp: i64) -> String {
    if timestamp == i64::MAX { "max".to_owned() } else { timestamp.to_string() }
}

fn text<'a>(record: &'a [u8], arena: &'a Arena) -> &'a str {
    <&str>::decode(&mut Input::new(record, arena)).unwrap()
}
