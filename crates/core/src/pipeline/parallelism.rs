//! Whether nodes can have as many instances as the program says.

use crate::pipeline::build::label;
use crate::pipeline::draft::{Draft, DraftNode};
use crate::pipeline::{NodeKind, NodeProblem, PipelineError};
use crate::proto::partition_node::Kind;

/// The most key groups that Flink has.
pub(crate) const MOST_KEY_GROUPS: u32 = 1 << 15;

/// Checks what the program says. What it leaves to Flink's configuration is checked by Flink.
pub(crate) fn check_parallelism<E>(
    draft: &Draft<E>,
    names: &[String],
    uids: &[String],
) -> Result<(), PipelineError> {
    let label = |node: usize| label(&names[node], &uids[node]);
    for (index, node) in draft.nodes.iter().enumerate() {
        check(draft, index, node, &label)
            .map_err(|problem| PipelineError::Node { node: label(index), problem })?;
    }
    Ok(())
}

fn check<E>(
    draft: &Draft<E>,
    index: usize,
    node: &DraftNode<E>,
    label: &impl Fn(usize) -> String,
) -> Result<(), NodeProblem> {
    let most = node.max_parallelism.or(draft.environment.max_parallelism);
    if let Some(found) = most.filter(|most| *most > MOST_KEY_GROUPS) {
        return Err(NodeProblem::TooManyKeyGroups { most: MOST_KEY_GROUPS, found });
    }
    let parallelism = |node: &DraftNode<E>| node.parallelism.or(draft.environment.parallelism);
    if let (Some(parallelism), Some(most)) = (parallelism(node), most)
        && parallelism > most
    {
        return Err(NodeProblem::TooParallel { parallelism, most });
    }
    let NodeKind::Partition(partition) = &node.kind else { return Ok(()) };
    let (Some(input), true) = (node.inputs.first(), partition.kind() == Kind::Forward) else {
        return Ok(());
    };
    let readers = draft.nodes.iter().enumerate();
    for (to, reader) in readers.filter(|(_, reader)| reads(reader, index)) {
        let from = &draft.nodes[input.node];
        if let (Some(from_parallelism), Some(to_parallelism)) =
            (parallelism(from), parallelism(reader))
            && from_parallelism != to_parallelism
            && from.kind.runs()
            && reader.kind.runs()
        {
            let (from, to) = (label(input.node), label(to));
            return Err(NodeProblem::ForwardToOthers {
                from,
                from_parallelism,
                to,
                to_parallelism,
            });
        }
    }
    Ok(())
}

fn reads<E>(reader: &DraftNode<E>, node: usize) -> bool {
    reader.inputs.iter().any(|input| input.node == node)
}
