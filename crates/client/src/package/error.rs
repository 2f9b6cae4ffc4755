//! Why a jar cannot be made.

use std::io;
use std::path::PathBuf;

use crate::package::Platform;

/// Why a jar cannot be made of its parts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// A part cannot be read.
    #[error("cannot read '{}': {source}", .path.display())]
    Unreadable {
        /// The part.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The jar cannot be written.
    #[error("cannot write '{}': {source}", .path.display())]
    Unwritable {
        /// The jar.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The wrapper's jar is none.
    #[error("'{}' is no jar: {reason}; expected brookite-flink-<version>.jar", .path.display())]
    NotAJar {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A connector is no jar.
    #[error("the connector '{}' is no jar: {reason}", .path.display())]
    NotAConnector {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Two connectors have one file name.
    #[error("there are two connectors named '{name}'; expected one of them")]
    TwoConnectors {
        /// The file's name.
        name: String,
    },
    /// The jar would lack the class that Flink is to run.
    #[error(
        "'{}' has no class {class}; expected the jar of Brookite's wrapper, of the version of this tool",
        .jar.display()
    )]
    NoMainClass {
        /// The wrapper's jar.
        jar: PathBuf,
        /// The class.
        class: String,
    },
    /// A file is no library that can be loaded.
    #[error("'{}' is no dynamic library: {reason}", .path.display())]
    NotALibrary {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        reason: String,
    },
    /// A library was built for another platform than it was given for.
    #[error(
        "the library '{}' is for {found}, expected one for {expected}; build it with `cargo build --release \
         --target {}`",
        .path.display(),
        .expected.rust_target()
    )]
    WrongPlatform {
        /// The library.
        path: PathBuf,
        /// What it should be for.
        expected: Platform,
        /// What it is for.
        found: Platform,
    },
    /// A library has no functions for Brookite.
    #[error(
        "the library '{}' does not export {symbol}; its crate needs `crate-type = [\"cdylib\"]` and the line \
         `brookite::export!();`",
        .path.display()
    )]
    NotAPlugin {
        /// The library.
        path: PathBuf,
        /// What it lacks.
        symbol: &'static str,
    },
    /// A library's file is not named as one of its platform is.
    #[error("'{}' is not named as a library for {platform} is; expected {}", .path.display(), .platform.file_name("NAME"))]
    UnexpectedName {
        /// The file.
        path: PathBuf,
        /// What it was given for.
        platform: Platform,
    },
    /// The libraries for two platforms are not one library.
    #[error(
        "the library is named '{one}' for one platform and '{other}' for another; expected one crate's"
    )]
    TwoNames {
        /// A name.
        one: String,
        /// Another name.
        other: String,
    },
    /// A pipeline's name cannot be that of a file in the jar.
    #[error(
        "'{name}' cannot be the name of a pipeline in a jar; expected letters, digits, spaces inside, '_', \
         '-' and '.'"
    )]
    NotAName {
        /// The name.
        name: String,
    },
    /// Two pipelines were given under one name.
    #[error("there are two pipelines '{name}' for one jar; give one of them another name")]
    TwoOfOneName {
        /// The name.
        name: String,
    },
    /// Two libraries were given for one platform.
    #[error("there are two libraries for {platform}; expected one")]
    TwoForOnePlatform {
        /// The platform.
        platform: Platform,
    },
    /// The jar has a library for a platform, but not what connects it with the JVM.
    #[error(
        "there is no bridge for a library's platform: '{}' has no {missing}; build the package brookite-jni \
         for that platform and add its library as the bridge",
        .jar.display()
    )]
    NoBridge {
        /// The wrapper's jar.
        jar: PathBuf,
        /// The entry that is missing.
        missing: String,
    },
    /// A text names no platform.
    #[error("'{text}' is no platform; expected one of {}", Platform::KNOWN.join(", "))]
    UnknownPlatform {
        /// The text.
        text: String,
    },
}
