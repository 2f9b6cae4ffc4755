//! [`Input`]: the files that the queries read.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use nexmark::EventGenerator;
use nexmark::config::NexmarkConfig;

use crate::event::Event;

/// 2015-07-15T00:00:00Z, in milliseconds.
const FIRST: u64 = 1_436_918_400_000;

/// Events in a second, so that a small file has many windows.
const RATE: usize = 100;

/// Events that come in another order than they happened: half a second's, and the queries wait for four.
const SHUFFLED: usize = 50;

/// Keys that the side input may have.
const SIDE_KEYS: usize = 10_000;

/// The files that the queries read.
pub(crate) struct Input {
    pub(crate) events: PathBuf,
    pub(crate) side: PathBuf,
}

impl Input {
    /// Writes them into a new folder: the same ones for the same number of events.
    pub(crate) fn write(folder: &Path, events: usize) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let input = Self { events: folder.join("events.json"), side: folder.join("side.csv") };
        write_file(&input.events, |out| write_events(events, out))?;
        write_file(&input.side, write_side)?;
        Ok(input)
    }
}

fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
    let mut out = BufWriter::with_capacity(1 << 16, file);
    write(&mut out)?;
    out.flush().with_context(|| format!("cannot write {}", path.display()))
}

fn write_events(events: usize, out: &mut dyn Write) -> Result<()> {
    let states = ["AZ", "CA", "ID", "OR", "WA", "WY"].map(str::to_owned);
    let config = NexmarkConfig {
        base_time: FIRST,
        first_rate: RATE,
        next_rate: RATE,
        out_of_order_group_size: SHUFFLED,
        us_states: states.to_vec(),
        ..NexmarkConfig::default()
    };
    // Whole groups alone have each of their events once.
    for event in EventGenerator::new(config).take(events.next_multiple_of(SHUFFLED)) {
        serde_json::to_writer(&mut *out, &Event::from(&event))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Two of three keys have a row.
fn write_side(out: &mut dyn Write) -> Result<()> {
    for key in (0..SIDE_KEYS).filter(|key| key % 3 != 0) {
        writeln!(out, "{key},value of {key}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_events_come_each_time_and_not_in_the_order_of_time() {
        let folder = tempfile::tempdir().unwrap();
        let written = ["one", "two"].map(|name| {
            let input = Input::write(&folder.path().join(name), 500).unwrap();
            fs::read_to_string(input.events).unwrap()
        });
        assert_eq!(written[0], written[1]);
        let times: Vec<String> = written[0]
            .lines()
            .map(|line| {
                let event: serde_json::Value = serde_json::from_str(line).unwrap();
                let mut parts = event.as_object().unwrap().values();
                let part = parts.find(|part| part.is_object()).unwrap();
                part["dateTime"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(times.len(), 500);
        assert!(!times.is_sorted());
    }
}
