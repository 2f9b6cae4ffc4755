//! Operating systems and processors, written as the wrapper's class `Platform` does.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::package::PackageError;

/// What a library was built for, such as `linux-x86_64`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Platform(String);

impl Platform {
    /// The platforms that Flink is run on with native libraries.
    pub const KNOWN: [&'static str; 4] =
        ["linux-x86_64", "linux-aarch64", "macos-x86_64", "macos-aarch64"];

    /// The one that this program runs on.
    pub fn of_this_machine() -> Self {
        use std::env::consts::{ARCH, OS};
        Self(format!("{OS}-{ARCH}"))
    }

    pub(crate) fn of(os: &str, arch: &str) -> Self {
        Self(format!("{os}-{arch}"))
    }

    fn is_mac(&self) -> bool {
        self.0.starts_with("macos-")
    }

    /// The file name of the library `name`.
    pub fn file_name(&self, name: &str) -> String {
        let ending = if self.is_mac() { "dylib" } else { "so" };
        format!("lib{name}.{ending}")
    }

    /// Where a jar keeps the library `name` for this platform.
    pub fn resource(&self, name: &str) -> String {
        format!("native/{self}/{}", self.file_name(name))
    }

    /// The processor, such as `x86_64`.
    pub fn arch(&self) -> &str {
        self.0.split('-').nth(1).unwrap_or_default()
    }

    /// What rustc calls it.
    pub fn rust_target(&self) -> String {
        let arch = self.arch();
        if self.is_mac() {
            format!("{arch}-apple-darwin")
        } else {
            format!("{arch}-unknown-linux-gnu")
        }
    }

    /// The name of the library in a file of this platform.
    pub(crate) fn library_name(&self, file: &Path) -> Result<String, PackageError> {
        let name = file.file_name().and_then(|name| name.to_str()).and_then(|name| {
            let name = name.strip_prefix("lib")?;
            name.strip_suffix(if self.is_mac() { ".dylib" } else { ".so" })
        });
        match name {
            Some(name) if !name.is_empty() => Ok(name.to_owned()),
            _ => {
                Err(PackageError::UnexpectedName { path: file.to_owned(), platform: self.clone() })
            }
        }
    }
}

impl FromStr for Platform {
    type Err = PackageError;

    fn from_str(text: &str) -> Result<Self, PackageError> {
        if Self::KNOWN.contains(&text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PackageError::UnknownPlatform { text: text.to_owned() })
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
