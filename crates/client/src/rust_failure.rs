//! What a `RustFunctionException` says, taken apart.
//!
//! Flink hands the exception out as text only; the text is the one that the wrapper's `FailureText` writes.

use crate::cause::JavaException;

/// A failure of a Rust function or of the stage that it runs in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RustFailure {
    /// The function at fault; none when the failure lies before any function.
    pub function: Option<String>,
    /// The stage: the operator's name.
    pub stage: String,
    /// The subtask and how many there are, such as (1, 4) for the first of four.
    pub subtask: Option<(u32, u32)>,
    /// What happened, during what and with which record, on one line or several.
    pub message: String,
    /// Where it panicked: file, line and column.
    pub location: Option<String>,
    /// The sources of the error, outermost first.
    pub causes: Vec<String>,
    /// The backtrace in Rust; empty when there is none.
    pub backtrace: String,
}

const CLASS: &str = "org.brookite.RustFunctionException";
const BACKTRACE: &str = "\nRust backtrace:\n";

impl RustFailure {
    /// The first of the exceptions that is a failure of Rust's.
    pub(crate) fn among(causes: &[JavaException]) -> Option<Self> {
        causes
            .iter()
            .filter(|cause| cause.class == CLASS)
            .find_map(|cause| Self::parse(&cause.message))
    }

    fn parse(message: &str) -> Option<Self> {
        let (text, backtrace) = message.split_once(BACKTRACE).unwrap_or((message, ""));
        let (function, rest) = match text.strip_prefix("Rust function '") {
            Some(rest) => {
                let (function, rest) = rest.split_once("' ")?;
                (Some(function.to_owned()), rest)
            }
            None => (None, text.strip_prefix("Rust ")?),
        };
        let (_, rest) = rest.split_once("stage '")?;
        let (stage, rest) = rest.split_once('\'')?;
        let (subtask, rest) = subtask(rest);

        let mut message = Vec::new();
        let (mut location, mut causes) = (None, Vec::new());
        for line in rest.trim().lines() {
            if let Some(place) = line.strip_prefix("  at ") {
                location = Some(place.to_owned());
            } else if let Some(cause) = line.strip_prefix("  caused by: ") {
                causes.push(cause.to_owned());
            } else {
                message.push(line);
            }
        }
        Some(Self {
            function,
            stage: stage.to_owned(),
            subtask,
            message: message.join("\n"),
            location,
            causes,
            backtrace: backtrace.trim_end().to_owned(),
        })
    }
}

/// Reads ` (subtask 1/2, attempt 0)`, and returns what follows.
fn subtask(text: &str) -> (Option<(u32, u32)>, &str) {
    let read = || {
        let (inside, rest) = text.trim_start().strip_prefix("(subtask ")?.split_once(')')?;
        let (index, parallelism) = inside.split(',').next()?.split_once('/')?;
        Some(((index.parse().ok()?, parallelism.parse().ok()?), rest))
    };
    read().map_or((None, text), |(subtask, rest)| (Some(subtask), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(message: &str) -> RustFailure {
        let around = JavaException::message("something else");
        let exception = JavaException { class: CLASS.to_owned(), message: message.to_owned() };
        RustFailure::among(&[around, exception]).unwrap()
    }

    #[test]
    fn a_panic_keeps_all_that_the_exception_says() {
        let failure = of(
            "Rust function 'explode' panicked in stage 'explode -> sink' (subtask 1/4, attempt 0) while \
             processing the record \"abc\": boom 1000000\n  at src/lib.rs:12:5\n  caused by: no model\n  \
             caused by: not found\nRust backtrace:\n   0: explode\n             at src/lib.rs:12:5\n",
        );
        assert_eq!(failure.function.as_deref(), Some("explode"));
        assert_eq!(failure.stage, "explode -> sink");
        assert_eq!(failure.subtask, Some((1, 4)));
        assert_eq!(failure.message, "while processing the record \"abc\": boom 1000000");
        assert_eq!(failure.location.as_deref(), Some("src/lib.rs:12:5"));
        assert_eq!(failure.causes, ["no model", "not found"]);
        assert_eq!(failure.backtrace, "   0: explode\n             at src/lib.rs:12:5");
    }

    #[test]
    fn a_stage_may_fail_without_a_function() {
        let failure = of("Rust stage 'count' failed at the end of its input: already finished");
        assert_eq!((failure.function, failure.subtask), (None, None));
        assert_eq!(failure.stage, "count");
        assert_eq!(failure.message, "failed at the end of its input: already finished");
    }

    #[test]
    fn another_exception_is_no_failure_of_rust() {
        let exception =
            JavaException { class: "java.lang.Error".to_owned(), message: String::new() };
        assert_eq!(RustFailure::among(&[exception]), None);
    }
}
