//! The committed protobuf types are what the files in proto/ generate.

use std::fs;
use std::path::Path;

const FILES: [&str; 4] = ["schema", "coder", "manifest", "stage"];
const GENERATED: &str = "crates/core/src/proto/brookite.v1.rs";

#[test]
fn the_committed_types_are_the_generated_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let proto = root.join("proto");
    let files = FILES.map(|file| proto.join(format!("brookite/v1/{file}.proto")));
    let messages = protox::compile(files, [&proto]).expect("proto/ compiles");
    let folder = tempfile::tempdir().expect("a temporary folder");
    prost_build::Config::new()
        .out_dir(folder.path())
        .compile_fds(messages)
        .expect("the messages generate Rust");
    let generated = fs::read_to_string(folder.path().join("brookite.v1.rs"))
        .expect("prost names the file after the package");

    let committed = root.join(GENERATED);
    if std::env::var_os("BROOKITE_WRITE_PROTO").is_some() {
        fs::write(&committed, generated).expect("the generated file can be written");
        return;
    }
    let found = fs::read_to_string(&committed).expect("the generated file is committed");
    assert!(found == generated, "{GENERATED} is out of date: run `cargo xtask proto`");
}
