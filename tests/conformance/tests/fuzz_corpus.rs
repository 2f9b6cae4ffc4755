//! What fuzzing has found worth keeping holds still.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::fs;
use std::path::Path;

use brookite_conformance::fuzz::{self, TARGETS};

#[test]
fn the_corpus_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, _) in TARGETS {
        let folder = corpus.join(name);
        let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut count = 0;
        for file in files {
            // Shown only when it fails: which file it was.
            let path = file.unwrap().path();
            println!("{}", path.display());
            fuzz::run(name, &fs::read(&path).unwrap());
            count += 1;
        }
        assert!(count > 0, "no files in {}", folder.display());
    }
}
