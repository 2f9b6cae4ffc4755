//! Crates that tests make are built where this repository is, with what is built there already.

use std::fs;
use std::path::Path;

use toml::Table;

/// Where Cargo builds them.
pub(crate) const TARGET: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/..");

/// Gives the crate in that folder the versions and the profile for tests that this repository has: so what both
/// depend on is the same.
pub(crate) fn as_this_repository(made: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::copy(root.join("Cargo.lock"), made.join("Cargo.lock")).unwrap();
    let read = |folder: &Path| {
        fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse::<Table>().unwrap()
    };
    let (ours, mut its) = (read(&root), read(made));
    let profiles = its.entry("profile").or_insert_with(|| Table::new().into());
    profiles.as_table_mut().unwrap().insert("dev".to_owned(), ours["profile"]["dev"].clone());
    fs::write(made.join("Cargo.toml"), its.to_string()).unwrap();
}
