//! The parts of Beam's files, and of `standard_coders.yaml`.

use std::collections::HashMap;

use brookite_core::coder::Context;
use brookite_core::proto::CoderSpec;
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

/// A file that is not of the form of Beam's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct MalformedFile {
    line: usize,
    reason: String,
}

/// A node of the file, with its place.
pub(super) type Node<'y> = MarkedYaml<'y>;

/// One document of the file.
pub(super) struct Section {
    /// Where its examples are.
    pub(super) line: usize,
    pub(super) spec: CoderSpec,
    pub(super) non_deterministic: bool,
    pub(super) contexts: Vec<Context>,
    /// Encoded elements by token, for iterables whose rest is in Beam's state.
    pub(super) state: HashMap<Vec<u8>, Vec<u8>>,
    pub(super) examples: Vec<(Vec<u8>, Node<'static>)>,
}

type Read<T> = Result<T, MalformedFile>;

/// The YAML documents of a file.
pub(super) fn documents(text: &str) -> Read<Vec<Node<'static>>> {
    // The nodes borrow from a text that lives as long as the process: a tool reads one file.
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    MarkedYaml::load_from_str(text)
        .map_err(|error| MalformedFile { line: 0, reason: error.to_string() })
}

pub(super) fn read(text: &str) -> Read<Vec<Section>> {
    documents(text)?.iter().map(section).collect()
}

fn section(document: &Node<'static>) -> Read<Section> {
    let coder = required(document, "coder")?;
    let non_deterministic = match get(coder, "non_deterministic") {
        Some(node) => boolean(node)?,
        None => false,
    };
    let contexts = match get(document, "nested") {
        Some(node) if boolean(node)? => vec![Context::Nested],
        Some(_) => vec![Context::Outer],
        None => vec![Context::Outer, Context::Nested],
    };
    let mut state = HashMap::new();
    if let Some(node) = get(coder, "state") {
        for (token, elements) in entries(node)? {
            state.insert(text(token)?.as_bytes().to_vec(), bytes(elements)?);
        }
    }
    let examples = required(document, "examples")?;
    let line = examples.span.start.line();
    let examples = entries(examples)?
        .into_iter()
        .map(|(key, value)| Ok((bytes(key)?, value.clone())))
        .collect::<Read<_>>()?;
    Ok(Section { line, spec: spec(coder)?, non_deterministic, contexts, state, examples })
}

fn spec(coder: &Node<'_>) -> Read<CoderSpec> {
    let components = match get(coder, "components") {
        Some(node) => items(node)?.iter().map(spec).collect::<Read<_>>()?,
        None => Vec::new(),
    };
    let payload = get(coder, "payload").map_or(Ok(Vec::new()), bytes)?;
    Ok(CoderSpec { urn: text(required(coder, "urn")?)?.to_owned(), payload, components })
}

#[cold]
fn malformed(node: &Node<'_>, reason: impl Into<String>) -> MalformedFile {
    MalformedFile { line: node.span.start.line(), reason: reason.into() }
}

/// What stands under the name, if anything does.
pub(super) fn get<'n, 'y>(node: &'n Node<'y>, name: &str) -> Option<&'n Node<'y>> {
    let YamlData::Mapping(mapping) = &node.data else { return None };
    mapping.iter().find_map(|(key, value)| (text(key) == Ok(name)).then_some(value))
}

pub(super) fn required<'n, 'y>(node: &'n Node<'y>, name: &str) -> Read<&'n Node<'y>> {
    get(node, name).ok_or_else(|| malformed(node, format!("expected '{name}'")))
}

pub(super) fn entries<'n, 'y>(node: &'n Node<'y>) -> Read<Vec<(&'n Node<'y>, &'n Node<'y>)>> {
    match &node.data {
        YamlData::Mapping(mapping) => Ok(mapping.iter().collect()),
        _ => Err(malformed(node, "expected a mapping")),
    }
}

pub(super) fn items<'n, 'y>(node: &'n Node<'y>) -> Read<&'n [Node<'y>]> {
    match &node.data {
        YamlData::Sequence(items) => Ok(items),
        _ => Err(malformed(node, "expected a sequence")),
    }
}

pub(super) fn text<'n>(node: &'n Node<'_>) -> Read<&'n str> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => Ok(text),
        _ => Err(malformed(node, "expected text")),
    }
}

pub(super) fn integer(node: &Node<'_>) -> Read<i64> {
    match node.data {
        YamlData::Value(Scalar::Integer(integer)) => Ok(integer),
        _ => Err(malformed(node, "expected an integer")),
    }
}

pub(super) fn boolean(node: &Node<'_>) -> Read<bool> {
    match node.data {
        YamlData::Value(Scalar::Boolean(boolean)) => Ok(boolean),
        _ => Err(malformed(node, "expected a boolean")),
    }
}

pub(super) fn is_null(node: &Node<'_>) -> bool {
    matches!(node.data, YamlData::Value(Scalar::Null))
}

/// Bytes, each written as the character of that number.
fn bytes(node: &Node<'_>) -> Read<Vec<u8>> {
    let bytes: Result<_, _> =
        text(node)?.chars().map(|char| u8::try_from(u32::from(char))).collect();
    bytes.map_err(|_| malformed(node, "expected characters of one byte"))
}

/// A value that is of another form.
pub(super) fn unexpected(node: &Node<'_>, expected: &str) -> MalformedFile {
    malformed(node, format!("expected {expected}"))
}

impl From<MalformedFile> for String {
    fn from(malformed: MalformedFile) -> Self {
        malformed.to_string()
    }
}
