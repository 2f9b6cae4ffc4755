//! Unsafe code stays in the two crates that cross borders.

use std::fs;
use std::path::{Path, PathBuf};

/// Where unsafe code may be.
const BORDERS: [&str; 2] = ["crates/abi", "crates/jni"];

/// How unsafe code begins. (An attribute such as `#[unsafe(no_mangle)]` contains none.)
const BEGINNINGS: [&str; 5] = ["{", "fn ", "impl ", "trait ", "extern "];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn only_the_borders_have_unsafe_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["crates", "examples", "tests"] {
        rust_files(&root.join(folder), &mut files);
    }
    assert!(files.len() > 50, "only {} files were found", files.len());
    let marks = BEGINNINGS.map(|beginning| ["unsafe", beginning].join(" "));
    for file in files {
        if BORDERS.iter().any(|border| file.starts_with(root.join(border))) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("the file can be read");
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let found = marks.iter().any(|mark| code.contains(mark.as_str()));
            assert!(!found, "{}:{}: {line}", file.display(), number + 1);
        }
    }
}
