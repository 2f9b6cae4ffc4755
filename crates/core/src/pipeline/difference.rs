//! What two graphs differ in.

use std::collections::BTreeSet;

use crate::function::urn as function;
use crate::pipeline::fingerprint::canonical_payload;
use crate::pipeline::{NodeKind, urn};
use crate::proto::{self, Function, NodeInput, PipelineGraph, PipelineNode, key_by_node::By};
use crate::types::DataType;

impl PipelineGraph {
    /// What this graph differs in from that of the submitted job; `None` when their fingerprints are equal.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # fn lengths(p: &Pipeline) {}
    /// let here: Pipeline = Pipeline::new("demo");
    /// here.from_values(["to"]).map(|word| word.len() as i64).name("length").print();
    /// let there: Pipeline = Pipeline::new("demo");
    /// there.from_values(["to"]).map(|word| word.len() as f64).name("length").print();
    ///
    /// let difference = here.build()?.graph.difference(&there.build()?.graph);
    /// let expected = "node 'length' returns BIGINT NOT NULL, and the submitted job's returns DOUBLE NOT NULL";
    /// assert_eq!(difference.as_deref(), Some(expected));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn difference(&self, submitted: &Self) -> Option<String> {
        if self.make_fingerprint() == submitted.make_fingerprint() {
            return None;
        }
        let pairs = self.nodes.iter().zip(&submitted.nodes);
        let difference = versions(self, submitted)
            .or_else(|| missing(self, submitted))
            .or_else(|| {
                self.nodes.iter().find_map(|node| in_node(node, submitted.node(&node.uid)?))
            })
            .or_else(|| {
                let (here, there) = { pairs }.find(|(here, there)| here.uid != there.uid)?;
                Some(format!(
                    "node '{}' stands where the submitted job has node '{}'",
                    here.uid, there.uid
                ))
            })
            .or_else(|| in_stages(self, submitted));
        difference.or_else(|| Some("their fingerprints differ".to_owned()))
    }
}

fn versions(here: &PipelineGraph, there: &PipelineGraph) -> Option<String> {
    (here.version != there.version).then(|| {
        format!(
            "the graph has version {}, and the submitted job's has version {}",
            here.version, there.version
        )
    })
}

fn missing(here: &PipelineGraph, there: &PipelineGraph) -> Option<String> {
    let uids = |graph: &PipelineGraph| -> BTreeSet<String> {
        graph.nodes.iter().map(|node| node.uid.clone()).collect()
    };
    let (here_uids, there_uids) = (uids(here), uids(there));
    let what = |graph: &PipelineGraph, uid: &str| graph.node(uid).map_or(String::new(), what);
    let new = here_uids.difference(&there_uids).next();
    let gone = there_uids.difference(&here_uids).next();
    let gone = gone.map(|uid| format!("node '{uid}', {}, which is missing", what(there, uid)));
    match (new, gone) {
        (Some(new), Some(gone)) => Some(format!(
            "there is a node '{new}', {}, that the submitted job does not have; that job has {gone}",
            what(here, new)
        )),
        (Some(new), None) => Some(format!(
            "there is a node '{new}', {}, that the submitted job does not have",
            what(here, new)
        )),
        (None, Some(gone)) => Some(format!("the submitted job has {gone}")),
        (None, None) => None,
    }
}

/// What kind of node it is, for people.
pub(crate) fn what(node: &PipelineNode) -> String {
    let short = |urn: &str| urn.rsplit(':').nth(1).unwrap_or(urn).replace('_', " ");
    match NodeKind::decode(&node.urn, &node.payload) {
        Some(Ok(NodeKind::Function(function))) => {
            let kind = function.function.map_or(String::new(), |function| function.kind);
            format!("a function ({})", short(&kind))
        }
        _ => format!("of kind {}", short(&node.urn)),
    }
}

fn in_node(here: &PipelineNode, there: &PipelineNode) -> Option<String> {
    let uid = &here.uid;
    if what(here) != what(there) {
        return Some(differs(uid, "is", &what(here), &what(there)));
    }
    if here.inputs != there.inputs {
        let (here, there) = (inputs(&here.inputs), inputs(&there.inputs));
        return Some(differs(uid, "reads from", &here, &there));
    }
    let verb = if here.urn == urn::FUNCTION { "returns" } else { "emits" };
    if let Some(difference) = in_type(uid, verb, here.output.as_ref(), there.output.as_ref()) {
        return Some(difference);
    }
    if canonical_payload(here) == canonical_payload(there) {
        return None;
    }
    let kinds = (here.kind().ok(), there.kind().ok());
    let difference = match &kinds {
        (Some(here), Some(there)) => in_kind(uid, here, there),
        _ => None,
    };
    difference.or_else(|| {
        Some(format!("node '{uid}', {}, has other settings than the submitted job's", what(here)))
    })
}

