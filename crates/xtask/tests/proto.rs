//! The committed protobuf types are what the files in proto/ generate.

use std::fs;
use std::path::Path;

const FILES: [&str; 10] = [
    "v1/schema",
    "v1/coder",
    "v1/manifest",
    "v1/windowing",
    "v1/state",
    "v1/metric",
    "v1/stage",
    "v1/pipeline",
    "v1/checkpoint",
    "beam/v1/schema",
];

/// A file for each protobuf package.
const GENERATED: [&str; 2] = ["brookite.v1.rs", "brookite.beam.v1.rs"];

#[test]
fn the_committed_types_are_the_generated_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let proto = root.join("proto");
    let files = FILES.map(|file| proto.join(format!("brookite/{file}.proto")));
    let messages = protox::compile(files, [&proto]).expect("proto/ compiles");
    let folder = tempfile::tempdir().expect("a temporary folder");
    // The bytes of equal messages are equal: fingerprints are made of them.
    prost_build::Config::new()
        .btree_map(["."])
        .out_dir(folder.path())
        .compile_fds(messages)
        .expect("the messages generate Rust");

    for file in GENERATED {
        let generated = fs::read_to_string(folder.path().join(file))
            .expect("prost names the file after the package");
        let committed = root.join("crates/core/src/proto").join(file);
        if std::env::var_os("BROOKITE_WRITE_PROTO").is_some() {
            fs::write(&committed, generated).expect("the generated file can be written");
            continue;
        }
        let found = fs::read_to_string(&committed).expect("the generated file is committed");
        assert!(found == generated, "{file} is out of date: run `cargo xtask proto`");
    }
}
