//! The sources that this program was built from, as long as they are where they were.

use std::path::{Path, PathBuf};

/// The repository's root; none when the program was installed from a registry.
pub(crate) fn root() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
    let is_checkout = root.join("crates/brookite/Cargo.toml").is_file()
        && root.join("java/wrapper/pom.xml").is_file();
    is_checkout.then(|| root.to_owned())
}
