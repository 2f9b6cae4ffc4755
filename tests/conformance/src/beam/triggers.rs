//! Beam's trigger transcripts against the executor's windows.
//!
//! The file `trigger_transcripts.yaml` is a sequence of YAML documents. Each names a way to gather
//! records in windows and tells a story: records come, the watermark advances, results are expected, all
//! of them and no others. A document with an `error` tells a story that must not come true.
//!
//! Beam's watermark `w` says that no record *before* `w` is to come, Flink's and this one that no record
//! with timestamp `w` or less is: Beam's `w` is Flink's `w - 1`. A record is worked on for itself, not
//! together with those that the file has in one line.

mod host;
mod python;

use brookite_core::windowing::{
    AccumulationMode, TimestampCombiner, Window, WindowFn, WindowingStrategy,
};
use brookite_executor::windowing::{Clock, Engine};

use crate::beam::file::{self, MalformedFile, Node};
use crate::report::Report;
use host::{Key, Told};

/// Runs every transcript of the file whose text this is.
///
/// # Errors
/// When the text is no such file. Transcripts that fail are in the report.
pub fn check(text: &str) -> Result<Report, MalformedFile> {
    let mut report = Report::default();
    // Beam's parser does without the space that YAML has behind a colon, and a line of the file, too.
    let text = text.replace(":[", ": [").replace(":{", ": {");
    for document in &file::documents(&text)? {
        let name = file::text(file::required(document, "name")?)?;
        let line = format!("line {}", document.span.start.line());
        let mut run = Run::new(document)?;
        let outcome = run.tell(document)?;
        for skipped in run.skipped {
            report.skip(&format!("{line}: {name}: {skipped}"));
        }
        match file::get(document, "error").map(file::text).transpose()? {
            None => report.add("transcripts", &format!("{line}: {name}"), outcome),
            Some(error) => {
                let outcome = match outcome {
                    Err(found) if found.contains(error) => Ok(()),
                    found => Err(format!("expected the error '{error}', found {found:?}")),
                };
                report.add("transcripts that are wrong", &format!("{line}: {name}"), outcome);
            }
        }
    }
    Ok(report)
}

/// A window function that moves timestamps by 100, as the one of that name in Beam's tests.
#[derive(Debug)]
struct CustomTimestamping(brookite_core::windowing::Tumbling);

impl WindowFn for CustomTimestamping {
    fn assign(&self, timestamp: i64, windows: &mut brookite_core::windowing::Assigned) {
        self.0.assign(timestamp, windows);
    }

    fn output_timestamp(&self, _: Window, timestamp: i64) -> i64 {
        timestamp + 100
    }
}

struct Run {
    engine: Engine,
    key: Key,
    /// What was told and not expected yet.
    told: Vec<Told>,
    skipped: Vec<String>,
}

type Outcome = Result<(), String>;

impl Run {
    fn new(document: &Node<'_>) -> Result<Self, MalformedFile> {
        let engine = Engine::new(strategy(document)?);
        Ok(Self { engine, key: Key::new(), told: Vec::new(), skipped: Vec::new() })
    }

    /// Tells the story. The outer error is one of the file's form, the inner that of the story.
    fn tell(&mut self, document: &Node<'_>) -> Result<Outcome, MalformedFile> {
        for step in file::items(file::required(document, "transcript")?)? {
            let [(action, argument)] = file::entries(step)?[..] else {
                return Err(file::unexpected(step, "one action"));
            };
            let action_text = file::text(action)?;
            if action_text != "expect" && !self.told.is_empty() {
                return Ok(Err(format!("Unexpected output before {action_text}: {:?}", self.told)));
            }
            match action_text {
                "input" => {
                    for timestamp in numbers(argument)? {
                        self.key.record = timestamp;
                        let done = self.engine.element(timestamp, &mut self.key);
                        if let Err(error) = done {
                            return Ok(Err(error));
                        }
                    }
                }
                "watermark" => self.key.watermark = file::integer(argument)? - 1,
                "clock" => self.key.processing_time = file::integer(argument)?,
                "expect" => {
                    for expected in file::items(argument)? {
                        if let Err(error) = self.expect(expected)? {
                            return Ok(Err(error));
                        }
                    }
                }
                "state" => {
                    if let Err(error) = self.check_state(argument)? {
                        return Ok(Err(error));
                    }
                }
                _ => {
                    let known = "an action: input, watermark, clock, expect or state";
                    return Err(file::unexpected(action, known));
                }
            }
            if let Err(error) = self.timers() {
                return Ok(Err(error));
            }
        }
        if self.told.is_empty() {
            return Ok(Ok(()));
        }
        Ok(Err(format!("Unexpected output at the end: {:?}", self.told)))
    }

    fn timers(&mut self) -> Outcome {
        while let Some((clock, time, window)) = self.key.next_timer() {
            self.engine.timer(clock, window, time, &mut self.key)?;
        }
        self.told.append(&mut self.key.told);
        Ok(())
    }

