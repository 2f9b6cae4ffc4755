//! The values of `standard_coders.yaml`, as each coder has them.

use brookite_core::Value;
use brookite_core::beam::{BeamValue, Firing, Pane, Timer, Timing, WindowedValue};
use brookite_core::proto::CoderSpec;

use super::file::{
    MalformedFile, Node, boolean, get, integer, is_null, items, required, text, unexpected,
};
use super::row;

/// The value that an example of the coder stands for.
pub(super) fn expected(spec: &CoderSpec, node: &Node<'_>) -> Result<Value, MalformedFile> {
    let component = |index: usize| {
        spec.components.get(index).ok_or_else(|| unexpected(node, "a coder with more components"))
    };
    let name = spec.urn.strip_prefix("beam:coder:").unwrap_or(&spec.urn);
    let beam = |value: BeamValue| Ok(Value::Beam(Box::new(value)));
    match name {
        "bytes:v1" => Ok(Value::Bytes(text(node)?.as_bytes().to_vec())),
        "string_utf8:v1" => Ok(Value::String(text(node)?.to_owned())),
        "bool:v1" => boolean(node).map(Value::Boolean),
        "varint:v1" => integer(node).map(Value::BigInt),
        "double:v1" => double(node).map(Value::Double),
        "kv:v1" => Ok(Value::List(vec![
            expected(component(0)?, required(node, "key")?)?,
            expected(component(1)?, required(node, "value")?)?,
        ])),
        "iterable:v1" | "state_backed_iterable:v1" => list(component(0)?, node).map(Value::List),
        "nullable:v1" if is_null(node) => Ok(Value::Null),
        "nullable:v1" | "length_prefix:v1" => expected(component(0)?, node),
        "global_window:v1" => beam(BeamValue::GlobalWindow),
        "interval_window:v1" => {
            let (end, span) = (integer(required(node, "end")?)?, integer(required(node, "span")?)?);
            beam(BeamValue::IntervalWindow { start: end - span, end })
        }
        "custom_window:v1" => {
            let window = expected(component(0)?, required(node, "window")?)?;
            let Value::Beam(inner) = &window else { return Err(unexpected(node, "a window")) };
            let BeamValue::IntervalWindow { end, .. } = **inner else {
                return Err(unexpected(node, "an interval window"));
            };
            // Windows end before their end.
            beam(BeamValue::CustomWindow { max_timestamp: end - 1, window })
        }
        "windowed_value:v1" | "param_windowed_value:v1" => {
            beam(BeamValue::Windowed(WindowedValue {
                value: expected(component(0)?, required(node, "value")?)?,
                timestamp: integer(required(node, "timestamp")?)?,
                windows: list(component(1)?, required(node, "windows")?)?,
                pane: pane(required(node, "pane")?)?,
            }))
        }
        "timer:v1" => beam(BeamValue::Timer(Timer {
            key: expected(component(0)?, required(node, "userKey")?)?,
            tag: text(required(node, "dynamicTimerTag")?)?.to_owned(),
            windows: list(component(1)?, required(node, "windows")?)?,
            firing: firing(node)?,
        })),
        "sharded_key:v1" => beam(BeamValue::ShardedKey {
            shard: text(required(node, "shardId")?)?.as_bytes().to_vec(),
            key: expected(component(0)?, required(node, "key")?)?,
        }),
        "row:v1" => row::expected(&spec.payload, node),
        _ => Err(unexpected(node, "a coder whose values are known")),
    }
}

fn list(element: &CoderSpec, node: &Node<'_>) -> Result<Vec<Value>, MalformedFile> {
    items(node)?.iter().map(|item| expected(element, item)).collect()
}

/// Numbers of floating point stand in quotes, spelled as in Java.
pub(super) fn double(node: &Node<'_>) -> Result<f64, MalformedFile> {
    text(node)?.parse().map_err(|_| unexpected(node, "a number"))
}

fn firing(node: &Node<'_>) -> Result<Option<Firing>, MalformedFile> {
    if get(node, "clearBit").map_or(Ok(false), boolean)? {
        return Ok(None);
    }
    Ok(Some(Firing {
        fire_timestamp: integer(required(node, "fireTimestamp")?)?,
        hold_timestamp: integer(required(node, "holdTimestamp")?)?,
        pane: pane(required(node, "pane")?)?,
    }))
}

fn pane(node: &Node<'_>) -> Result<Pane, MalformedFile> {
    let timing = required(node, "timing")?;
    Ok(Pane {
        is_first: boolean(required(node, "is_first")?)?,
        is_last: boolean(required(node, "is_last")?)?,
        timing: match text(timing)? {
            "EARLY" => Timing::Early,
            "ON_TIME" => Timing::OnTime,
            "LATE" => Timing::Late,
            "UNKNOWN" => Timing::Unknown,
            _ => return Err(unexpected(timing, "EARLY, ON_TIME, LATE or UNKNOWN")),
        },
        index: integer(required(node, "index")?)?,
        on_time_index: integer(required(node, "on_time_index")?)?,
    })
}
