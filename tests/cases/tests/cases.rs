//! Runs all cases of `cases/` in memory: as they are, with a cache of one entry, with a new stage after
//! each event, and in the order of BATCH mode.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod case;

use std::fs;
use std::path::Path;

use case::Case;
use case::run::{Run, Way};
// The functions are found by name.
use case_functions as _;

const WAYS: [Way; 4] = [
    Way { cache: 0, restarts: false },
    Way { cache: 1, restarts: false },
    Way { cache: 0, restarts: true },
    Way { cache: 1, restarts: true },
];

/// All cases, by the names of their files.
fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        match serde_json::from_str(&text) {
            Ok(case) => cases.push((name, case)),
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
    cases.sort_by(|(one, _), (other, _)| one.cmp(other));
    cases
}

#[test]
fn results_are_as_expected_with_a_cache_of_any_size_and_across_restarts() {
    let cases = cases();
    assert!(cases.len() >= 30, "found {}", cases.len());
    for (name, case) in &cases {
        println!("{name}: {}", case.about);
        for way in WAYS {
            Run::new(case, way).events(way);
        }
    }
}

#[test]
fn results_in_the_order_of_batch_mode_are_as_expected() {
    for (name, case) in &cases() {
        println!("{name}: {}", case.about);
        Run::new(case, WAYS[0]).batch();
    }
}
