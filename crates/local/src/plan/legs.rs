//! From a node's inputs up to the operators that they come from.

use std::collections::BTreeMap;

use brookite_core::pipeline::NodeKind;
use brookite_core::proto::{PipelineNode, PipelineStage, key_by_node, partition_node};
use brookite_core::types::{self, DataType};

use crate::error::JobError;
use crate::key::{FieldKey, Front};
use crate::plan::decode::output;
use crate::plan::{Leg, Nodes, Operator, Work, front};
use crate::router::Routing;

/// Finds the way from operators to operators.
pub(super) struct Tracer<'n, 'g> {
    pub(super) nodes: &'n Nodes<'g>,
    /// By node, the operator that emits its results.
    pub(super) ends: BTreeMap<String, End>,
}

/// What an operator emits of a node.
pub(super) struct End {
    operator: usize,
    /// The names of the operator's side outputs, in the order of their ports.
    sides: Vec<String>,
    /// Whether the node's results are the operator's.
    last: bool,
}

/// How records are dealt out on the way down to the reader.
#[derive(Clone, Debug, Default)]
struct Said {
    routing: Option<Routing>,
    key: Option<DataType>,
}

impl Tracer<'_, '_> {
    /// Whether the node only says how records are dealt out.
    pub(super) fn is_no_operator(&self, kind: &NodeKind) -> Result<bool, JobError> {
        Ok(matches!(kind, NodeKind::Union | NodeKind::KeyBy(_) | NodeKind::Partition(_))
            && !front(kind))
    }

    /// Remembers which operator emits what.
    pub(super) fn ends_at(&mut self, stage: &PipelineStage, operator: usize, work: &Work) {
        let sides = match work {
            Work::Functions { spec, .. } => {
                spec.side_outputs.iter().map(|side| side.name.clone()).collect()
            }
            _ => Vec::new(),
        };
        for uid in &stage.nodes {
            let last = stage.nodes.last() == Some(uid);
            self.ends.insert(uid.clone(), End { operator, sides: sides.clone(), last });
        }
    }

    /// The edges into the operator whose first node this is.
    pub(super) fn legs(
        &self,
        head: &PipelineNode,
        operators: &[Operator],
    ) -> Result<Vec<Leg>, JobError> {
        let mut legs = Vec::new();
        for (input, from) in (0..).zip(&head.inputs) {
            let at = (from.node.as_str(), from.side_output.as_str());
            self.trace(head, at, input, &Said::default(), &mut legs)?;
        }
        if legs.iter().any(|leg| leg.from >= operators.len()) {
            return Err(JobError::graph(&head.uid, "it reads from a node behind it".to_owned()));
        }
        Ok(legs)
    }

    fn trace(
        &self,
        reader: &PipelineNode,
        (uid, side): (&str, &str),
        input: u32,
        said: &Said,
        legs: &mut Vec<Leg>,
    ) -> Result<(), JobError> {
        let (node, kind) = self.nodes.get(uid).ok_or_else(|| {
            JobError::graph(&reader.uid, format!("it reads from node '{uid}', which is not there"))
        })?;
        let mut said = said.clone();
        if said.routing.is_none() {
            said = self.says(node, kind)?;
        }
        if self.is_no_operator(kind)? {
            for from in &node.inputs {
                let at = (from.node.as_str(), from.side_output.as_str());
                self.trace(node, at, input, &said, legs)?;
            }
            return Ok(());
        }
        let end = self.ends.get(uid).ok_or_else(|| {
            JobError::graph(
                &reader.uid,
                format!("it reads from node '{uid}', which is not before it"),
            )
        })?;
        let port = self.port(reader, end, uid, side)?;
        let routing = said.routing.unwrap_or(Routing::Unsaid);
        let emitted = if side.is_empty() { output(node)? } else { side_type(node, kind, side)? };
        let strip = match &routing {
            Routing::Selected(_) | Routing::Custom(_) if front(kind) => None,
            _ if front(kind) => Some(self.front_of(node)?),
            _ => None,
        };
        let data_type = if front(kind) { parts(node, &emitted)?.1 } else { emitted };
        legs.push(Leg {
            from: end.operator,
            port,
            input,
            routing,
            strip,
            data_type,
            key: said.key,
        });
        Ok(())
    }

