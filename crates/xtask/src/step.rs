//! One child process as a visible step.
//!
//! On a terminal a step is a spinner with the time it has taken and the last line the child
//! printed. Elsewhere it is one line when it ends, with a sign of life every half minute. What
//! the child prints is kept, and shown in full when it fails.

use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// A step that has ended: what its process printed, both streams in one, and how it ended.
pub(crate) struct Ended {
    /// Everything the process printed.
    pub(crate) output: String,
    /// What went wrong; none when the process succeeded.
    pub(crate) failure: Option<String>,
}

/// Runs `command` as the step `name` and returns its output.
///
/// # Errors
///
/// When the command cannot be run or fails; in the latter case its output has been printed.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<String> {
    let ended = attempt(name, command)?;
    match ended.failure {
        None => Ok(ended.output),
        Some(failure) => bail!("{name} failed: {failure}"),
    }
}

/// Runs `command` as the step `name`; when it fails, its output has been printed.
///
/// # Errors
///
/// When the command cannot be run at all.
pub(crate) fn attempt(name: &str, command: &mut Command) -> Result<Ended> {
    let (reader, writer) = io::pipe().context("cannot create a pipe")?;
    command.stdin(Stdio::null());
    command.stdout(writer.try_clone().context("cannot share a pipe")?);
    command.stderr(writer);
    let mut display = Display::start(name);
    let spawned = command.spawn();
    // The command holds the pipe's writing end, and the output ends only when all writers do.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            display.end("FAILED");
            let program = command.get_program().display();
            return Err(error).with_context(|| format!("{name}: cannot run `{program}`"));
        }
    };
    let output = follow(reader, &mut display)
        .with_context(|| format!("{name}: cannot read the child's output"))?;
    let status = child.wait().with_context(|| format!("{name}: lost the child process"))?;
    let failure = (!status.success()).then(|| status.to_string());
    if failure.is_some() {
        display.end("FAILED");
        print!("{output}");
    } else {
        display.end("ok");
    }
    Ok(Ended { output, failure })
}

fn follow(reader: impl io::Read, display: &mut Display) -> io::Result<String> {
    let mut reader = BufReader::new(reader);
    let mut output = String::new();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        display.line(text.trim());
        output.push_str(&text);
        line.clear();
    }
    Ok(output)
}

/// What the person in front of the screen sees of a running step.
struct Display {
    name: String,
    started: Instant,
    spinner: Option<ProgressBar>,
    last_sign: Instant,
    line_is_open: bool,
}

impl Display {
    fn start(name: &str) -> Display {
        let spinner = io::stderr().is_terminal().then(|| spinner(name));
        if spinner.is_none() {
            print!("{name} ... ");
            flush();
        }
        let started = Instant::now();
        Display {
            name: name.to_owned(),
            started,
            line_is_open: spinner.is_none(),
            spinner,
            last_sign: started,
        }
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        if let Some(spinner) = &self.spinner {
            spinner.set_message(line.to_owned());
        } else if self.last_sign.elapsed() >= SIGN_OF_LIFE {
            if self.line_is_open {
                println!();
                self.line_is_open = false;
            }
            println!("    {} s: {line}", self.started.elapsed().as_secs());
            self.last_sign = Instant::now();
        }
    }

    fn end(&mut self, outcome: &str) {
        let seconds = self.started.elapsed().as_secs_f64();
        let (name, outcome) = (&self.name, format!("{outcome} ({seconds:.0} s)"));
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
            println!("{name} ... {outcome}");
        } else if self.line_is_open {
            println!("{outcome}");
        } else {
            println!("{name} ... {outcome}");
        }
        flush();
    }
}

fn spinner(name: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {prefix} {elapsed} {wide_msg:.dim}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    let spinner = ProgressBar::new_spinner().with_style(style).with_prefix(name.to_owned());
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

fn flush() {
    // A closed standard output is the reader's choice; the step itself goes on.
    let _ = io::stdout().flush();
}
