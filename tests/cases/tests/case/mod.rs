//! The form of a case: a file of JSON. README.md tells what its parts mean.

pub(crate) mod run;

use brookite_core::proto::{self, trigger::Kind, windowing_strategy::WindowFn};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) about: String,
    pub(crate) functions: Vec<String>,
    pub(crate) windows: Option<Windows>,
    pub(crate) interval: Option<Interval>,
    #[serde(default = "yes")]
    pub(crate) keyed: bool,
    #[serde(default)]
    pub(crate) two_inputs: bool,
    #[serde(default)]
    pub(crate) sides: Vec<String>,
    pub(crate) events: Vec<Event>,
    pub(crate) dropped: Option<i64>,
    pub(crate) batch: Batch,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Windows {
    tumbling: Option<Tumbling>,
    sliding: Option<Sliding>,
    session: Option<i64>,
    #[serde(default)]
    global: bool,
    named: Option<Named>,
    trigger: Option<Trigger>,
    #[serde(default)]
    discarding: bool,
    #[serde(default)]
    allowed_lateness: i64,
    timestamp: Option<Timestamp>,
    #[serde(default)]
    fire_empty: bool,
    #[serde(default)]
    processing_time: bool,
    #[serde(default)]
    keep_last: u32,
    /// The side output for late records.
    late: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tumbling {
    size: i64,
    #[serde(default)]
    offset: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sliding {
    size: i64,
    slide: i64,
    #[serde(default)]
    offset: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    function: String,
    #[serde(default)]
    payload: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Timestamp {
    Earliest,
    Latest,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Trigger {
    AfterWatermark { early: Option<Box<Trigger>>, late: Option<Box<Trigger>> },
    AfterProcessingTime(i64),
    AfterCount(u64),
    Repeatedly(Box<Trigger>),
    AfterEach(Vec<Trigger>),
    AfterAny(Vec<Trigger>),
    AfterAll(Vec<Trigger>),
    OrFinally { body: Box<Trigger>, last: Box<Trigger> },
    Never,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Interval {
    lower: i64,
    upper: i64,
    #[serde(default)]
    lower_exclusive: bool,
    #[serde(default)]
    upper_exclusive: bool,
}

/// Just one of `record`, `watermark` and `clock`, and what comes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) record: Option<(String, i64)>,
    pub(crate) at: Option<i64>,
    #[serde(default)]
    pub(crate) input: u32,
    pub(crate) watermark: Option<Watermark>,
    pub(crate) clock: Option<i64>,
    #[serde(default)]
    pub(crate) expect: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Watermark {
    At(i64),
    /// The end of the input.
    Max(Max),
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Max {
    #[serde(rename = "max")]
    Max,
}

/// What comes of the same records in BATCH mode.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) enum Batch {
    /// All that is expected of the events.
    Same,
    /// Something else.
    Other { because: String, expect: Vec<String> },
    /// The case makes no sense there.
    Not { because: String },
}

impl Watermark {
    pub(crate) fn get(self) -> i64 {
        match self {
            Self::At(watermark) => watermark,
            Self::Max(Max::Max) => i64::MAX,
        }
    }
}

impl Case {
    /// The names of all side outputs, that for late records included.
    pub(crate) fn side_outputs(&self) -> Vec<&str> {
        let late = self.windows.as_ref().and_then(|windows| windows.late.as_deref());
        self.sides.iter().map(String::as_str).chain(late).collect()
    }

    /// The side output for late records, which has the type of the input.
    pub(crate) fn late(&self) -> Option<&str> {
        self.windows.as_ref()?.late.as_deref()
    }

    pub(crate) fn keep_last(&self) -> u32 {
        self.windows.as_ref().map_or(0, |windows| windows.keep_last)
    }

    pub(crate) fn windowing(&self) -> Option<proto::WindowingStrategy> {
        self.windows.as_ref().map(Windows::to_proto)
    }

    pub(crate) fn interval(&self) -> Option<proto::IntervalBounds> {
        self.interval.as_ref().map(|interval| proto::IntervalBounds {
            lower_ms: interval.lower,
            upper_ms: interval.upper,
            lower_exclusive: interval.lower_exclusive,
            upper_exclusive: interval.upper_exclusive,
        })
    }
}

impl Windows {
    fn to_proto(&self) -> proto::WindowingStrategy {
        let tumbling = self.tumbling.as_ref().map(|windows| {
            let (size_ms, offset_ms) = (windows.size, windows.offset);
            WindowFn::Tumbling(proto::TumblingWindows { size_ms, offset_ms })
        });
        let sliding = self.sliding.as_ref().map(|windows| {
            let (size_ms, slide_ms, offset_ms) = (windows.size, windows.slide, windows.offset);
            WindowFn::Sliding(proto::SlidingWindows { size_ms, slide_ms, offset_ms })
        });
        let session =
            self.session.map(|gap_ms| WindowFn::Session(proto::SessionWindows { gap_ms }));
        let global = self.global.then_some(WindowFn::Global(proto::GlobalWindows {}));
        let named = self.named.as_ref().map(|named| {
            let (function, payload) = (named.function.clone(), named.payload.clone().into_bytes());
            WindowFn::Named(proto::NamedWindows { function, payload })
        });
        let accumulation_mode = if self.discarding {
            proto::AccumulationMode::Discarding
        } else {
            proto::AccumulationMode::Accumulating
        };
        let timestamp_combiner = match self.timestamp {
            None => proto::TimestampCombiner::EndOfWindow,
            Some(Timestamp::Earliest) => proto::TimestampCombiner::Earliest,
            Some(Timestamp::Latest) => proto::TimestampCombiner::Latest,
        };
        proto::WindowingStrategy {
            window_fn: tumbling.or(sliding).or(session).or(global).or(named),
            trigger: self.trigger.as_ref().map(Trigger::to_proto),
            accumulation_mode: accumulation_mode.into(),
            allowed_lateness_ms: self.allowed_lateness,
            timestamp_combiner: timestamp_combiner.into(),
            fire_empty_on_time: self.fire_empty,
            processing_time: self.processing_time,
        }
    }
}

impl Trigger {
    fn to_proto(&self) -> proto::Trigger {
        let all = |triggers: &[Trigger]| proto::Triggers {
            triggers: triggers.iter().map(Trigger::to_proto).collect(),
        };
        let boxed = |trigger: &Trigger| Box::new(trigger.to_proto());
        let part = |trigger: &Option<Box<Trigger>>| trigger.as_deref().map(boxed);
        let kind = match self {
            Self::AfterWatermark { early, late } => {
                let (early, late) = (part(early), part(late));
                Kind::AfterWatermark(Box::new(proto::AfterWatermark { early, late }))
            }
            Self::AfterProcessingTime(delay) => Kind::AfterProcessingTimeMs(*delay),
            Self::AfterCount(count) => Kind::AfterCount(*count),
            Self::Repeatedly(inner) => Kind::Repeatedly(boxed(inner)),
            Self::AfterEach(parts) => Kind::AfterEach(all(parts)),
            Self::AfterAny(parts) => Kind::AfterAny(all(parts)),
            Self::AfterAll(parts) => Kind::AfterAll(all(parts)),
            Self::OrFinally { body, last } => {
                let (body, last) = (Some(boxed(body)), Some(boxed(last)));
                Kind::OrFinally(Box::new(proto::OrFinally { body, last }))
            }
            Self::Never => Kind::Never(proto::Never {}),
        };
        proto::Trigger { kind: Some(kind) }
    }
}
