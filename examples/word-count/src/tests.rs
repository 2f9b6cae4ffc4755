use brookite::harness::{Harness, KeyedHarness};

use crate::Count;

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
