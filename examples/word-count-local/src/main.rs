//! The word count with no JVM: opens the plugin that Flink opens, and is its host.
//!
//! `word-count-local PLUGIN INPUT OUTPUT` writes a line of word TAB running count for each word of
//! the input, as the Flink job does, and ends with a line of JSON that says how long it took.

mod lines;
mod steps;

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use brookite_abi::Library;

use crate::lines::Lines;
use crate::steps::{Count, Split};

const PROGRESS: Duration = Duration::from_secs(1);

fn main() -> Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [plugin, input, output] = &paths[..] else {
        anyhow::bail!("usage: word-count-local PLUGIN INPUT OUTPUT");
    };
    let library = Library::open(plugin)?;
    let mut split = Split::open(&library)?;
    let mut count = Count::open(&library)?;
    let text = File::open(input).with_context(|| format!("cannot open {}", input.display()))?;
    let mut text = Lines::new(BufReader::with_capacity(1 << 18, text));
    let out =
        File::create(output).with_context(|| format!("cannot create {}", output.display()))?;
    let mut out = BufWriter::with_capacity(1 << 18, out);

    let started = Instant::now();
    let mut shown = started;
    let mut lines: u64 = 0;
    while let Some(line) = text.next().context("cannot read the input")? {
        split.line(line, |word| {
            count.word(word, |word, count| Ok(writeln!(out, "{word}\t{count}")?))
        })?;
        lines += 1;
        if lines.is_multiple_of(1024) && shown.elapsed() >= PROGRESS {
            shown = Instant::now();
            eprintln!("{lines} lines read");
        }
    }
    out.flush().context("cannot write the output")?;
    let seconds = started.elapsed().as_secs_f64();
    split.close()?;
    count.close()?;
    println!("{{\"lines\":{lines},\"seconds\":{seconds:.6}}}");
    Ok(())
}
