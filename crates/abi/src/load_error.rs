//! [`LoadError`]: why a file cannot be used as a plugin.

use std::path::{Path, PathBuf};

use brookite_core::proto::{Failure, FailureKind};
use brookite_executor::Failed;

use crate::report;

/// Why a file cannot be used as a plugin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file is missing, or is no library that this platform can open. The reason is the
    /// system's own: a missing file, another processor, a library that it needs and that is not there.
    #[error("cannot open '{path}' as a library: {reason}")]
    Unreadable {
        /// The file, as it was named.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// The file is a library that exports no Brookite table.
    #[error("'{path}' is a library, but no Brookite plugin: {reason}")]
    NotAPlugin {
        /// The file, as it was named.
        path: PathBuf,
        /// What is missing or different.
        reason: String,
    },
    /// The plugin was built against another version of the table.
    #[error(
        "plugin '{path}' was built for ABI version {found}, expected version {expected}; \
         rebuild it with the version of Brookite that the job uses"
    )]
    AbiMismatch {
        /// The file, as it was named.
        path: PathBuf,
        /// The version of this build.
        expected: u32,
        /// The version that the plugin claims.
        found: u32,
    },
    /// The plugin claims the right version, yet its table has another size.
    #[error(
        "plugin '{path}' claims ABI version {version}, but its table has {found} bytes, \
         expected {expected}; it was built from sources of an unreleased version",
        version = crate::table::ABI_VERSION
    )]
    TableSize {
        /// The file, as it was named.
        path: PathBuf,
        /// Size of this build's table in bytes.
        expected: u32,
        /// The size that the plugin claims.
        found: u32,
    },
    /// The plugin failed to describe itself.
    #[error("plugin '{path}' has no manifest: {message}", message = failure.message)]
    NoManifest {
        /// The file, as it was named.
        path: PathBuf,
        /// The plugin's own report.
        failure: Failed,
    },
    /// The plugin's description is no manifest.
    #[error("the manifest of plugin '{path}' is malformed: {source}")]
    MalformedManifest {
        /// The file, as it was named.
        path: PathBuf,
        /// What protobuf found.
        source: prost::DecodeError,
    },
}

impl LoadError {
    /// The file, as it was named.
    pub fn path(&self) -> &Path {
        match self {
            Self::Unreadable { path, .. }
            | Self::NotAPlugin { path, .. }
            | Self::AbiMismatch { path, .. }
            | Self::TableSize { path, .. }
            | Self::NoManifest { path, .. }
            | Self::MalformedManifest { path, .. } => path,
        }
    }

    /// The kind under which the error is reported.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::Unreadable { .. } => FailureKind::LibraryUnreadable,
            Self::AbiMismatch { .. } | Self::TableSize { .. } => FailureKind::AbiMismatch,
            Self::NotAPlugin { .. } | Self::MalformedManifest { .. } => FailureKind::NotAPlugin,
            Self::NoManifest { failure, .. } => failure.kind(),
        }
    }
}

impl From<LoadError> for Failed {
    fn from(error: LoadError) -> Self {
        let outer = report::failure(error.kind(), "load", error.to_string());
        match error {
            LoadError::NoManifest { failure, .. } => {
                Box::new(Failure { message: outer.message, phase: outer.phase, ..*failure })
            }
            _ => outer,
        }
    }
}
