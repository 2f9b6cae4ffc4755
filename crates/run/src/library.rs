//! The library of a pipeline's functions, which Cargo builds together with the program that runs here.

use std::env;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use brookite_abi::Library;
use brookite_client::package::Platform;
use brookite_core::proto::PipelineGraph;
use brookite_executor::PipelineEntry;

use crate::error::RunError;

/// Finds the library that has the pipeline, and has it build the pipeline, which must be the program's.
pub(crate) fn find(
    given: Option<&Path>,
    entry: &PipelineEntry,
    graph: &PipelineGraph,
) -> Result<PathBuf, RunError> {
    let named =
        given.map(Path::to_owned).or_else(|| env::var_os("BROOKITE_LIBRARY").map(Into::into));
    let file = match named {
        Some(file) => file,
        None => beside_the_program(entry)?,
    };
    check(&file, graph)?;
    Ok(file)
}

fn beside_the_program(entry: &PipelineEntry) -> Result<PathBuf, RunError> {
    let file = Platform::of_this_machine().file_name(crate_of(entry));
    let program = env::current_exe().unwrap_or_default();
    // Tests and examples are in folders of their own, below the one with libraries.
    let folders = program.ancestors().skip(1).take(2);
    let places: Vec<_> =
        folders.flat_map(|folder| [folder.join(&file), folder.join("deps").join(&file)]).collect();
    newest(&places).ok_or_else(|| {
        let advice = if env!("CARGO_CRATE_NAME") == crate_of(entry) || is_program(entry, &program) {
            "the pipeline is in the program itself; move it to a library (src/lib.rs with `[lib] crate-type = \
             [\"cdylib\", \"rlib\"]` in Cargo.toml and `brookite::export!()`)"
        } else {
            "its Cargo.toml needs `[lib] crate-type = [\"cdylib\", \"rlib\"]`, and `cargo build` makes it; or \
             name the file with BROOKITE_LIBRARY"
        };
        RunError::NoLibrary { file, pipeline: entry.name().to_owned(), advice, looked: places }
    })
}

/// The crate where `#[pipeline]` stands, and so the library's name.
fn crate_of(entry: &PipelineEntry) -> &'static str {
    entry.module().split("::").next().unwrap_or_default()
}

fn is_program(entry: &PipelineEntry, program: &Path) -> bool {
    let name = program.file_stem().unwrap_or_default().to_string_lossy().replace('-', "_");
    name == crate_of(entry)
}

/// Cargo leaves a library that only a program needs in `deps`, and one that was asked for above it, too: the
/// newest is the one that was built last.
fn newest(places: &[PathBuf]) -> Option<PathBuf> {
    let built = |place: &PathBuf| place.metadata().and_then(|file| file.modified()).ok();
    let files = places.iter().filter(|place| place.is_file());
    files.max_by_key(|place| built(place).unwrap_or(SystemTime::UNIX_EPOCH)).cloned()
}

/// Has the library build the pipeline again, as Flink's tasks will do.
fn check(file: &Path, graph: &PipelineGraph) -> Result<(), RunError> {
    let library = Library::open(file)?;
    let Some(call) = &graph.origin else { return Ok(()) };
    let other =
        |difference: String| RunError::OtherLibrary { library: file.to_owned(), difference };
    let built = library
        .pipeline(&call.pipeline, &call.arguments)
        .map_err(|failure| other(failure.message))?;
    if built.fingerprint == graph.fingerprint {
        return Ok(());
    }
    Err(other(graph.difference(&built).unwrap_or_else(|| "their graphs differ".to_owned())))
}
