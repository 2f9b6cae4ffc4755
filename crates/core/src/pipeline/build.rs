//! From what the program has said to a graph.

use std::collections::BTreeMap;

use crate::pipeline::draft::{Draft, DraftNode};
use crate::pipeline::parallelism::{MOST_KEY_GROUPS, check_parallelism};
use crate::pipeline::stages::stages;
use crate::pipeline::uid::{Named, uids};
use crate::pipeline::{Executable, NodeKind, Pipeline, PipelineError};
use crate::proto::{Chaining, NodeInput, PipelineGraph, PipelineNode};

/// The version of graphs that this crate writes, and the newest that it reads.
pub const GRAPH_VERSION: u32 = 1;

/// The shortest time between checkpoints that Flink takes, in milliseconds.
const SHORTEST_CHECKPOINT_INTERVAL: i64 = 10;

/// A pipeline that was built.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built<E> {
    /// Its nodes and stages.
    pub graph: PipelineGraph,
    /// Its functions, in the order of their nodes; each is named by its node's uid.
    pub functions: Vec<E>,
}

impl<E: Executable> Pipeline<E> {
    /// Builds the graph of what was said so far, and checks it.
    ///
    /// # Errors
    /// Says which node cannot be, why, and what to do instead.
    pub fn build(&self) -> Result<Built<E>, PipelineError> {
        let draft = self.draft.borrow();
        let names: Vec<_> = draft.nodes.iter().map(DraftNode::name_or_default).collect();
        let uids = make_uids(&draft, &names);
        check_problems(&draft, &names, &uids)?;
        check_uids(&uids, &names)?;
        check_settings(&draft)?;
        check_collects(&draft, &names)?;
        check_parallelism(&draft, &names, &uids)?;

        let kinds: Vec<_> =
            draft.nodes.iter().zip(&uids).map(|(node, uid)| kind(&draft, node, uid)).collect();
        let nodes: Vec<_> = draft
            .nodes
            .iter()
            .zip(&kinds)
            .enumerate()
            .map(|(index, (draft_node, kind))| {
                let options =
                    draft_node.part_of.map_or(draft_node, |process| &draft.nodes[process]);
                node(&names[index], index, &uids, draft_node, kind, options)
            })
            .collect();
        let functions = draft.nodes.iter().zip(&uids).filter_map(|(node, uid)| {
            let keep = node.keep.as_ref()?;
            Some(keep(uid))
        });
        let functions = functions.collect();
        let mut graph = PipelineGraph {
            version: GRAPH_VERSION,
            name: draft.name.clone(),
            environment: Some(draft.environment.clone()),
            stages: stages(&nodes, &kinds, &draft.environment),
            nodes,
            fingerprint: String::new(),
            origin: None,
        };
        graph.fingerprint = graph.make_fingerprint();
        Ok(Built { graph, functions })
    }
}

impl<E> DraftNode<E> {
    fn name_or_default(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.default_name.clone())
    }
}

/// The uids of all nodes. One whose windows hand their result to a process function has its uid from
/// that function's node, which the program names.
fn make_uids<E>(draft: &Draft<E>, names: &[String]) -> Vec<String> {
    let named = draft.nodes.iter().zip(names);
    let alone = named.filter(|(node, _)| node.part_of.is_none());
    let mut made =
        uids(alone.map(|(node, name)| Named { name, uid: node.uid.as_deref() })).into_iter();
    let mut all: Vec<_> = draft
        .nodes
        .iter()
        .map(|node| if node.part_of.is_none() { made.next() } else { None }.unwrap_or_default())
        .collect();
    for (index, node) in draft.nodes.iter().enumerate() {
        if let Some(process) = node.part_of {
            all[index] = format!("{}-aggregate", all[process]);
        }
    }
    all
}

/// What was said that cannot be.
fn check_problems<E>(
    draft: &Draft<E>,
    names: &[String],
    uids: &[String],
) -> Result<(), PipelineError> {
    match draft.problems.first() {
        Some((node, problem)) => {
            let node = label(&names[*node], &uids[*node]);
            Err(PipelineError::Node { node, problem: problem.clone() })
        }
        None => Ok(()),
    }
}