    fn port(
        &self,
        reader: &PipelineNode,
        end: &End,
        uid: &str,
        side: &str,
    ) -> Result<u32, JobError> {
        if side.is_empty() {
            return if end.last {
                Ok(0)
            } else {
                let reason = format!("it reads the results of '{uid}' from inside of a stage");
                Err(JobError::graph(&reader.uid, reason))
            };
        }
        let numbered = (1..).zip(&end.sides).find(|(_, name)| *name == side);
        numbered.map(|(port, _)| port).ok_or_else(|| {
            let reason = format!("it reads side output '{side}' of '{uid}', which has none such");
            JobError::graph(&reader.uid, reason)
        })
    }

    /// What a node says about how the records behind it are dealt out.
    fn says(&self, node: &PipelineNode, kind: &NodeKind) -> Result<Said, JobError> {
        let routing = |routing| Said { routing: Some(routing), key: None };
        match kind {
            NodeKind::KeyBy(key_by) => {
                let key = key_by
                    .key
                    .as_ref()
                    .ok_or_else(|| JobError::graph(&node.uid, "its key has no type".to_owned()))?;
                let key = DataType::try_from(key)
                    .map_err(|error| JobError::graph(&node.uid, error.to_string()))?;
                let routing = match &key_by.by {
                    Some(key_by_node::By::Identity(_)) => Routing::Identity,
                    Some(key_by_node::By::Selector(_)) => Routing::Selected(self.front_of(node)?),
                    Some(key_by_node::By::Field(field)) => {
                        let record = output(node)?;
                        Routing::Field(FieldKey::new(&node.uid, field, &record, key.clone())?)
                    }
                    None => return Err(JobError::graph(&node.uid, "it names no key".to_owned())),
                };
                Ok(Said { routing: Some(routing), key: Some(key) })
            }
            NodeKind::Partition(partition) => match partition.kind() {
                partition_node::Kind::Rebalance => Ok(routing(Routing::Rebalance)),
                partition_node::Kind::Rescale => Ok(routing(Routing::Rescale)),
                partition_node::Kind::Shuffle => Ok(routing(Routing::Shuffle)),
                partition_node::Kind::Forward => Ok(routing(Routing::Forward)),
                partition_node::Kind::Global => Ok(routing(Routing::Global)),
                partition_node::Kind::Broadcast => Ok(routing(Routing::Broadcast)),
                partition_node::Kind::Custom => Ok(routing(Routing::Custom(self.front_of(node)?))),
                partition_node::Kind::Unspecified => {
                    Err(JobError::graph(&node.uid, "it does not say how to partition".to_owned()))
                }
            },
            _ => Ok(Said::default()),
        }
    }

    /// What a selector puts in front of records.
    fn front_of(&self, node: &PipelineNode) -> Result<Front, JobError> {
        Front::new(&node.uid, parts(node, &output(node)?)?.0)
    }
}

/// The fields of what a selector emits.
fn parts(node: &PipelineNode, emitted: &DataType) -> Result<(DataType, DataType), JobError> {
    match &emitted.kind {
        types::Kind::Tuple(fields) if fields.len() == 2 => {
            Ok((fields[0].clone(), fields[1].clone()))
        }
        _ => Err(JobError::graph(
            &node.uid,
            format!("expected that it emits tuples of a key and a record, found {emitted}"),
        )),
    }
}

/// The type of a side output: what the function declares, or for late records what it takes.
pub(super) fn side_type(
    node: &PipelineNode,
    kind: &NodeKind,
    side: &str,
) -> Result<DataType, JobError> {
    let NodeKind::Function(function_node) = kind else {
        return Err(JobError::graph(&node.uid, format!("it has no side output '{side}'")));
    };
    let function = function_node.function.clone().unwrap_or_default();
    let declared = function.side_outputs.iter().find(|output| output.name == side);
    let wire = match declared {
        Some(output) => output.r#type.as_ref(),
        None if function_node.late_output == side => function.input.as_ref(),
        None => None,
    };
    let wire = wire.ok_or_else(|| {
        JobError::graph(&node.uid, format!("it has no side output '{side}', or one without type"))
    })?;
    DataType::try_from(wire).map_err(|error| JobError::graph(&node.uid, error.to_string()))
}
