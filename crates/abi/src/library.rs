//! [`Library`]: a plugin's file, opened and found to be one.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::Arc;

use brookite_core::proto::{FailureKind, Manifest, PipelineCall, PipelineGraph};
use brookite_executor::Failed;
use libloading::os::unix::{Library as Handle, RTLD_LOCAL, RTLD_NOW};
use prost::Message as _;

use crate::load_error::LoadError;
use crate::report;
use crate::slice::ByteSlice;
use crate::table::{ABI_VERSION, MAGIC, PluginTable, SYMBOL, Status, TableHeader};

/// A plugin that matches this build's [`ABI_VERSION`], ready to open stages.
///
/// Once opened it is never unloaded. A thread that the user's code has started, or the destructor
/// of a thread-local value, may run long after the last stage is gone, and would run unmapped code.
/// Opening the same file again costs nothing: the system's loader counts references and hands out
/// the same image.
pub struct Library {
    path: PathBuf,
    table: &'static PluginTable,
    manifest: &'static [u8],
}

impl Library {
    /// Opens the plugin at `path`.
    ///
    /// # Errors
    ///
    /// Each way in which a file can fail to be a usable plugin is its own [`LoadError`].
    pub fn open(path: &Path) -> Result<Arc<Self>, LoadError> {
        let unreadable = |reason: String| LoadError::Unreadable { path: path.to_owned(), reason };
        // Resolved first: the system's loader would search its own directories for a bare name.
        let file = fs::canonicalize(path).map_err(|error| unreadable(error.to_string()))?;
        let handle =
            open_handle(file.as_os_str()).map_err(|error| unreadable(reason_of(&error)))?;

        let not_a_plugin = |reason| LoadError::NotAPlugin { path: path.to_owned(), reason };
        // SAFETY: the symbol is only asked for its address here.
        let table = match unsafe { handle.get::<*const PluginTable>(SYMBOL) } {
            Ok(symbol) => *symbol,
            Err(_) => return Err(not_a_plugin(format!("it does not export {SYMBOL:?}"))),
        };
        if table.is_null() || !table.is_aligned() {
            return Err(not_a_plugin(format!("its {SYMBOL:?} is no table")));
        }
        // SAFETY: the address is good, and whoever exports this symbol exports at least the header,
        // which is the same in all versions.
        check(path, unsafe { table.cast::<TableHeader>().read() })?;

        // From here on the library stays; see the type's documentation.
        mem::forget(handle);
        // SAFETY: magic, version and size are this build's own, so this is a `PluginTable`; it is a
        // static of the library, and so lives for ever.
        let table = unsafe { &*table };
        let manifest = read_manifest(path, table)?;
        Ok(Arc::new(Self { path: path.to_owned(), table, manifest }))
    }

    /// The path that it was opened by.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The encoded [`Manifest`], as the plugin gives it.
    pub fn manifest(&self) -> &[u8] {
        self.manifest
    }

    /// The manifest.
    ///
    /// # Errors
    ///
    /// [`LoadError::MalformedManifest`] when the plugin's bytes are no manifest.
    pub fn decoded_manifest(&self) -> Result<Manifest, LoadError> {
        Manifest::decode(self.manifest)
            .map_err(|source| LoadError::MalformedManifest { path: self.path.clone(), source })
    }

    /// The graph of a pipeline that the library builds from these arguments. That runs the user's
    /// program, on the calling thread.
    ///
    /// # Errors
    ///
    /// When the library has no such pipeline, and when the program fails or panics; as of
    /// `Registry::pipeline`.
    pub fn pipeline(&self, name: &str, arguments: &[String]) -> Result<PipelineGraph, Failed> {
        let call = PipelineCall { pipeline: name.to_owned(), arguments: arguments.to_vec() };
        let (mut instance, mut graph) = (ptr::null_mut(), ByteSlice::EMPTY);
        // SAFETY: the table was checked, the call outlives this one, and the rest may be written to.
        let status = unsafe {
            (self.table.describe_pipeline)(
                ByteSlice::of(&call.encode_to_vec()),
                &raw mut instance,
                &raw mut graph,
            )
        };
        if instance.is_null() {
            let message = format!("plugin '{}' described nothing", self.path.display());
            return Err(report::failure(FailureKind::Bridge, "pipeline", message));
        }
        // SAFETY: graph or report are lent until the instance is released, which is below.
        let bytes = unsafe { graph.as_bytes() };
        let described = if status == Status::OK {
            PipelineGraph::decode(bytes).map_err(|error| {
                let message = format!(
                    "plugin '{}' described pipeline '{name}' by a malformed graph: {error}",
                    self.path.display()
                );
                report::failure(FailureKind::Bridge, "pipeline", message)
            })
        } else {
            Err(report::decode(bytes, "pipeline"))
        };
        // SAFETY: the instance is the one of the call above, and this is its one release.
        unsafe { (self.table.release)(instance) };
        described
    }

