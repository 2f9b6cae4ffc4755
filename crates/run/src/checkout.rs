//! The sources that this program was built from, as long as they are where they were.

use std::path::{Path, PathBuf};

/// The repository's root; none when the program was built from packages of a registry.
pub fn root() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
    let is_checkout = root.join("crates/brookite/Cargo.toml").is_file()
        && root.join("java/wrapper/pom.xml").is_file();
    is_checkout.then(|| root.to_owned())
}

/// What stands in a Cargo.toml behind the name of one of Brookite's packages and `= `. A program that was
/// built from a checkout has its version of the package there, which may be published nowhere.
pub fn dependency(package: &str) -> String {
    match root() {
        Some(root) => {
            let folder = package.strip_prefix("brookite-").unwrap_or(package);
            let path = root.join("crates").join(folder).display().to_string();
            // As TOML's text.
            format!("{{ path = {path:?} }}")
        }
        None => format!("{:?}", env!("CARGO_PKG_VERSION")),
    }
}
