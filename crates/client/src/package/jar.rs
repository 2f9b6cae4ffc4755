//! Writing the jar.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Cursor, Write};
use std::path::{Path, PathBuf};

use zip::read::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use crate::package::PackageError;

const MANIFEST: &str = "META-INF/MANIFEST.MF";

/// The longest line of a manifest, without its end.
const LONGEST_LINE: usize = 70;

/// What goes into a jar beside the wrapper's entries.
pub(super) struct JarWriter<'p> {
    pub(super) wrapper: &'p Path,
    pub(super) main_class: &'p str,
    pub(super) entries: BTreeMap<String, Vec<u8>>,
}

type Wrapper = ZipArchive<BufReader<File>>;

impl JarWriter<'_> {
    /// Whether all of what the jar needs is in it: the main class, and `bridges`.
    pub(super) fn check(&self, bridges: impl Iterator<Item = String>) -> Result<(), PackageError> {
        let wrapper = self.open()?;
        let has =
            |name: &str| self.entries.contains_key(name) || wrapper.index_for_name(name).is_some();
        if !has(&format!("{}.class", self.main_class.replace('.', "/"))) {
            let class = self.main_class.to_owned();
            return Err(PackageError::NoMainClass { jar: self.wrapper.to_owned(), class });
        }
        for bridge in bridges {
            if !has(&bridge) {
                let jar = self.wrapper.to_owned();
                return Err(PackageError::NoBridge { jar, missing: bridge });
            }
        }
        Ok(())
    }

    /// Writes the jar and returns its size.
    pub(super) fn write(&self, to: &Path) -> Result<u64, PackageError> {
        let unwritable =
            |source: io::Error| PackageError::Unwritable { path: to.to_owned(), source };
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(unwritable)?;
        }
        let partial = partial(to);
        let file = File::create(&partial).map_err(unwritable)?;
        let written = self.fill(file, to);
        if written.is_err() {
            // What is left is of no use; that it could not be written is what counts.
            let _ = fs::remove_file(&partial);
        }
        written?;
        fs::rename(&partial, to).map_err(unwritable)?;
        Ok(fs::metadata(to).map_err(unwritable)?.len())
    }

    fn fill(&self, file: File, to: &Path) -> Result<(), PackageError> {
        let unwritable =
            |source: io::Error| PackageError::Unwritable { path: to.to_owned(), source };
        let zip_error = |error: zip::result::ZipError| unwritable(error.into());
        let mut wrapper = self.open()?;
        let mut jar = ZipWriter::new(BufWriter::new(file));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        // Java reads it only where it stands in front.
        jar.start_file(MANIFEST, options).map_err(zip_error)?;
        jar.write_all(manifest(self.main_class).as_bytes()).map_err(unwritable)?;
        for index in 0..wrapper.len() {
            let entry = wrapper.by_index_raw(index).map_err(|error| self.not_a_jar(&error))?;
            let name = entry.name().map_err(|error| self.not_a_jar(&error))?;
            let replaced = name == MANIFEST || self.entries.contains_key(&*name);
            if replaced || entry.is_dir() {
                continue;
            }
            jar.raw_copy_file(entry).map_err(zip_error)?;
        }
        for (name, bytes) in &self.entries {
            // What is compressed does not get smaller.
            let method = if name.ends_with(".jar") {
                CompressionMethod::Stored
            } else {
                CompressionMethod::Deflated
            };
            jar.start_file(name, options.compression_method(method)).map_err(zip_error)?;
            jar.write_all(bytes).map_err(unwritable)?;
        }
        let mut file = jar.finish().map_err(zip_error)?;
        file.flush().map_err(unwritable)
    }

    fn open(&self) -> Result<Wrapper, PackageError> {
        let file = File::open(self.wrapper)
            .map_err(|source| PackageError::Unreadable { path: self.wrapper.to_owned(), source })?;
        ZipArchive::new(BufReader::new(file)).map_err(|error| self.not_a_jar(&error))
    }

    fn not_a_jar(&self, error: &zip::result::ZipError) -> PackageError {
        PackageError::NotAJar { path: self.wrapper.to_owned(), reason: error.to_string() }
    }
}

/// Adds the files below `folder`/`below`, by their paths in `folder`.
pub(super) fn add_folder(
    folder: &Path,
    below: &str,
    entries: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), PackageError> {
    let start = folder.join(below);
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| PackageError::Unreadable { path, source }
    };
    for entry in fs::read_dir(&start).map_err(unreadable(&start))? {
        let entry = entry.map_err(unreadable(&start))?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add_folder(folder, &name, entries)?;
        } else {
            let bytes = fs::read(entry.path()).map_err(unreadable(&entry.path()))?;
            entries.insert(name, bytes);
        }
    }
    Ok(())
}

/// Adds a jar as Flink finds it in another one.
pub(super) fn add_nested(
    jar: &Path,
    entries: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), PackageError> {
    let path = || jar.to_owned();
    let bytes =
        fs::read(jar).map_err(|source| PackageError::Unreadable { path: path(), source })?;
    if let Err(error) = ZipArchive::new(Cursor::new(&bytes)) {
        return Err(PackageError::NotAConnector { path: path(), reason: error.to_string() });
    }
    let name = jar.file_name().unwrap_or_default().to_string_lossy();
    // Flink takes what has this ending.
    let name = format!("{}.jar", name.strip_suffix(".jar").unwrap_or(&name));
    match entries.insert(format!("lib/{name}"), bytes) {
        None => Ok(()),
        Some(_) => Err(PackageError::TwoConnectors { name }),
    }
}

/// Where the jar is until it is complete.
fn partial(to: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(to.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    to.with_file_name(name)
}

fn manifest(main_class: &str) -> String {
    let line = format!("Main-Class: {main_class}");
    let mut text = String::from("Manifest-Version: 1.0\r\nCreated-By: Brookite\r\n");
    // A line that is too long goes on in the next, behind a space. A class's name is cut at characters.
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_manifest_is_longer_than_java_reads() {
        let class = "org.example.".repeat(20) + "Main";
        let text = manifest(&class);
        assert!(text.lines().all(|line| line.len() <= 72), "{text}");
        assert!(text.replace("\r\n ", "").contains(&format!("Main-Class: {class}\r\n")));
    }
}
