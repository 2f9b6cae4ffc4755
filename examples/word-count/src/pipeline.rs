//! The whole job in Rust.

use brookite::prelude::*;

use crate::{Count, split};

/// Counts the words of text files. Each line of the result is a word, a tab, and its count so far.
#[pipeline]
pub fn word_count(p: &Pipeline, args: &Arguments) -> Result<()> {
    p.read_text(args.get("input")?)
        .flat_map(split)
        .name("split")
        .key_by_value()
        .process(Count::default)
        .name("count per word")
        .map(|(word, count)| format!("{word}\t{count}"))
        .name("show")
        .write_text(args.get("output")?);
    Ok(())
}
