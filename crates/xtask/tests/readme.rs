//! What README shows is code that is built and tested.

use std::fs;
use std::path::Path;

/// The Rust and Java blocks of a Markdown text.
fn code_blocks(markdown: &str) -> Vec<&str> {
    let blocks = markdown.split("\n```").skip(1).step_by(2);
    blocks
        .filter_map(|block| {
            let (language, code) = block.split_once('\n')?;
            matches!(language, "rust" | "java").then_some(code)
        })
        .collect()
}

/// Where the code that README shows comes from.
const SOURCES: [&str; 2] = ["examples", "java/jobs/src"];

fn read_sources(folder: &Path, sources: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            read_sources(&path, sources);
        } else if path.extension().is_some_and(|end| end == "rs" || end == "java") {
            sources.push(fs::read_to_string(&path).expect("the file can be read"));
        }
    }
}

#[test]
fn every_block_stands_in_a_source_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    let mut sources = Vec::new();
    for folder in SOURCES {
        read_sources(&root.join(folder), &mut sources);
    }
    let blocks = code_blocks(&readme);
    assert!(blocks.len() >= 2, "README shows a function and the job that uses it: {blocks:?}");
    for block in blocks {
        let found = sources.iter().any(|source| source.contains(block.trim_end()));
        assert!(found, "no file in {SOURCES:?} contains this block of README:\n{block}");
    }
}
