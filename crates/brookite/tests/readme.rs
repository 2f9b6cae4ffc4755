//! The code in README.md is code that the tests compile: each block stands in a source file.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::Path;

/// Where the blocks of README.md are taken from.
const SOURCES: [&str; 3] = [
    "examples/word-count/src/lib.rs",
    "examples/word-count/src/tests.rs",
    "java/jobs/src/main/java/org/brookite/examples/WordCountJob.java",
];

#[test]
fn every_block_of_code_in_the_readme_stands_in_a_source_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let sources = SOURCES.map(read);
    let readme = read("README.md");
    let blocks: Vec<&str> = readme
        .split("\n```")
        .filter_map(|block| block.strip_prefix("rust\n").or(block.strip_prefix("java\n")))
        .collect();
    assert!(blocks.len() >= 4, "found {} blocks of code", blocks.len());
    for block in blocks {
        assert!(sources.iter().any(|source| source.contains(block)), "in no source:\n{block}");
    }
}
