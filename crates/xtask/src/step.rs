//! One child process as a visible step.
//!
//! On a terminal a step is a spinner with the time it has taken and the last line the child
//! printed. Elsewhere it is one line when it ends, with a sign of life every half minute. What
//! the child prints is kept, and shown in full when it fails.

use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
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

/// Collects the lines and shows them; while none come, shows that there is life.
fn follow(reader: impl io::Read + Send, display: &mut Display) -> io::Result<String> {
    thread::scope(|scope| {
        let (sender, lines) = mpsc::channel();
        let reading = scope.spawn(move || -> io::Result<()> {
            let mut reader = BufReader::new(reader);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line)? > 0 {
                // Whoever reads this channel reads it to its end.
                let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
                line.clear();
            }
            Ok(())
        });
        let mut output = String::new();
        loop {
            match lines.recv_timeout(display.until_next_sign()) {
                Ok(line) => {
                    display.line(line.trim());
                    output.push_str(&line);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            display.sign_of_life();
        }
        reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(output)
    })
}

/// Whether a line has a word in it: Maven's separators and empty lines have none.
fn says_something(line: &str) -> bool {
    let text = line.strip_prefix("[INFO]").unwrap_or(line);
    text.contains(char::is_alphanumeric)
}

/// What the person in front of the screen sees of a running step.
struct Display {
    name: String,
    started: Instant,
    spinner: Option<ProgressBar>,
    last_sign: Instant,
    last_line: String,
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
            last_line: String::new(),
        }
    }

    fn line(&mut self, line: &str) {
        if !says_something(line) {
            return;
        }
        match &self.spinner {
            Some(spinner) => spinner.set_message(line.to_owned()),
            None => line.clone_into(&mut self.last_line),
        }
    }

    fn until_next_sign(&self) -> Duration {
        SIGN_OF_LIFE.saturating_sub(self.last_sign.elapsed())
    }

    /// Says how long it has taken and what came last, when nothing was said for a while. A spinner
    /// moves by itself.
    fn sign_of_life(&mut self) {
        if self.last_sign.elapsed() < SIGN_OF_LIFE {
            return;
        }
        self.last_sign = Instant::now();
        if self.spinner.is_some() {
            return;
        }
        if self.line_is_open {
            println!();
            self.line_is_open = false;
        }
        let colon = if self.last_line.is_empty() { "" } else { ": " };
        println!("    {} s{colon}{}", self.started.elapsed().as_secs(), self.last_line);
        flush();
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

#[cfg(test)]
mod tests {
    use super::says_something;

    #[test]
    fn separators_say_nothing() {
        assert!(says_something("   Compiling log v0.4.35"));
        assert!(says_something("[INFO] Downloading from central: https://example.org/a.jar"));
        for line in ["", "[INFO]", "[INFO] ------------------------------------"] {
            assert!(!says_something(line), "{line}");
        }
    }
}
