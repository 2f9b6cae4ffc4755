//! What a library's file says of itself.

use std::fs;
use std::path::Path;

use object::read::NameOrOrdinal;
use object::{Architecture, BinaryFormat, Object as _, ObjectKind};

use crate::package::{PackageError, Platform};

/// What a library of functions exports: brookite-abi's `BROOKITE_PLUGIN`.
const SYMBOL: &str = "BROOKITE_PLUGIN";

pub(super) fn read(file: &Path) -> Result<Vec<u8>, PackageError> {
    fs::read(file).map_err(|source| PackageError::Unreadable { path: file.to_owned(), source })
}

/// The platform that a library was built for.
pub(super) fn platform_of(file: &Path, bytes: &[u8]) -> Result<Platform, PackageError> {
    let not_a_library =
        |reason: String| PackageError::NotALibrary { path: file.to_owned(), reason };
    let object = object::File::parse(bytes).map_err(|error| not_a_library(error.to_string()))?;
    if object.kind() != ObjectKind::Dynamic {
        return Err(not_a_library(format!("it is of the kind {:?}", object.kind())));
    }
    let os = match object.format() {
        BinaryFormat::Elf => "linux",
        BinaryFormat::MachO => "macos",
        other => return Err(not_a_library(format!("its format is {other:?}"))),
    };
    let arch = match object.architecture() {
        Architecture::X86_64 => "x86_64",
        Architecture::Aarch64 => "aarch64",
        other => return Err(not_a_library(format!("it is for the processor {other:?}"))),
    };
    Ok(Platform::of(os, arch))
}

pub(super) fn check_platform(
    file: &Path,
    bytes: &[u8],
    expected: &Platform,
) -> Result<(), PackageError> {
    let found = platform_of(file, bytes)?;
    if found == *expected {
        return Ok(());
    }
    Err(PackageError::WrongPlatform { path: file.to_owned(), expected: expected.clone(), found })
}

/// Whether it exports what a host looks for.
pub(super) fn check_plugin(file: &Path, bytes: &[u8]) -> Result<(), PackageError> {
    let malformed = |error: object::Error| PackageError::NotALibrary {
        path: file.to_owned(),
        reason: error.to_string(),
    };
    let object = object::File::parse(bytes).map_err(malformed)?;
    for export in object.exports().map_err(malformed)? {
        // Mach-O writes an underscore in front.
        if let NameOrOrdinal::Name(name) = export.map_err(malformed)?.name()
            && name.strip_prefix(b"_").unwrap_or(name) == SYMBOL.as_bytes()
        {
            return Ok(());
        }
    }
    Err(PackageError::NotAPlugin { path: file.to_owned(), symbol: SYMBOL })
}
