//! How a stream's windows cross the boundary: the messages of `windowing.proto`, and back.

use std::sync::Arc;

use crate::proto;
use crate::windowing::{
    AccumulationMode, Global, InvalidWindowing, Session, Sliding, TimestampCombiner, Trigger,
    Tumbling, WindowFn, WindowingStrategy,
};

/// Finds a window function of the user's own: by its name, with its parameters.
pub type FindWindowFn<'f> = dyn Fn(&str, &[u8]) -> Result<Box<dyn WindowFn>, InvalidWindowing> + 'f;

/// Deepest nesting of triggers; they are read before it is known how many there are.
const DEEPEST: usize = 32;

impl WindowingStrategy {
    /// Reads a strategy, and checks it. `find` knows the window functions that have names.
    ///
    /// # Errors
    /// When parts are missing, when `find` fails, and when the strategy cannot be carried out. Says what
    /// to do instead.
    pub fn from_proto(
        strategy: &proto::WindowingStrategy,
        find: &FindWindowFn<'_>,
    ) -> Result<Self, InvalidWindowing> {
        let window_fn = window_fn(strategy, find)?;
        let trigger = match &strategy.trigger {
            Some(trigger) => read_trigger(trigger, DEEPEST)?,
            None => window_fn.default_trigger(),
        };
        let strategy = Self {
            window_fn,
            trigger,
            accumulation_mode: accumulation_mode(strategy.accumulation_mode)?,
            allowed_lateness: strategy.allowed_lateness_ms,
            timestamp_combiner: timestamp_combiner(strategy.timestamp_combiner)?,
            fire_empty_on_time: strategy.fire_empty_on_time,
            processing_time: strategy.processing_time,
        };
        strategy.check()?;
        Ok(strategy)
    }
}

fn window_fn(
    strategy: &proto::WindowingStrategy,
    find: &FindWindowFn<'_>,
) -> Result<Arc<dyn WindowFn>, InvalidWindowing> {
    use proto::windowing_strategy::WindowFn as Message;
    Ok(match &strategy.window_fn {
        Some(Message::Tumbling(windows)) => {
            Arc::new(Tumbling::of(windows.size_ms).offset(windows.offset_ms))
        }
        Some(Message::Sliding(windows)) => {
            Arc::new(Sliding::of(windows.size_ms, windows.slide_ms).offset(windows.offset_ms))
        }
        Some(Message::Session(windows)) => Arc::new(Session::with_gap(windows.gap_ms)),
        Some(Message::Global(_)) => Arc::new(Global),
        Some(Message::Named(windows)) => find(&windows.function, &windows.payload)?.into(),
        None => {
            return Err(InvalidWindowing::new(
                "the windows are missing: expected tumbling, sliding, session, global or named ones",
            ));
        }
    })
}

fn read_trigger(trigger: &proto::Trigger, deepest: usize) -> Result<Trigger, InvalidWindowing> {
    use proto::trigger::Kind;
    let Some(deepest) = deepest.checked_sub(1) else {
        let message = format!("triggers may be nested at most {DEEPEST} deep");
        return Err(InvalidWindowing(message));
    };
    let one = |what: &str, trigger: &Option<Box<proto::Trigger>>| match trigger {
        Some(trigger) => read_trigger(trigger, deepest).map(Box::new),
        None => Err(InvalidWindowing(format!("the trigger inside '{what}' is missing"))),
    };
    let all = |triggers: &proto::Triggers| {
        triggers
            .triggers
            .iter()
            .map(|trigger| read_trigger(trigger, deepest))
            .collect::<Result<_, _>>()
    };
    Ok(match &trigger.kind {
        Some(Kind::AfterWatermark(parts)) => {
            let part = |part: &Option<Box<proto::Trigger>>| {
                part.as_ref().map(|part| read_trigger(part, deepest).map(Box::new)).transpose()
            };
            Trigger::AfterWatermark { early: part(&parts.early)?, late: part(&parts.late)? }
        }
        Some(Kind::AfterProcessingTimeMs(delay)) => Trigger::AfterProcessingTime(*delay),
        Some(Kind::AfterCount(count)) => Trigger::AfterCount(*count),
        Some(Kind::Repeatedly(inner)) => {
            Trigger::Repeatedly(Box::new(read_trigger(inner, deepest)?))
        }
        Some(Kind::AfterEach(parts)) => Trigger::AfterEach(all(parts)?),
        Some(Kind::AfterAny(parts)) => Trigger::AfterAny(all(parts)?),
        Some(Kind::AfterAll(parts)) => Trigger::AfterAll(all(parts)?),
        Some(Kind::OrFinally(parts)) => {
            Trigger::OrFinally(one("or finally", &parts.body)?, one("or finally", &parts.last)?)
        }
        Some(Kind::Never(_)) => Trigger::Never,
        None => return Err(InvalidWindowing::new("a trigger says nothing: use Trigger::Never")),
    })
}

fn accumulation_mode(code: i32) -> Result<AccumulationMode, InvalidWindowing> {
    match proto::AccumulationMode::try_from(code) {
        Ok(proto::AccumulationMode::Unspecified | proto::AccumulationMode::Accumulating) => {
            Ok(AccumulationMode::Accumulating)
        }
        Ok(proto::AccumulationMode::Discarding) => Ok(AccumulationMode::Discarding),
        Err(_) => Err(InvalidWindowing(format!("there is no accumulation mode {code}"))),
    }
}

