//! Stages that work by time: what windows they have, or what interval.

use brookite_core::proto::{IntervalBounds, StageSpec};
use brookite_core::windowing::WindowingStrategy;

use crate::effects::Taken;
use crate::node::{Bounds, Windowing};
use crate::registry::{ByTime, FunctionEntry, MakeInterval, MakeWindows, Registry};
use crate::stage::build::{Refusal, edge, invalid};

/// How the head of a stage works by time.
pub(super) enum Head {
    /// Not at all.
    Plain,
    /// It gathers records in windows.
    Windows(MakeWindows, Windowing),
    /// It joins values that are so close.
    Interval(MakeInterval, Bounds),
}

/// Checks that the functions are for windows, if there are any, and an interval join has its interval.
pub(super) fn head(
    registry: &Registry<'_>,
    spec: &StageSpec,
    functions: &[&FunctionEntry],
) -> Result<Head, Refusal> {
    let [first, behind @ ..] = functions else { return Ok(Head::Plain) };
    check_behind(first, behind)?;
    let name = first.name();
    match (first.works_by_time(), &spec.windowing, &spec.interval) {
        (None, None, None) => Ok(Head::Plain),
        (Some(ByTime::Windows(make)), Some(strategy), None) => {
            let find = |name: &str, payload: &[u8]| registry.window_fn(name, payload);
            let strategy = WindowingStrategy::from_proto(strategy, &find).map_err(|error| {
                invalid(format!("function '{name}' cannot have such windows: {error}"))
            })?;
            let windowing = Windowing {
                keep_last: keep_last(spec, &strategy)?,
                late: late(spec, first)?,
                strategy,
            };
            if spec.key.is_none() {
                return Err(invalid(format!(
                    "function '{name}' gathers records in windows of a key: call it on a keyed stream"
                )));
            }
            Ok(Head::Windows(make, windowing))
        }
        (Some(ByTime::Interval(make)), None, Some(interval)) => {
            if spec.key.is_none() {
                return Err(invalid(format!(
                    "function '{name}' joins values of a key: call it on keyed streams"
                )));
            }
            Ok(Head::Interval(make, bounds(interval)?))
        }
        (Some(ByTime::Windows(_)), None, _) => Err(invalid(format!(
            "function '{name}' works on what windows gather, found none: say which, with `.window(..)`"
        ))),
        (Some(ByTime::Interval(_)), _, None) => Err(invalid(format!(
            "function '{name}' joins values within an interval, found none: say which, with \
             `.intervalJoin(..)`"
        ))),
        (_, Some(_), _) => Err(invalid(format!(
            "function '{name}' does not work on windows: call an AggregateFunction, a ReduceFunction or \
             a ProcessWindowFunction on them"
        ))),
        (_, _, Some(_)) => Err(invalid(format!(
            "function '{name}' does not join by time: call a ProcessJoinFunction on the interval"
        ))),
    }
}

/// A function of windows stands first, or right behind one that aggregates or reduces.
fn check_behind(first: &FunctionEntry, behind: &[&FunctionEntry]) -> Result<(), Refusal> {
    let by_windows =
        |function: &FunctionEntry| matches!(function.works_by_time(), Some(ByTime::Windows(_)));
    for (index, function) in behind.iter().enumerate() {
        let incremental =
            by_windows(first) && first.key().is_none() && first.second_input().is_none();
        if by_windows(function) && !(index == 0 && incremental) {
            return Err(invalid(format!(
                "function '{}' works on what windows gather: it can only stand first, or right behind an \
                 AggregateFunction or a ReduceFunction",
                function.name()
            )));
        }
    }
    Ok(())
}

fn keep_last(spec: &StageSpec, strategy: &WindowingStrategy) -> Result<Option<usize>, Refusal> {
    let Some(keep) = (spec.windows_keep_last > 0).then_some(spec.windows_keep_last) else {
        return Ok(None);
    };
    if strategy.window_fn.merges() {
        return Err(invalid(
            "windows that merge cannot keep just their last elements: use count windows on the key",
        ));
    }
    Ok(usize::try_from(keep).ok())
}

/// Where late records go.
fn late(spec: &StageSpec, first: &FunctionEntry) -> Result<Option<Taken>, Refusal> {
    if spec.late_output.is_empty() {
        return Ok(None);
    }
    if first.second_input().is_some() {
        return Err(invalid(format!(
            "late records of two streams cannot go into one side output, '{}': leave it away; they are \
             counted in numLateRecordsDropped",
            spec.late_output
        )));
    }
    let mut numbered = (0..).zip(&spec.side_outputs);
    let Some((index, output)) = numbered.find(|(_, output)| output.name == spec.late_output) else {
        return Err(invalid(format!(
            "late records go to side output '{}', which the stage does not have",
            spec.late_output
        )));
    };
    let what = format!("side output '{}' for late records", output.name);
    let encoding = edge(&what, output.edge.as_ref(), first, &first.input())?;
    Ok(Some(Taken { index, encoding }))
}

fn bounds(interval: &IntervalBounds) -> Result<Bounds, Refusal> {
    let lower = interval.lower_ms.checked_add(i64::from(interval.lower_exclusive));
    let upper = interval.upper_ms.checked_sub(i64::from(interval.upper_exclusive));
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower <= upper => Ok(Bounds { lower, upper }),
        _ => Err(invalid(format!(
            "an interval join's lower bound must not be above its upper one, found {} ms{} and {} ms{}",
            interval.lower_ms,
            if interval.lower_exclusive { " (exclusive)" } else { "" },
            interval.upper_ms,
            if interval.upper_exclusive { " (exclusive)" } else { "" },
        ))),
    }
}
