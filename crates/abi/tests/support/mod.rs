//! What the tests share: where the fixtures are, and stages of them.
#![allow(dead_code)] // Each test file uses its own part.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::PathBuf;
use std::sync::Arc;

use brookite_abi::host::Host;
use brookite_abi::proto::{DataType, Edge, Encoding, Primitive, StageSpec, Subtask, data_type};
use brookite_abi::{Failed, Library, LoadedStage};
use prost::Message as _;

/// The library of `tests/fixture-<name>`.
///
/// The fixtures are dev-dependencies of this crate, so Cargo has built them; it puts a dependency's
/// libraries into the directory that this test's own executable is in.
pub(crate) fn fixture(name: &str) -> PathBuf {
    let executable = std::env::current_exe().expect("a test has an executable");
    let crate_name = format!("fixture_{}", name.replace('-', "_"));
    let path = executable.with_file_name(format!("{DLL_PREFIX}{crate_name}{DLL_SUFFIX}"));
    assert!(path.is_file(), "'{}' was not built", path.display());
    path
}

/// The library of failing functions.
pub(crate) fn failing() -> Arc<Library> {
    Library::open(&fixture("failing")).expect("the fixture is a plugin")
}

/// A type that is never null, in the format that its stream uses between operators.
pub(crate) fn edge(primitive: Primitive) -> Option<Edge> {
    let kind = Some(data_type::Kind::Primitive(primitive as i32));
    let encoding = match primitive {
        Primitive::String => Encoding::Direct,
        _ => Encoding::Serializer,
    };
    Some(Edge { r#type: Some(DataType { nullable: false, kind }), encoding: encoding as i32 })
}

/// A stage of one function from text to text, as subtask 2 of 4.
pub(crate) fn spec(function: &str) -> StageSpec {
    StageSpec {
        stage: format!("stage of {function}"),
        functions: vec![function.to_owned()],
        input: edge(Primitive::String),
        output: edge(Primitive::String),
        subtask: Some(Subtask { index: 2, parallelism: 4, attempt: 1 }),
        ..StageSpec::default()
    }
}

/// A stage of one function from text to BIGINT, keyed by text.
pub(crate) fn keyed(function: &str) -> StageSpec {
    StageSpec { output: edge(Primitive::Bigint), key: edge(Primitive::String), ..spec(function) }
}

/// A stage of `count_or_fail`: text to BIGINT, keyed by text.
pub(crate) fn counting() -> StageSpec {
    keyed("count_or_fail")
}

/// Opens a stage of the failing library.
pub(crate) fn open(spec: &StageSpec, host: impl Host + 'static) -> Result<LoadedStage, Failed> {
    LoadedStage::open(&failing(), &spec.encode_to_vec(), Box::new(host))
}
