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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windowing::{InvalidWindowing, WindowFn, WindowingStrategy};

    #[test]
    fn windows_and_triggers_are_read_as_they_were_written() {
        let find = |name: &str, payload: &[u8]| -> Result<Box<dyn WindowFn>, InvalidWindowing> {
            assert_eq!((name, payload), ("doubling", &[7][..]));
            Ok(Box::new(Global))
        };
        let trigger = Trigger::after_watermark()
            .early(Trigger::any([Trigger::after_count(3), Trigger::after_processing_time(5)]))
            .late(Trigger::all([Trigger::Never, Trigger::after_count(1)]).repeatedly())
            .or_finally(Trigger::each([Trigger::after_count(9), Trigger::after_watermark()]));
        let windows: [(&dyn Windows, &str); 5] = [
            (&Tumbling::of(10).offset(3), "Tumbling { size: 10, offset: 3 }"),
            (&Sliding::of(10, 5).offset(-2), "Sliding { size: 10, slide: 5, offset: -2 }"),
            (&Session::with_gap(4), "Session { gap: 4 }"),
            (&Global, "Global"),
            (&Named::new("doubling").payload([7]), "Global"),
        ];
        for (windows, expected) in windows {
            // A sequence of triggers cannot go with windows that merge.
            let sequence = expected.starts_with("Session");
            let trigger = if sequence { Trigger::after_count(2) } else { trigger.clone() };
            let message = proto::WindowingStrategy {
                window_fn: Some(windows.to_message()),
                trigger: Some((&trigger).into()),
                accumulation_mode: proto::AccumulationMode::from(AccumulationMode::Discarding)
                    .into(),
                timestamp_combiner: proto::TimestampCombiner::from(TimestampCombiner::Latest)
                    .into(),
                ..Default::default()
            };
            let read = WindowingStrategy::from_proto(&message, &find).unwrap();
            assert_eq!(format!("{:?}", read.window_fn), expected);
            assert_eq!(read.trigger, trigger);
            assert_eq!(read.accumulation_mode, AccumulationMode::Discarding);
            assert_eq!(read.timestamp_combiner, TimestampCombiner::Latest);
        }
    }
}