fn in_kind(uid: &str, here: &NodeKind, there: &NodeKind) -> Option<String> {
    if let (Some(here), Some(there)) = (here.function(), there.function())
        && let Some(difference) = in_function(uid, here, there)
    {
        return Some(difference);
    }
    match (here, there) {
        (NodeKind::Function(here), NodeKind::Function(there)) => {
            if here.windowing != there.windowing
                || here.windows_keep_last != there.windows_keep_last
            {
                return Some(format!("node '{uid}' has other windows than the submitted job's"));
            }
            if here.interval != there.interval {
                return Some(format!(
                    "node '{uid}' joins another interval than the submitted job's"
                ));
            }
            let late = |name: &str| if name.is_empty() { "nowhere" } else { name }.to_owned();
            (here.late_output != there.late_output).then(|| {
                let (here, there) = (late(&here.late_output), late(&there.late_output));
                differs(uid, "sends late records to", &here, &there)
            })
        }
        (NodeKind::KeyBy(here), NodeKind::KeyBy(there)) => {
            let by = |by: &Option<By>| match by {
                Some(By::Field(field)) => format!("field '{field}'"),
                Some(By::Selector(_)) => "a closure".to_owned(),
                Some(By::Identity(_)) => "the record".to_owned(),
                None => "nothing".to_owned(),
            };
            in_type(uid, "has keys of type", here.key.as_ref(), there.key.as_ref()).or_else(|| {
                (here.by != there.by)
                    .then(|| differs(uid, "keys by", &by(&here.by), &by(&there.by)))
            })
        }
        (NodeKind::ConnectorSource(here), NodeKind::ConnectorSource(there))
        | (NodeKind::ConnectorSink(here), NodeKind::ConnectorSink(there)) => {
            if here.connector != there.connector {
                return Some(differs(uid, "uses connector", &here.connector, &there.connector));
            }
            // Values may be secrets: only the key is told.
            let keys = here.options.keys().chain(there.options.keys());
            let mut differing =
                keys.filter(|key| here.options.get(*key) != there.options.get(*key));
            let key = differing.next()?;
            Some(format!(
                "node '{uid}' has another value of option '{key}' than the submitted job's"
            ))
        }
        _ => None,
    }
}

fn in_function(uid: &str, here: &Function, there: &Function) -> Option<String> {
    if here.kind != there.kind {
        return Some(differs(uid, "has a function of kind", &here.kind, &there.kind));
    }
    let key =
        if here.kind == function::PROCESS_WINDOW { "has windows of key" } else { "has keys of" };
    in_type(uid, "takes", here.input.as_ref(), there.input.as_ref())
        .or_else(|| {
            let (here, there) = (here.second_input.as_ref(), there.second_input.as_ref());
            in_type(uid, "takes as second input", here, there)
        })
        .or_else(|| in_type(uid, key, here.key.as_ref(), there.key.as_ref()))
        .or_else(|| in_type(uid, "returns", here.output.as_ref(), there.output.as_ref()))
        .or_else(|| {
            let names = |function: &Function| {
                let names: Vec<_> =
                    function.side_outputs.iter().map(|output| output.name.as_str()).collect();
                if names.is_empty() { "none".to_owned() } else { names.join(", ") }
            };
            (here.side_outputs != there.side_outputs)
                .then(|| differs(uid, "has side outputs", &names(here), &names(there)))
        })
}

fn in_type(
    uid: &str,
    verb: &str,
    here: Option<&proto::DataType>,
    there: Option<&proto::DataType>,
) -> Option<String> {
    let spell = |data_type: Option<&proto::DataType>| match data_type.map(DataType::try_from) {
        Some(Ok(data_type)) => data_type.to_string(),
        Some(Err(_)) => "an unknown type".to_owned(),
        None => "nothing".to_owned(),
    };
    (here != there).then(|| differs(uid, verb, &spell(here), &spell(there)))
}

fn in_stages(here: &PipelineGraph, there: &PipelineGraph) -> Option<String> {
    let list = |nodes: &[String]| nodes.join(" -> ");
    let stage = here.stages.iter().find(|stage| {
        !there.stages.iter().any(|other| other.uid == stage.uid && other.nodes == stage.nodes)
    })?;
    let first = stage.nodes.first()?;
    let other = there.stage_of(first)?;
    Some(if stage.nodes == other.nodes {
        format!(
            "stage {} has the uid '{}', and the submitted job's has '{}'",
            list(&stage.nodes),
            stage.uid,
            other.uid
        )
    } else {
        format!(
            "the nodes {} run as one stage, and in the submitted job {} do",
            list(&stage.nodes),
            list(&other.nodes)
        )
    })
}

fn inputs(inputs: &[NodeInput]) -> String {
    let input = |input: &NodeInput| {
        if input.side_output.is_empty() {
            format!("'{}'", input.node)
        } else {
            format!("side output '{}' of '{}'", input.side_output, input.node)
        }
    };
    let inputs: Vec<_> = inputs.iter().map(input).collect();
    if inputs.is_empty() { "nothing".to_owned() } else { inputs.join(" and ") }
}

fn differs(uid: &str, verb: &str, here: &str, there: &str) -> String {
    format!("node '{uid}' {verb} {here}, and the submitted job's {verb} {there}")
}
