//! What a node does, in a few words.

use std::fmt::Write;

use crate::pipeline::NodeKind;
use crate::proto::windowing_strategy::WindowFn;
use crate::proto::{
    self, FunctionNode, IntervalBounds, PipelineNode, WindowingStrategy, key_by_node::By,
    partition_node,
};
use crate::types::DataType;

/// What the node does, and what it emits.
pub(super) fn describe(node: &PipelineNode) -> String {
    let what = what(node);
    match &node.output {
        Some(output) => format!("{what} -> {}", spell(output)),
        None => what,
    }
}

/// What the node does.
pub(super) fn what(node: &PipelineNode) -> String {
    let Ok(kind) = node.kind() else { return node.urn.clone() };
    match kind {
        NodeKind::Function(function) => function_node(&function),
        NodeKind::KeyBy(key_by) => {
            let key = optional(key_by.key.as_ref());
            match key_by.by {
                Some(By::Field(field)) => format!("key {key} from field '{field}'"),
                Some(By::Selector(_)) => format!("key {key} from a closure"),
                Some(By::Identity(_)) | None => format!("key {key}, the record"),
            }
        }
        NodeKind::Partition(partition) => match partition_node::Kind::try_from(partition.kind) {
            Ok(partition_node::Kind::Rebalance) => "in turn to all instances",
            Ok(partition_node::Kind::Rescale) => "in turn to near instances",
            Ok(partition_node::Kind::Shuffle) => "by chance to all instances",
            Ok(partition_node::Kind::Forward) => "to the same instance",
            Ok(partition_node::Kind::Global) => "to the first instance",
            Ok(partition_node::Kind::Broadcast) => "to every instance",
            Ok(partition_node::Kind::Custom) => "to the instance that a closure says",
            Ok(partition_node::Kind::Unspecified) | Err(_) => "to unknown instances",
        }
        .to_owned(),
        NodeKind::Union => "all inputs".to_owned(),
        NodeKind::Timestamps(node) => {
            let mut text = "timestamps".to_owned();
            if node.out_of_orderness_ms != 0 {
                text += &format!(", {} out of order", span(node.out_of_orderness_ms));
            }
            if let Some(idleness) = node.idleness_ms {
                text += &format!(", idle after {}", span(idleness));
            }
            text
        }
        NodeKind::Collection(node) => match node.elements.len() {
            1 => "1 value".to_owned(),
            count => format!("{count} values"),
        },
        NodeKind::TestStream(node) => match node.events.len() {
            1 => "1 event of a test".to_owned(),
            count => format!("{count} events of a test"),
        },
        NodeKind::Sequence(node) => format!("numbers {} to {}", node.first, node.last),
        NodeKind::TextFiles(node) => {
            let what = if node.records.is_some() { "records" } else { "lines" };
            format!("{what} of {}", node.path)
        }
        NodeKind::ConnectorSource(node) => format!("connector '{}'", node.connector),
        NodeKind::ConnectorSink(node) => {
            format!("connector '{}' of {}", node.connector, optional(node.input.as_ref()))
        }
        NodeKind::Print(node) => format!("print {}", optional(node.input.as_ref())),
        NodeKind::Collect(node) => {
            format!("collect {} as '{}'", optional(node.input.as_ref()), node.name)
        }
    }
}

fn function_node(node: &FunctionNode) -> String {
    let Some(function) = &node.function else { return "no function".to_owned() };
    let kind = function.kind.rsplit(':').nth(1).unwrap_or(&function.kind);
    let mut text = format!("{kind} function of {}", optional(function.input.as_ref()));
    if let Some(second) = &function.second_input {
        text += &format!(" and {}", spell(second));
    }
    if let Some(key) = &function.key {
        text += &format!(" by {}", spell(key));
    }
    if let Some(windowing) = &node.windowing {
        text += &format!(" in {}", windows(windowing));
        if node.windows_keep_last > 0 {
            text += &format!(" of the last {} records", node.windows_keep_last);
        }
    }
    if let Some(interval) = &node.interval {
        text += &format!(" from {}", bounds(interval));
    }
    text
}

fn windows(windowing: &WindowingStrategy) -> String {
    let mut text = match &windowing.window_fn {
        Some(WindowFn::Tumbling(windows)) => {
            format!("tumbling windows of {}", span(windows.size_ms))
        }
        Some(WindowFn::Sliding(windows)) => {
            format!("sliding windows of {} every {}", span(windows.size_ms), span(windows.slide_ms))
        }
        Some(WindowFn::Session(windows)) => {
            format!("sessions with gaps of {}", span(windows.gap_ms))
        }
        Some(WindowFn::Global(_)) => "global windows".to_owned(),
        Some(WindowFn::Named(windows)) => format!("windows '{}'", windows.function),
        None => "unknown windows".to_owned(),
    };
    if windowing.processing_time {
        text += " of processing time";
    }
    if windowing.trigger.is_some() {
        text += " with a trigger";
    }
    if windowing.allowed_lateness_ms > 0 {
        let _ = write!(text, ", {} late", span(windowing.allowed_lateness_ms));
    }
    text
}

fn bounds(interval: &IntervalBounds) -> String {
    let exclusive = |exclusive| if exclusive { " (exclusive)" } else { "" };
    format!(
        "{}{} to {}{}",
        span(interval.lower_ms),
        exclusive(interval.lower_exclusive),
        span(interval.upper_ms),
        exclusive(interval.upper_exclusive)
    )
}

/// Milliseconds in the largest unit that fits.
fn span(millis: i64) -> String {
    let units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")];
    match units.into_iter().find(|(unit, _)| millis != 0 && millis % unit == 0) {
        Some((unit, name)) => format!("{} {name}", millis / unit),
        None => format!("{millis} ms"),
    }
}

fn optional(data_type: Option<&proto::DataType>) -> String {
    data_type.map_or_else(|| "nothing".to_owned(), spell)
}

/// A type without what most types say: that there is no null.
fn spell(data_type: &proto::DataType) -> String {
    match DataType::try_from(data_type) {
        Ok(DataType { kind, nullable: false }) => kind.to_string(),
        Ok(DataType { kind, nullable: true }) => format!("Nullable<{kind}>"),
        Err(_) => "an unknown type".to_owned(),
    }
}
