//! The whole job in Rust.

use brookite::prelude::*;

use crate::split;

/// Counts the words of text files. Each line of the result is a word, a tab, and how often it came.
#[pipeline]
pub fn word_count(p: &Pipeline, args: &Arguments) -> Result<()> {
    p.read_text(args.get("input")?)
        .flat_map(split)
        .map(|word| (word.to_owned(), 1_i64))
        .name("split")
        .key_by_field::<&str>("f0")
        .window(Global)
        .reduce(|(word, count), (_, more)| (word, count + more))
        .name("count per word")
        .map(|(word, count)| format!("{word}\t{count}"))
        .name("show")
        .write_text(args.get("output")?);
    Ok(())
}