    /// Strikes a result off that has all that is expected of it.
    fn expect(&mut self, expected: &Node<'_>) -> Result<Outcome, MalformedFile> {
        for (index, told) in self.told.iter().enumerate() {
            if fits(told, expected)? {
                self.told.remove(index);
                return Ok(Ok(()));
            }
        }
        Ok(Err(format!("Unmatched output {:?} in {:?}", expected.data, self.told)))
    }

    /// What is kept of windows. `present`: records; `tombstone`: that the trigger is finished and
    /// nothing else; `absent`: nothing.
    fn check_state(&mut self, expected: &Node<'_>) -> Result<Outcome, MalformedFile> {
        for (kind, windows) in file::entries(expected)? {
            for node in file::items(windows)? {
                let bounds = numbers(node)?;
                let &[start, last] = bounds.as_slice() else {
                    return Err(file::unexpected(node, "a window's first and last timestamp"));
                };
                let window = Window::new(start, last + 1);
                let pane = self.key.panes.get(&window);
                let has_records = self.key.contents.contains_key(&window);
                let holds = match file::text(kind)? {
                    "present" => has_records,
                    "tombstone" => {
                        !has_records
                            && pane.is_some_and(brookite_executor::windowing::Pane::is_finished)
                    }
                    "absent" => {
                        if self.key.watermark < self.engine.strategy().cleanup_time(window) {
                            self.skipped.push(format!(
                                "state absent {bounds:?}: the window is not over, as the transcript \
                                 never moves the watermark; Beam does not evaluate it either"
                            ));
                            continue;
                        }
                        !has_records && pane.is_none()
                    }
                    _ => return Err(file::unexpected(kind, "present, tombstone or absent")),
                };
                if !holds {
                    let kind = file::text(kind)?;
                    return Ok(Err(format!(
                        "{window} is not {kind}: {pane:?}, records {has_records}"
                    )));
                }
            }
        }
        Ok(Ok(()))
    }
}

/// Whether a result is as expected, as far as anything is expected.
fn fits(told: &Told, expected: &Node<'_>) -> Result<bool, MalformedFile> {
    for (name, node) in file::entries(expected)? {
        let fits = match file::text(name)? {
            "window" => numbers(node)? == [told.window.start(), told.window.max_timestamp()],
            "values" => numbers(node)? == told.values,
            "timestamp" => file::integer(node)? == told.timestamp,
            "index" => file::integer(node)? == told.index,
            "nonspeculative_index" => file::integer(node)? == told.nonspeculative_index,
            "early" => file::boolean(node)? == told.early,
            "late" => file::boolean(node)? == told.late,
            "final" => file::boolean(node)? == told.is_last,
            _ => return Err(file::unexpected(name, "an attribute of a result")),
        };
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}

fn numbers(node: &Node<'_>) -> Result<Vec<i64>, MalformedFile> {
    file::items(node)?.iter().map(file::integer).collect()
}

/// How the document gathers records. What it does not say is as Beam has it.
fn strategy(document: &Node<'_>) -> Result<WindowingStrategy, MalformedFile> {
    let mut strategy = match file::get(document, "window_fn") {
        Some(node) => python::windows(node)?,
        None => WindowingStrategy::default(),
    };
    if let Some(node) = file::get(document, "trigger_fn") {
        strategy.trigger = python::trigger(node)?;
    }
    if let Some(node) = file::get(document, "accumulation_mode") {
        strategy.accumulation_mode = match file::text(node)? {
            "accumulating" => AccumulationMode::Accumulating,
            "discarding" => AccumulationMode::Discarding,
            _ => return Err(file::unexpected(node, "accumulating or discarding")),
        };
    }
    if let Some(node) = file::get(document, "timestamp_combiner") {
        strategy.timestamp_combiner = match file::text(node)? {
            "OUTPUT_AT_EOW" => TimestampCombiner::EndOfWindow,
            "OUTPUT_AT_EARLIEST" => TimestampCombiner::Earliest,
            "OUTPUT_AT_LATEST" => TimestampCombiner::Latest,
            "OUTPUT_AT_EARLIEST_TRANSFORMED" => TimestampCombiner::EarliestTransformed,
            _ => return Err(file::unexpected(node, "a timestamp combiner")),
        };
    }
    if let Some(node) = file::get(document, "allowed_lateness") {
        strategy.allowed_lateness = file::integer(node)?;
    }
    // Beam's choice unless told otherwise.
    strategy.fire_empty_on_time = true;
    strategy.check().map_err(|error| file::unexpected(document, &error.to_string()))?;
    Ok(strategy)
}

impl Key {
    /// The timer that is due first.
    fn next_timer(&mut self) -> Option<(Clock, i64, Window)> {
        let due = self.timers.iter().copied().find(|(clock, time, _)| match clock {
            Clock::EventTime => *time <= self.watermark,
            Clock::ProcessingTime => *time <= self.processing_time,
        })?;
        self.timers.remove(&due);
        Some(due)
    }
}
