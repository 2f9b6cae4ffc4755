//! Which side outputs the functions declare, and which of them the job takes.

use std::collections::BTreeMap;

use brookite_core::coder::Encoding;
use brookite_core::function::SideOutput;
use brookite_core::proto::{Edge, FailureKind, StageSpec};

use crate::effects::{Sides, Taken};
use crate::registry::FunctionEntry;
use crate::stage::build::{Refusal, encoding, invalid, refusal, type_of};

/// Checks that functions which share a name share its type, and that the job takes what there is.
pub(super) fn sides(spec: &StageSpec, functions: &[&FunctionEntry]) -> Result<Sides, Refusal> {
    let mut sides = Sides::default();
    let mut known: BTreeMap<&str, (SideOutput, &FunctionEntry)> = BTreeMap::new();
    for (index, function) in functions.iter().enumerate() {
        for output in function.side_outputs().iter() {
            let (first, declared_by) = known.entry(output.name()).or_insert((*output, function));
            if let Some(difference) = first.data_type().difference(&output.data_type()) {
                return Err(invalid(format!(
                    "function '{}' declares side output '{}' with another type than function '{}': \
                     {difference}",
                    function.name(),
                    output.name(),
                    declared_by.name()
                )));
            }
            sides.declare(index, *output, taken(spec, function, output)?);
        }
    }
    for wanted in &spec.side_outputs {
        if !known.contains_key(wanted.name.as_str()) && wanted.name != spec.late_output {
            let names = known.keys().copied().collect::<Vec<_>>().join(", ");
            let names = if names.is_empty() { "none" } else { &names };
            return Err(invalid(format!(
                "expected a side output that a function of the stage declares ({names}), found '{}'",
                wanted.name
            )));
        }
    }
    Ok(sides)
}

fn taken(
    spec: &StageSpec,
    function: &FunctionEntry,
    output: &SideOutput,
) -> Result<Option<Taken>, Refusal> {
    let mut numbered = (0..).zip(&spec.side_outputs);
    let Some((index, wanted)) = numbered.find(|(_, wanted)| wanted.name == output.name()) else {
        return Ok(None);
    };
    let what = format!("side output '{}'", output.name());
    let edge = wanted.edge.as_ref().ok_or_else(|| invalid(format!("{what} has no edge")))?;
    let encoding = of_type(&what, edge, function, output)?;
    Ok(Some(Taken { index, encoding }))
}

fn of_type(
    what: &str,
    edge: &Edge,
    function: &FunctionEntry,
    output: &SideOutput,
) -> Result<Encoding, Refusal> {
    if let Some(difference) = output.data_type().difference(&type_of(what, edge)?) {
        let message =
            format!("the job does not fit {what} of function '{}': {difference}", function.name());
        return Err(refusal(FailureKind::SchemaMismatch, message));
    }
    let encoding = encoding(what, edge)?;
    if output.has_encoding(encoding) {
        return Ok(encoding);
    }
    Err(invalid(format!("{what} of function '{}' has no such encoding", function.name())))
}