/// A node for people: its name, and its uid where the name does not tell it.
pub(crate) fn label(name: &str, uid: &str) -> String {
    if name == uid { format!("'{name}'") } else { format!("'{name}' (uid '{uid}')") }
}

fn check_uids(uids: &[String], names: &[String]) -> Result<(), PipelineError> {
    let mut seen = BTreeMap::new();
    for (uid, name) in uids.iter().zip(names) {
        if let Some(first) = seen.insert(uid, name) {
            let (uid, first) = (uid.clone(), format!("'{first}'"));
            return Err(PipelineError::DuplicateUid { uid, first, second: format!("'{name}'") });
        }
    }
    Ok(())
}

/// Programs get collected records by the name.
fn check_collects<E>(draft: &Draft<E>, names: &[String]) -> Result<(), PipelineError> {
    let mut seen = BTreeMap::new();
    for (node, label) in draft.nodes.iter().zip(names) {
        let NodeKind::Collect(collect) = &node.kind else { continue };
        if let Some(first) = seen.insert(&collect.name, label) {
            let (name, first) = (collect.name.clone(), format!("'{first}'"));
            return Err(PipelineError::DuplicateCollect {
                name,
                first,
                second: format!("'{label}'"),
            });
        }
    }
    Ok(())
}

fn check_settings<E>(draft: &Draft<E>) -> Result<(), PipelineError> {
    let pipeline = draft.name.clone();
    let environment = &draft.environment;
    let most = environment.max_parallelism;
    let problem = if draft.name.trim().is_empty() {
        "its name is empty: it is the name of the job".to_owned()
    } else if environment.parallelism == Some(0) {
        "its parallelism must be at least 1, found 0".to_owned()
    } else if let Some(most) = most.filter(|most| !(1..=MOST_KEY_GROUPS).contains(most)) {
        format!("its max parallelism must be from 1 to {MOST_KEY_GROUPS}, found {most}")
    } else if let Some(interval) = environment
        .checkpoint_interval_ms
        .filter(|interval| *interval < SHORTEST_CHECKPOINT_INTERVAL)
    {
        format!(
            "its checkpoint interval must be at least {SHORTEST_CHECKPOINT_INTERVAL} ms, found {interval} \
             ms"
        )
    } else if draft.nodes.is_empty() {
        return Err(PipelineError::Empty { pipeline });
    } else if !draft.nodes.iter().any(|node| node.kind.is_sink()) {
        return Err(PipelineError::NoSink { pipeline });
    } else {
        return Ok(());
    };
    Err(PipelineError::Setting { pipeline, problem })
}

/// What the node is, with the function named.
fn kind<E>(draft: &Draft<E>, node: &DraftNode<E>, uid: &str) -> NodeKind {
    let mut kind = node.kind.clone();
    if let Some(function) = kind.function_mut() {
        uid.clone_into(&mut function.name);
    }
    let process = node.part_of.and_then(|process| match &draft.nodes[process].kind {
        NodeKind::Function(process) => Some(process),
        _ => None,
    });
    if let (NodeKind::Function(aggregate), Some(process)) = (&mut kind, process) {
        aggregate.state_cache_entries = process.state_cache_entries;
        aggregate.state_cache_bytes = process.state_cache_bytes;
    }
    kind
}

fn node<E>(
    name: &str,
    index: usize,
    uids: &[String],
    node: &DraftNode<E>,
    kind: &NodeKind,
    options: &DraftNode<E>,
) -> PipelineNode {
    let inputs = node.inputs.iter().map(|input| NodeInput {
        node: uids[input.node].clone(),
        side_output: input.side_output.clone(),
    });
    PipelineNode {
        uid: uids[index].clone(),
        name: name.to_owned(),
        urn: kind.urn().to_owned(),
        payload: kind.payload(),
        inputs: inputs.collect(),
        output: node.output.as_ref().map(Into::into),
        parallelism: options.parallelism,
        max_parallelism: options.max_parallelism,
        slot_sharing_group: options.slot_sharing_group.clone(),
        chaining: Chaining::into(options.chaining),
        explicit_uid: node.uid.is_some(),
    }
}