fn timestamp_combiner(code: i32) -> Result<TimestampCombiner, InvalidWindowing> {
    use proto::TimestampCombiner as Message;
    match Message::try_from(code) {
        Ok(Message::Unspecified | Message::EndOfWindow) => Ok(TimestampCombiner::EndOfWindow),
        Ok(Message::Earliest) => Ok(TimestampCombiner::Earliest),
        Ok(Message::Latest) => Ok(TimestampCombiner::Latest),
        Ok(Message::EarliestTransformed) => Ok(TimestampCombiner::EarliestTransformed),
        Err(_) => Err(InvalidWindowing(format!("there is no timestamp combiner {code}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(name: &str, _: &[u8]) -> Result<Box<dyn WindowFn>, InvalidWindowing> {
        Err(InvalidWindowing(format!("no window function '{name}'")))
    }

    fn read(strategy: &proto::WindowingStrategy) -> Result<WindowingStrategy, String> {
        WindowingStrategy::from_proto(strategy, &none).map_err(|error| error.to_string())
    }

    fn windows(window_fn: proto::windowing_strategy::WindowFn) -> proto::WindowingStrategy {
        proto::WindowingStrategy { window_fn: Some(window_fn), ..Default::default() }
    }

    fn tumbling(size_ms: i64) -> proto::WindowingStrategy {
        let windows_of = proto::TumblingWindows { size_ms, offset_ms: 0 };
        windows(proto::windowing_strategy::WindowFn::Tumbling(windows_of))
    }

    fn count(count: u64) -> proto::Trigger {
        proto::Trigger { kind: Some(proto::trigger::Kind::AfterCount(count)) }
    }

    #[test]
    fn what_is_not_said_is_as_flink_has_it() {
        let strategy = read(&tumbling(10)).unwrap();
        assert_eq!(strategy.trigger, Trigger::default());
        assert_eq!(strategy.accumulation_mode, AccumulationMode::Accumulating);
        assert_eq!(strategy.timestamp_combiner, TimestampCombiner::EndOfWindow);
    }

    #[test]
    fn triggers_nest() {
        let early = proto::AfterWatermark { early: Some(Box::new(count(3))), late: None };
        let trigger =
            proto::Trigger { kind: Some(proto::trigger::Kind::AfterWatermark(Box::new(early))) };
        let strategy = proto::WindowingStrategy { trigger: Some(trigger), ..tumbling(10) };
        let expected = Trigger::after_watermark().early(Trigger::after_count(3));
        assert_eq!(read(&strategy).unwrap().trigger, expected);
    }

    #[test]
    fn what_cannot_be_is_an_error_that_says_what_to_do() {
        let error = |strategy: &proto::WindowingStrategy| read(strategy).unwrap_err();
        assert!(error(&proto::WindowingStrategy::default()).starts_with("the windows are missing"));
        assert!(error(&tumbling(0)).contains("must be positive, found 0 ms"));
        let late = proto::WindowingStrategy { allowed_lateness_ms: -1, ..tumbling(10) };
        assert!(error(&late).contains("allowed lateness must not be negative"));
        let clock = proto::WindowingStrategy {
            allowed_lateness_ms: 1,
            processing_time: true,
            ..tumbling(10)
        };
        assert!(error(&clock).contains("allow no lateness"));
        let sliding = proto::SlidingWindows { size_ms: 86_400_000, slide_ms: 1, offset_ms: 0 };
        let sliding = windows(proto::windowing_strategy::WindowFn::Sliding(sliding));
        assert!(error(&sliding).contains("make the slide longer"));
        let each = proto::Triggers { triggers: vec![count(1), count(2)] };
        let session =
            windows(proto::windowing_strategy::WindowFn::Session(proto::SessionWindows {
                gap_ms: 5,
            }));
        let session = proto::WindowingStrategy {
            trigger: Some(proto::Trigger { kind: Some(proto::trigger::Kind::AfterEach(each)) }),
            ..session
        };
        assert!(error(&session).contains("use any, all or repeatedly"));
        let empty = proto::Trigger::default();
        let empty = proto::WindowingStrategy { trigger: Some(empty), ..tumbling(10) };
        assert!(error(&empty).contains("use Trigger::Never"));
        let named = proto::NamedWindows { function: "odd".to_owned(), payload: Vec::new() };
        let named = windows(proto::windowing_strategy::WindowFn::Named(named));
        assert_eq!(error(&named), "no window function 'odd'");
    }

    #[test]
    fn triggers_that_nest_too_deep_are_turned_down_and_not_read_on() {
        let mut trigger = count(1);
        for _ in 0..10_000 {
            trigger =
                proto::Trigger { kind: Some(proto::trigger::Kind::Repeatedly(Box::new(trigger))) };
        }
        let strategy = proto::WindowingStrategy { trigger: Some(trigger), ..tumbling(10) };
        assert!(read(&strategy).unwrap_err().contains("at most 32 deep"));
        // Dropping it would recurse as deep as it is.
        std::mem::forget(strategy);
    }
}
