//! [`Windows`]: windows that cross the boundary as messages; the way there, of which
//! [`from_proto`](crate::windowing::WindowingStrategy::from_proto) is the way back.

use crate::proto::{self, windowing_strategy::WindowFn as Message};
use crate::windowing::{
    AccumulationMode, Global, Session, Sliding, TimestampCombiner, Trigger, Tumbling,
};

/// Windows that a pipeline can have: those of this module, and by [`Named`] those of the library.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no windows of a pipeline",
    label = "expected `Tumbling`, `Sliding`, `Session`, `Global` or `Named`",
    note = "a `WindowFn` of your own is registered with `#[function]`, and named: \
            `Named::new(\"doubling\")`"
)]
pub trait Windows {
    /// The windows as a message.
    fn to_message(&self) -> Message;
}

macro_rules! windows {
    ($($windows:ident: |$self:ident| $message:expr;)+) => {
        $(
            impl Windows for $windows {
                fn to_message(&$self) -> Message {
                    $message
                }
            }
        )+
    };
}

windows! {
    Tumbling: |self| Message::Tumbling(proto::TumblingWindows {
        size_ms: self.size,
        offset_ms: self.offset,
    });
    Sliding: |self| Message::Sliding(proto::SlidingWindows {
        size_ms: self.size,
        slide_ms: self.slide,
        offset_ms: self.offset,
    });
    Session: |self| Message::Session(proto::SessionWindows { gap_ms: self.gap });
    Global: |self| Message::Global(proto::GlobalWindows {});
}

/// The windows of a function that the library registered under a name: a
/// [`WindowFn`](crate::windowing::WindowFn) with `#[function]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    name: String,
    payload: Vec<u8>,
}

impl Named {
    /// The window function of that name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), payload: Vec::new() }
    }

    /// Has the function [configured](crate::windowing::WindowFn::configure) with these parameters.
    #[must_use]
    pub fn payload(self, payload: impl Into<Vec<u8>>) -> Self {
        Self { payload: payload.into(), ..self }
    }
}

impl Windows for Named {
    fn to_message(&self) -> Message {
        let (function, payload) = (self.name.clone(), self.payload.clone());
        Message::Named(proto::NamedWindows { function, payload })
    }
}

impl From<&Trigger> for proto::Trigger {
    fn from(trigger: &Trigger) -> Self {
        use proto::trigger::Kind;
        let boxed = |trigger: &Trigger| Box::new(Self::from(trigger));
        let all = |triggers: &[Trigger]| proto::Triggers {
            triggers: triggers.iter().map(Self::from).collect(),
        };
        Self {
            kind: Some(match trigger {
                Trigger::AfterWatermark { early, late } => {
                    let part = |part: &Option<Box<Trigger>>| part.as_deref().map(boxed);
                    let (early, late) = (part(early), part(late));
                    Kind::AfterWatermark(Box::new(proto::AfterWatermark { early, late }))
                }
                Trigger::AfterProcessingTime(delay) => Kind::AfterProcessingTimeMs(*delay),
                Trigger::AfterCount(count) => Kind::AfterCount(*count),
                Trigger::Repeatedly(inner) => Kind::Repeatedly(boxed(inner)),
                Trigger::AfterEach(parts) => Kind::AfterEach(all(parts)),
                Trigger::AfterAny(parts) => Kind::AfterAny(all(parts)),
                Trigger::AfterAll(parts) => Kind::AfterAll(all(parts)),
                Trigger::OrFinally(body, last) => Kind::OrFinally(Box::new(proto::OrFinally {
                    body: Some(boxed(body)),
                    last: Some(boxed(last)),
                })),
                Trigger::Never => Kind::Never(proto::Never {}),
            }),
        }
    }
}

impl From<AccumulationMode> for proto::AccumulationMode {
    fn from(mode: AccumulationMode) -> Self {
        match mode {
            AccumulationMode::Accumulating => Self::Accumulating,
            AccumulationMode::Discarding => Self::Discarding,
        }
    }
}

impl From<TimestampCombiner> for proto::TimestampCombiner {
    fn from(combiner: TimestampCombiner) -> Self {
        match combiner {
            TimestampCombiner::EndOfWindow => Self::EndOfWindow,
            TimestampCombiner::Earliest => Self::Earliest,
            TimestampCombiner::Latest => Self::Latest,
            TimestampCombiner::EarliestTransformed => Self::EarliestTransformed,
        }
    }
}
