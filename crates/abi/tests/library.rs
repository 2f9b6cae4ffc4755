//! Opening files: the plugin that works, and each way in which a file is none.

mod support;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use brookite_abi::proto::{Failure, FailureKind};
use brookite_abi::table::ABI_VERSION;
use brookite_abi::{Library, LoadError};

fn refused(path: &Path) -> (LoadError, String) {
    let error = Library::open(path).expect_err("it is no plugin");
    assert_eq!(error.path(), path);
    let message = error.to_string();
    (error, message)
}

#[test]
fn a_plugin_describes_itself() {
    let path = support::fixture("failing");
    let library = Library::open(&path).unwrap();
    assert_eq!(library.path(), path);

    let manifest = library.decoded_manifest().unwrap();
    assert_eq!(manifest.abi_version, ABI_VERSION);
    assert_eq!(manifest.crate_name, "fixture-failing");
    assert_eq!(manifest.crate_version, env!("CARGO_PKG_VERSION"));
    let names: Vec<_> = manifest.functions.iter().map(|function| &*function.name).collect();
    assert!(names.contains(&"panic_process") && names.is_sorted(), "{names:?}");
}

#[test]
fn the_same_file_may_be_opened_again_and_outlives_its_handles() {
    let path = support::fixture("failing");
    let first = Library::open(&path).unwrap();
    let second = Library::open(&path).unwrap();
    assert!(!Arc::ptr_eq(&first, &second));
    assert_eq!(first.manifest(), second.manifest());
    drop((first, second));
    assert!(Library::open(&path).unwrap().decoded_manifest().is_ok());
}

#[test]
fn a_missing_file() {
    let (error, message) = refused(Path::new("/no/such/libplugin.so"));
    assert!(matches!(error, LoadError::Unreadable { .. }), "{error:?}");
    assert_eq!(error.kind(), FailureKind::LibraryUnreadable);
    assert_eq!(
        message,
        "cannot open '/no/such/libplugin.so' as a library: No such file or directory (os error 2)"
    );
}

#[test]
fn a_file_that_is_no_library() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("libtext.so");
    fs::write(&path, "This is a text, however long it may be, and no library.").unwrap();
    let (error, message) = refused(&path);
    assert!(matches!(error, LoadError::Unreadable { .. }), "{error:?}");
    assert!(message.contains("as a library: ") && message.contains("libtext.so"), "{message}");
}

#[test]
fn a_library_that_is_no_plugin() {
    let path = support::fixture("no-plugin");
    let (error, message) = refused(&path);
    assert_eq!(error.kind(), FailureKind::NotAPlugin);
    assert_eq!(
        message,
        format!(
            "'{}' is a library, but no Brookite plugin: it does not export \"BROOKITE_PLUGIN\"",
            path.display()
        )
    );
}

#[test]
fn a_plugin_of_another_version() {
    let path = support::fixture("wrong-abi");
    let (error, message) = refused(&path);
    let LoadError::AbiMismatch { expected, found, .. } = error else { panic!("{error:?}") };
    assert_eq!((expected, found), (ABI_VERSION, 999));
    assert_eq!(
        message,
        format!(
            "plugin '{}' was built for ABI version 999, expected version {ABI_VERSION}; \
             rebuild it with the version of Brookite that the job uses",
            path.display()
        )
    );
}

#[test]
fn a_load_error_becomes_a_failure_of_its_kind() {
    let (error, message) = refused(&support::fixture("wrong-abi"));
    let failure: Box<Failure> = error.into();
    assert_eq!(failure.kind(), FailureKind::AbiMismatch);
    assert_eq!(failure.phase, "load");
    assert_eq!(failure.message, message);
}
