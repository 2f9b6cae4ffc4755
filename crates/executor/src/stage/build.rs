//! Building a stage: finding its functions, checking that they fit, and linking them.

mod by_time;
mod sides;

use brookite_core::coder::Encoding;
use brookite_core::function::Subtask;
use brookite_core::proto::{Edge, Failure, FailureKind, StageSpec};
use brookite_core::types::DataType;

use crate::cache::CacheBounds;
use crate::effects::Effects;
use crate::failure::{Cause, Failed, failure};
use crate::guard;
use crate::metrics::Metrics;
use crate::node::{Edges, PushBytes, Windowed};
use crate::registry::{FunctionEntry, Registry};
use crate::stage::{Stage, Status};
use crate::states::States;

use by_time::Head;
use sides::sides;

/// What is wrong with a request, before it is known whose it is.
type Refusal = Failed;

impl Stage {
    /// Finds the functions, checks that they fit each other and the stream, and makes them.
    ///
    /// If they are a pipeline's, the pipeline is built again first, and checked to be the one of the
    /// submitted job. That is remembered for the next stage.
    ///
    /// # Errors
    /// Of kind [`FailureKind::UnknownPipeline`] when there is no such pipeline, and
    /// [`FailureKind::InvalidStage`], in the phase "open", when it is another one. Then:
    /// Of kind [`FailureKind::UnknownFunction`] when there is no such function,
    /// [`FailureKind::SchemaMismatch`] when the stream's types are not the functions', and
    /// [`FailureKind::InvalidStage`] when the functions cannot stand in that order or the request makes
    /// no sense.
    pub fn build(registry: &Registry<'_>, spec: StageSpec) -> Result<Stage, Failed> {
        let built = match &spec.pipeline {
            None => Self::try_build(registry, &spec),
            Some(part) => registry
                .rebuilt(part)
                .and_then(|functions| Self::try_build(&registry.of_pipeline(&functions), &spec)),
        };
        built.map_err(|refusal| {
            let phase = if refusal.phase.is_empty() { "build" } else { &refusal.phase }.to_owned();
            let stage = spec.stage;
            Box::new(Failure { phase, stage, subtask: spec.subtask, ..*refusal })
        })
    }

    fn try_build(registry: &Registry<'_>, spec: &StageSpec) -> Result<Stage, Refusal> {
        let functions: Vec<_> =
            spec.functions.iter().map(|name| find(registry, name)).collect::<Result<_, _>>()?;
        let (Some(first), Some(last)) = (functions.first(), functions.last()) else {
            return Err(invalid("expected at least one function, found none"));
        };
        check_chain(&functions)?;
        let edges = Edges {
            input: edge("input", spec.input.as_ref(), first, &first.input())?,
            second_input: second_input(spec, first)?,
            output: edge("output", spec.output.as_ref(), last, &last.output())?,
            key: key(spec, &functions)?,
        };
        let sides = sides(spec, &functions)?;
        let head = by_time::head(registry, spec, &functions)?;
        let windows = matches!(head, Head::Windows(..));
        let names = functions.iter().map(|function| function.name().into()).collect();
        let entry = link(&functions, edges, &head)?;

        let bounds = CacheBounds::of(spec.state_cache_entries, spec.state_cache_bytes);
        let subtask = spec.subtask.unwrap_or_default();
        Ok(Stage {
            name: spec.stage.clone(),
            subtask: Subtask {
                index: subtask.index,
                parallelism: subtask.parallelism,
                attempt: subtask.attempt,
            },
            entry,
            status: Status::Built,
            effects: Effects::new(names, sides),
            states: States::new(edges.key.map(|_| bounds), spec.store_is_empty),
            inputs: if edges.second_input.is_some() { 2 } else { 1 },
            windows,
            second_has_keys: edges.key.is_some() && !first.is_broadcast(),
            metrics: Metrics::default(),
            host: None,
            out: Vec::new(),
        })
    }
}

/// Makes the functions and links them.
fn link(
    functions: &[&FunctionEntry],
    edges: Edges,
    head: &Head,
) -> Result<Box<dyn PushBytes>, Refusal> {
    let unencodable = |what: &str, function: &FunctionEntry| {
        invalid(format!("the {what} of function '{}' has no such encoding", function.name()))
    };
    let [first, behind @ ..] = functions else {
        return Err(invalid("expected at least one function, found none"));
    };
    let mut chain = match behind.last() {
        Some(last) => Some(last.emit(edges).ok_or_else(|| unencodable("output", last))?),
        None => None,
    };
    for (index, function) in behind.iter().enumerate().rev() {
        let linked = make(function, || function.link(function.place(index + 1, edges), chain?))?;
        chain = Some(linked.ok_or_else(|| unencodable("input", function))?);
    }
    let place = first.place(0, edges);
    let made = make(first, || match (head, chain) {
        (Head::Windows(make, windowing), next) => make(Windowed { place, windowing, next }),
        (Head::Interval(make, bounds), next) => make(place, *bounds, next),
        (Head::Plain, Some(next)) => first.head(place, next),
        (Head::Plain, None) => first.single(place),
    })?;
    made.ok_or_else(|| unencodable("input, output or key", first))
}