    pub(crate) fn table(&self) -> &'static PluginTable {
        self.table
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("path", &self.path).finish_non_exhaustive()
    }
}

fn open_handle(file: &OsStr) -> Result<Handle, libloading::Error> {
    // All symbols are resolved now, so that a missing one is an error here instead of the end of the
    // process at the first call; and none becomes visible to other libraries.
    // SAFETY: opening a library runs its initialisers. That is what the user asked for by naming
    // the file; nothing of this process depends on what they do.
    unsafe { Handle::open(Some(file), RTLD_NOW | RTLD_LOCAL) }
}

/// What the system's loader says, without libloading's own words around it.
fn reason_of(error: &libloading::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// Whether a table with this header is one that this build understands.
fn check(path: &Path, header: TableHeader) -> Result<(), LoadError> {
    let path = path.to_owned();
    let expected_size = size_of::<PluginTable>() as u32;
    if header.magic != MAGIC {
        let reason = format!(
            "its {SYMBOL:?} starts with {:#018x}, expected the magic number {MAGIC:#018x}",
            header.magic
        );
        Err(LoadError::NotAPlugin { path, reason })
    } else if header.abi_version != ABI_VERSION {
        Err(LoadError::AbiMismatch { path, expected: ABI_VERSION, found: header.abi_version })
    } else if header.table_size != expected_size {
        Err(LoadError::TableSize { path, expected: expected_size, found: header.table_size })
    } else {
        Ok(())
    }
}

fn read_manifest(path: &Path, table: &'static PluginTable) -> Result<&'static [u8], LoadError> {
    let mut bytes = ByteSlice::EMPTY;
    // SAFETY: the table was checked, and the slice may be written to.
    let status = unsafe { (table.manifest)(&raw mut bytes) };
    // SAFETY: manifest or report are lent for as long as the library is loaded, so for ever.
    let bytes = unsafe { bytes.as_bytes() };
    if status == Status::OK {
        Ok(bytes)
    } else {
        let failure = report::decode(bytes, "load");
        Err(LoadError::NoManifest { path: path.to_owned(), failure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: TableHeader = TableHeader {
        magic: MAGIC,
        abi_version: ABI_VERSION,
        table_size: size_of::<PluginTable>() as u32,
    };

    fn message(header: TableHeader) -> String {
        check(Path::new("/lib/libx.so"), header).unwrap_err().to_string()
    }

    #[test]
    fn this_builds_own_header_passes() {
        assert!(check(Path::new("/lib/libx.so"), GOOD).is_ok());
    }

    #[test]
    fn another_magic_number_is_no_plugin() {
        assert_eq!(
            message(TableHeader { magic: 7, ..GOOD }),
            "'/lib/libx.so' is a library, but no Brookite plugin: its \"BROOKITE_PLUGIN\" starts with \
             0x0000000000000007, expected the magic number 0x4554494b4f4f5242"
        );
    }

    #[test]
    fn a_size_that_does_not_go_with_the_version_is_refused() {
        assert_eq!(
            message(TableHeader { table_size: 16, ..GOOD }),
            format!(
                "plugin '/lib/libx.so' claims ABI version {ABI_VERSION}, but its table has 16 bytes, \
                 expected {}; it was built from sources of an unreleased version",
                GOOD.table_size
            )
        );
    }
}
