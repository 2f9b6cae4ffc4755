//! Which nodes run as one operator.
//!
//! Consecutive functions are fused into one stage where each reads nothing but what the one before it
//! emits, and nobody else reads that. At the head of a stage there may be a function with keys, windows
//! or two inputs; behind it stand functions without. Every other node is a stage by itself.

use crate::function::urn;
use crate::pipeline::NodeKind;
use crate::proto::{Chaining, Environment, FunctionNode, PipelineNode, PipelineStage};

/// The stages of these nodes, each behind those that it reads from.
pub(crate) fn stages(
    nodes: &[PipelineNode],
    kinds: &[NodeKind],
    environment: &Environment,
) -> Vec<PipelineStage> {
    let graph = Graph { nodes, kinds, environment };
    let mut fused: Vec<Vec<usize>> = Vec::new();
    for node in 0..nodes.len() {
        let before = graph.only_input(node);
        let stage =
            fused.iter_mut().find(|stage| stage.last().copied() == before && before.is_some());
        match stage {
            Some(stage) if graph.follows(stage, node) => stage.push(node),
            _ => fused.push(vec![node]),
        }
    }
    fused.iter().map(|stage| graph.stage(stage)).collect()
}

struct Graph<'g> {
    nodes: &'g [PipelineNode],
    kinds: &'g [NodeKind],
    environment: &'g Environment,
}

impl Graph<'_> {
    /// The node whose results are all that this one reads.
    fn only_input(&self, node: usize) -> Option<usize> {
        match self.nodes[node].inputs.as_slice() {
            [input] if input.side_output.is_empty() => {
                self.nodes.iter().position(|node| node.uid == input.node)
            }
            _ => None,
        }
    }

    /// Whether a node can stand behind the last one of the stage.
    fn follows(&self, stage: &[usize], node: usize) -> bool {
        let (Some(&head), Some(&last)) = (stage.first(), stage.last()) else { return false };
        let (NodeKind::Function(before), NodeKind::Function(function)) =
            (&self.kinds[last], &self.kinds[node])
        else {
            return false;
        };
        if is_windows_process(before, function) {
            return true;
        }
        is_link(function)
            && self.readers(last) == 1
            && self.same_tasks(head, node)
            && self.nodes[head].chaining() != Chaining::Never
            && self.nodes[node].chaining() == Chaining::Unspecified
            && !stage.iter().any(|other| self.share_side_output(*other, node))
    }

    /// How many nodes read the node's results.
    fn readers(&self, node: usize) -> usize {
        let uid = &self.nodes[node].uid;
        let inputs = self.nodes.iter().flat_map(|node| &node.inputs);
        inputs.filter(|input| input.node == *uid && input.side_output.is_empty()).count()
    }

    /// Whether both have as many instances, which may run in the same slots.
    fn same_tasks(&self, head: usize, node: usize) -> bool {
        let (head, node) = (&self.nodes[head], &self.nodes[node]);
        let environment = self.environment;
        let parallelism = |node: &PipelineNode| node.parallelism.or(environment.parallelism);
        let most = |node: &PipelineNode| node.max_parallelism.or(environment.max_parallelism);
        let group = &node.slot_sharing_group;
        parallelism(head) == parallelism(node)
            && most(head) == most(node)
            && (group.is_empty() || *group == head.slot_sharing_group)
    }

    /// Whether both emit into a side output of the same name: a stage has one of each.
    fn share_side_output(&self, one: usize, other: usize) -> bool {
        let (one, other) = (side_outputs(&self.kinds[one]), side_outputs(&self.kinds[other]));
        one.iter().any(|name| other.contains(name))
    }

    fn stage(&self, nodes: &[usize]) -> PipelineStage {
        let named = nodes.iter().map(|node| self.nodes[*node].name.as_str());
        PipelineStage {
            nodes: nodes.iter().map(|node| self.nodes[*node].uid.clone()).collect(),
            name: named.collect::<Vec<_>>().join(" -> "),
            uid: self.uid(nodes),
        }
    }

    /// The uid of the node whose state the stage has; without state, one that the program gave.
    fn uid(&self, nodes: &[usize]) -> String {
        let uid = |node: usize| self.nodes[node].uid.clone();
        let Some(&head) = nodes.first() else { return String::new() };
        if let [first, second, ..] = nodes
            && let (NodeKind::Function(before), NodeKind::Function(function)) =
                (&self.kinds[*first], &self.kinds[*second])
            && is_windows_process(before, function)
        {
            return uid(*second);
        }
        if self.has_state(head) {
            return uid(head);
        }
        let explicit = nodes.iter().find(|node| self.nodes[**node].explicit_uid);
        uid(explicit.copied().unwrap_or(head))
    }

    /// Whether the function has keys, windows or two inputs.
    fn has_state(&self, node: usize) -> bool {
        let NodeKind::Function(function) = &self.kinds[node] else { return false };
        let keyed = self
            .only_input(node)
            .is_some_and(|input| matches!(self.kinds[input], NodeKind::KeyBy(_)));
        keyed || !is_link(function)
    }
}

/// Whether a function can stand behind another one: it has no keys, windows or second input.
fn is_link(node: &FunctionNode) -> bool {
    let Some(function) = &node.function else { return false };
    let linked = [urn::MAP, urn::FLAT_MAP, urn::FILTER, urn::PROCESS];
    linked.contains(&function.kind.as_str())
        && function.key.is_none()
        && function.second_input.is_none()
        && node.windowing.is_none()
        && node.interval.is_none()
}

/// Whether a function works on the one result that each window of the one before it has.
pub(crate) fn is_windows_process(before: &FunctionNode, node: &FunctionNode) -> bool {
    let process =
        node.function.as_ref().is_some_and(|function| function.kind == urn::PROCESS_WINDOW);
    process && node.windowing.is_none() && before.windowing.is_some()
}

/// The names of all side outputs of a node.
pub(crate) fn side_outputs(kind: &NodeKind) -> Vec<&str> {
    let NodeKind::Function(node) = kind else { return Vec::new() };
    let declared = node.function.iter().flat_map(|function| &function.side_outputs);
    let mut names: Vec<_> = declared.map(|output| output.name.as_str()).collect();
    if !node.late_output.is_empty() {
        names.push(&node.late_output);
    }
    names
}
