use std::fs;
use std::path::Path;

use brookite::harness::{Harness, KeyedHarness};
use brookite::{Arguments, Pipeline};
use brookite_local::LocalRunner;

use crate::Count;
use crate::pipeline::word_count;

#[test]
fn words_are_runs_of_alphanumeric_characters_in_lower_case() {
    let mut split = Harness::<&str, String>::named("split").unwrap();
    let words = split.push("Straße, GRÖSSE; 3 日本語-x").unwrap();
    assert_eq!(words, ["straße", "grösse", "3", "日本語", "x"]);
    assert!(split.push(" -- ").unwrap().is_empty());
}

#[test]
fn counts_are_kept_for_each_word_and_survive_a_restart() {
    let mut count = KeyedHarness::process::<Count>().unwrap();
    assert_eq!(count.push("a", "a").unwrap(), [("a", 1)]);
    assert_eq!(count.push("b", "b").unwrap(), [("b", 1)]);
    count.restart().unwrap();
    assert_eq!(count.push("a", "a").unwrap(), [("a", 2)]);
}

#[test]
fn the_whole_job_writes_each_word_once_with_its_count() {
    let folder = tempfile::tempdir().unwrap();
    let (text, counts) = (folder.path().join("text"), folder.path().join("counts"));
    fs::write(&text, "To be, or not\n\nto be.\n").unwrap();
    let paths = [("--input", &text), ("--output", &counts)];
    let arguments = paths.iter().flat_map(|(name, path)| [name.to_string(), text_of(path)]);
    let p = Pipeline::new("word count");
    word_count(&p, &Arguments::new(arguments)).unwrap();
    LocalRunner::new().deterministic().run(p.build().unwrap()).unwrap();
    let written = fs::read_dir(&counts).unwrap().map(|part| part.unwrap().path());
    let text: String = written.map(|part| fs::read_to_string(part).unwrap()).collect();
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["be\t2", "not\t1", "or\t1", "to\t2"]);
}

fn text_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