/// Making a function is user code.
fn make<R>(function: &FunctionEntry, made: impl FnOnce() -> R) -> Result<R, Refusal> {
    guard::catch(made).map_err(|caught| {
        let function = function.name().to_owned();
        Box::new(Failure { function, ..*Cause::Panic(caught).into_failure() }) as Refusal
    })
}

fn refusal(kind: FailureKind, message: impl Into<String>) -> Refusal {
    Box::new(failure(kind, message))
}

fn invalid(message: impl Into<String>) -> Refusal {
    refusal(FailureKind::InvalidStage, message)
}

fn find<'f>(registry: &Registry<'f>, name: &str) -> Result<&'f FunctionEntry, Refusal> {
    if registry.is_ambiguous(name) {
        return Err(invalid(format!("the library has several functions named '{name}'")));
    }
    registry.find(name).ok_or_else(|| {
        let known = registry.names().collect::<Vec<_>>().join(", ");
        let known = if known.is_empty() { "none" } else { &known };
        let message = format!("expected a function of this library ({known}), found '{name}'");
        refusal(FailureKind::UnknownFunction, message)
    })
}

/// Each function takes what the one before it returns, and only the first has keys or two inputs.
fn check_chain(functions: &[&FunctionEntry]) -> Result<(), Refusal> {
    for pair in functions.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        if let Some(reason) = after.must_be_first() {
            return Err(invalid(format!(
                "function '{}' {reason} and can only be the first of its stage, not after '{}'",
                after.name(),
                before.name()
            )));
        }
        if let Some(difference) = after.input().difference(&before.output()) {
            return Err(invalid(format!(
                "function '{}' does not take what function '{}' returns: {difference}",
                after.name(),
                before.name()
            )));
        }
    }
    Ok(())
}

/// The encoding of the keys, if the stream has any.
fn key(spec: &StageSpec, functions: &[&FunctionEntry]) -> Result<Option<Encoding>, Refusal> {
    // A function of windows may have its keys behind an aggregating one, which asks for none.
    let keyed = functions.iter().find_map(|function| Some((function, function.key()?)));
    match (keyed, &spec.key) {
        (Some((function, key)), Some(found)) => edge("key", Some(found), function, &key).map(Some),
        // A function that asks for no key does not mind one, and may have state for each.
        (None, Some(found)) => encoding("key", found).map(Some),
        (None, None) => Ok(None),
        (Some((function, key)), None) => {
            let message = format!(
                "function '{}' expects a stream keyed by {key}, found a stream without keys",
                function.name()
            );
            Err(refusal(FailureKind::SchemaMismatch, message))
        }
    }
}

/// The encoding of the second input, if the function has one.
fn second_input(spec: &StageSpec, first: &FunctionEntry) -> Result<Option<Encoding>, Refusal> {
    match (first.second_input(), &spec.second_input) {
        (Some(second), Some(found)) => edge("second input", Some(found), first, &second).map(Some),
        (None, None) => Ok(None),
        (Some(second), None) => Err(invalid(format!(
            "function '{}' has two inputs, found one: connect the stream with another one of {second}",
            first.name()
        ))),
        (None, Some(_)) => Err(invalid(format!(
            "function '{}' has one input, found two connected streams: call a function of two inputs, \
             such as a CoMapFunction or a KeyedCoProcessFunction",
            first.name()
        ))),
    }
}

/// The encoding of an edge whose type must be the function's.
fn edge(
    what: &str,
    edge: Option<&Edge>,
    function: &FunctionEntry,
    expected: &DataType,
) -> Result<Encoding, Refusal> {
    let Some(edge) = edge else {
        return Err(invalid(format!("the {what} edge is missing")));
    };
    let found = type_of(what, edge)?;
    if let Some(difference) = expected.difference(&found) {
        let message = format!(
            "the stream does not fit the {what} of function '{}': {difference}",
            function.name()
        );
        return Err(refusal(FailureKind::SchemaMismatch, message));
    }
    encoding(what, edge)
}

fn type_of(what: &str, edge: &Edge) -> Result<DataType, Refusal> {
    let found = edge.r#type.as_ref().ok_or_else(|| invalid(format!("the {what} has no type")))?;
    DataType::try_from(found)
        .map_err(|error| invalid(format!("the {what} has no proper type: {error}")))
}

fn encoding(what: &str, edge: &Edge) -> Result<Encoding, Refusal> {
    Encoding::from_proto(edge.encoding())
        .ok_or_else(|| invalid(format!("the {what} has an unknown encoding {}", edge.encoding)))
}
