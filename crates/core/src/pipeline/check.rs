//! Whether a node of a graph can be run: what it reads, and that its message is complete.

use std::collections::BTreeMap;

use crate::pipeline::column::check_column;
use crate::pipeline::stages::is_windows_process;
use crate::pipeline::{GraphError, NodeKind};
use crate::proto::{
    self, FunctionNode, KeyByNode, NodeInput, PartitionNode, PipelineNode, key_by_node::By,
    partition_node,
};
use crate::types::{DataType, Kind};
use crate::windowing::{Global, InvalidWindowing, WindowFn, WindowingStrategy};

/// The nodes that were read so far, by uid.
type Before<'g> = BTreeMap<&'g str, (&'g PipelineNode, NodeKind)>;

/// Checks a node that stands behind these.
pub(crate) fn check_node(
    node: &PipelineNode,
    kind: &NodeKind,
    before: &Before<'_>,
) -> Result<(), GraphError> {
    if node.uid.is_empty() {
        return Err(node.wrong("it has no uid"));
    }
    let inputs: Vec<_> =
        node.inputs.iter().map(|input| records(node, input, before)).collect::<Result<_, _>>()?;
    check_input_count(node, kind, inputs.len())?;
    let output =
        node.output.as_ref().map(|output| read_type(node, "output", output)).transpose()?;
    if output.is_none() != kind.is_sink() {
        let problem =
            if kind.is_sink() { "it is a sink and has an output" } else { "it has no output" };
        return Err(node.wrong(problem));
    }
    check_function(node, kind, &inputs)?;
    match kind {
        NodeKind::Function(function) => {
            check_windowing(node, function)?;
            check_result(node, function, before)
        }
        NodeKind::KeyBy(key_by) => check_key(node, key_by, &inputs),
        NodeKind::Partition(PartitionNode { kind: code, partitioner }) => {
            let custom = *code == i32::from(partition_node::Kind::Custom);
            match partition_node::Kind::try_from(*code) {
                Ok(partition_node::Kind::Unspecified) | Err(_) => {
                    Err(node.wrong(format!("there is no partitioning {code}")))
                }
                Ok(_) if custom != partitioner.is_some() => {
                    Err(node
                        .wrong("a partitioner goes with custom partitioning, and with no other"))
                }
                Ok(_) => Ok(()),
            }
        }
        NodeKind::Union => match inputs.iter().find_map(|input| output.as_ref()?.difference(input))
        {
            Some(difference) => Err(node.wrong(format!("its inputs differ: {difference}"))),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn check_input_count(node: &PipelineNode, kind: &NodeKind, found: usize) -> Result<(), GraphError> {
    let expected = match kind {
        _ if kind.is_source() => 0,
        NodeKind::Union if found > 0 => found,
        NodeKind::Function(FunctionNode { function: Some(function), .. })
            if function.second_input.is_some() =>
        {
            2
        }
        _ => 1,
    };
    if expected == found {
        return Ok(());
    }
    Err(node.wrong(format!("expected {expected} inputs, found {found}")))
}

/// The type of what a node reads from another one.
fn records(
    node: &PipelineNode,
    input: &NodeInput,
    before: &Before<'_>,
) -> Result<DataType, GraphError> {
    let Some((from, kind)) = before.get(input.node.as_str()) else {
        return Err(
            node.wrong(format!("it reads from node '{}', which is not before it", input.node))
        );
    };
    let found = if input.side_output.is_empty() {
        from.output.as_ref().map(|output| read_type(from, "output", output)).transpose()?
    } else {
        side_output(from, kind, &input.side_output)?
    };
    let Some(found) = found else {
        let output = &input.side_output;
        let what = if output.is_empty() { "results" } else { "side output" };
        let problem =
            format!("it reads {what} '{output}' of node {}, which has none", from.label());
        return Err(node.wrong(problem.replace(" ''", "")));
    };
    match (kind, found.kind) {
        // What goes beside the record stays in the node.
        (NodeKind::KeyBy(KeyByNode { by: Some(By::Selector(_)), .. }), Kind::Tuple(fields))
        | (NodeKind::Partition(PartitionNode { partitioner: Some(_), .. }), Kind::Tuple(fields)) => {
            let record = fields.into_iter().nth(1);
            record.ok_or_else(|| from.wrong("its output is no tuple of two"))
        }
        (_, kind) => Ok(DataType { kind, nullable: found.nullable }),
    }
}

fn side_output(
    node: &PipelineNode,
    kind: &NodeKind,
    name: &str,
) -> Result<Option<DataType>, GraphError> {
    let NodeKind::Function(function_node) = kind else { return Ok(None) };
    let Some(function) = &function_node.function else { return Ok(None) };
    let declared = function.side_outputs.iter().find(|output| output.name == name);
    let found = match declared {
        Some(output) => output.r#type.as_ref(),
        None if function_node.late_output == name => function.input.as_ref(),
        None => None,
    };
    found.map(|found| read_type(node, "side output", found)).transpose()
}

/// The node's function is named by its uid, and takes what the node reads.
fn check_function(
    node: &PipelineNode,
    kind: &NodeKind,
    inputs: &[DataType],
) -> Result<(), GraphError> {
    let Some(function) = kind.function() else {
        let complete = !matches!(kind, NodeKind::Function(_) | NodeKind::Timestamps(_));
        return if complete { Ok(()) } else { Err(node.wrong("it has no function")) };
    };
    if function.name != node.uid {
        let problem = format!("its function is named '{}': expected its uid", function.name);
        return Err(node.wrong(problem));
    }
    let taken = [("input", &function.input), ("second input", &function.second_input)];
    for ((what, expected), found) in taken.into_iter().zip(inputs) {
        let Some(expected) = expected else {
            return Err(node.wrong(format!("its function does not say what {what} it takes")));
        };
        if let Some(difference) = read_type(node, what, expected)?.difference(found) {
            let problem = format!("its {what} is not what its function takes: {difference}");
            return Err(node.wrong(problem));
        }
    }
    if let Some(key) = &function.key {
        read_type(node, "key", key)?;
    }
    Ok(())
}

/// The node emits what its function returns.
fn check_result(
    node: &PipelineNode,
    function: &FunctionNode,
    before: &Before<'_>,
) -> Result<(), GraphError> {
    let returned = function.function.as_ref().and_then(|function| function.output.as_ref());
    if returned != node.output.as_ref() {
        return Err(node.wrong("its output is not what its function returns"));
    }
    let windows = node.inputs.first().and_then(|input| before.get(input.node.as_str()));
    let behind_windows = match windows {
        Some((_, NodeKind::Function(windows))) => is_windows_process(windows, function),
        _ => false,
    };
    let kind = function.function.as_ref().map_or("", |function| function.kind.as_str());
    let needs_windows = [
        crate::function::urn::AGGREGATE,
        crate::function::urn::REDUCE,
        crate::function::urn::PROCESS_WINDOW,
        crate::function::urn::JOIN,
        crate::function::urn::CO_GROUP,
    ]
    .contains(&kind);
    if needs_windows != (function.windowing.is_some() || behind_windows) {
        let problem = if needs_windows { "it has no windows" } else { "it cannot have windows" };
        return Err(node.wrong(problem));
    }
    if !function.late_output.is_empty() && function.windowing.is_none() {
        return Err(node.wrong("it has an output for late records and no windows"));
    }
    Ok(())
}

/// The key is where the node says.
fn check_key(
    node: &PipelineNode,
    key_by: &KeyByNode,
    inputs: &[DataType],
) -> Result<(), GraphError> {
    let (Some(key), Some(by)) = (&key_by.key, &key_by.by) else {
        return Err(node.wrong("it does not say what the key is"));
    };
    let key = read_type(node, "key", key)?;
    let checked = match (by, inputs) {
        (By::Field(field), [record]) => check_column("key field", field, record, &key),
        (By::Identity(_), [record]) => match key.difference(record) {
            Some(difference) => {
                return Err(node.wrong(format!("its key is not the record: {difference}")));
            }
            None => Ok(()),
        },
        _ => Ok(()),
    };
    checked.map_err(|problem| node.wrong(problem.to_string()))
}

/// The windows can be. What those of the library's own functions are is not known here.
fn check_windowing(node: &PipelineNode, function: &FunctionNode) -> Result<(), GraphError> {
    let find =
        |_: &str, _: &[u8]| -> Result<Box<dyn WindowFn>, InvalidWindowing> { Ok(Box::new(Global)) };
    let Some(windowing) = &function.windowing else { return Ok(()) };
    WindowingStrategy::from_proto(windowing, &find)
        .map(drop)
        .map_err(|error| node.wrong(format!("it cannot have such windows: {error}")))
}

fn read_type(
    node: &PipelineNode,
    what: &'static str,
    data_type: &proto::DataType,
) -> Result<DataType, GraphError> {
    DataType::try_from(data_type).map_err(|source| GraphError::Type {
        node: node.label(),
        what,
        source,
    })
}
