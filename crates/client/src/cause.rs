//! Java's exceptions, as they are printed, taken apart.
//!
//! Flink's REST API hands out no exceptions but their stack traces, with the outermost first and a
//! `Caused by:` before each of the others. The innermost is what a person wants to read.

use std::fmt;

/// An exception without its stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JavaException {
    /// Its class, with the package; empty where there is only a message.
    pub class: String,
    /// What it says; may have several lines, and may be empty.
    pub message: String,
}

/// Those that only carry another one from one thread to another.
const CARRIERS: [&str; 4] = [
    "java.util.concurrent.CompletionException",
    "java.util.concurrent.ExecutionException",
    "org.apache.flink.util.FlinkRuntimeException",
    "org.apache.flink.util.SerializedThrowable",
];

impl JavaException {
    /// An exception of which only the message is known.
    pub(crate) fn message(message: impl Into<String>) -> Self {
        Self { class: String::new(), message: message.into() }
    }

    /// The class without its package.
    pub fn simple_class(&self) -> &str {
        self.class.rsplit('.').next().unwrap_or_default()
    }

    /// Takes a printed stack trace apart: the root cause first, what was wrapped around it behind.
    pub(crate) fn parse_trace(trace: &str) -> Vec<Self> {
        let mut printed: Vec<String> = Vec::new();
        let mut in_message = false;
        for line in trace.lines() {
            let cause = line.strip_prefix("Caused by: ");
            if cause.is_some() || printed.is_empty() {
                printed.push(cause.unwrap_or(line).to_owned());
                in_message = true;
            } else if is_stack(line) {
                in_message = false;
            } else if in_message && let Some(message) = printed.last_mut() {
                message.push('\n');
                message.push_str(line);
            }
        }
        let mut causes: Vec<Self> = printed.iter().map(|text| Self::parse(text)).collect();
        causes.reverse();
        causes
            .iter()
            .enumerate()
            .filter(|(index, exception)| *index == 0 || !exception.only_carries(&causes[index - 1]))
            .map(|(_, exception)| exception.clone())
            .collect()
    }

    /// Reads `class: message`.
    fn parse(text: &str) -> Self {
        let text = text.trim_end();
        let (first_line, _) = text.split_once('\n').unwrap_or((text, ""));
        let class = first_line.split(": ").next().unwrap_or_default();
        let is_class = class.contains('.')
            && class.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '$' | '_'));
        if !is_class {
            return Self::message(text);
        }
        let message = text.get(class.len() + 2..).unwrap_or_default();
        Self { class: class.to_owned(), message: message.to_owned() }
    }

    /// Whether it says nothing that its cause does not say itself.
    fn only_carries(&self, cause: &Self) -> bool {
        // What Java makes of an exception that is given nothing but its cause.
        let default = format!("{}: {}", cause.class, cause.message);
        let message = self.message.as_str();
        let is_carrier = CARRIERS.contains(&self.class.as_str());
        message == default
            || message == cause.message
            || is_carrier && (message.is_empty() || message.contains(&cause.message))
    }

    /// The root cause, and what was wrapped around it, a line each.
    pub(crate) fn root_first(causes: &[Self]) -> String {
        let Some((root, around)) = causes.split_first() else {
            return "Flink gives no reason".to_owned();
        };
        let mut text = root.to_string();
        for exception in around {
            text.push_str(&format!("\n  which led to {exception}"));
        }
        text
    }
}

/// Whether a line belongs to the stack below an exception, or to one that was suppressed.
fn is_stack(line: &str) -> bool {
    let line_of_stack = line.strip_prefix('\t').map(str::trim_start);
    line_of_stack.is_some_and(|line| {
        ["at ", "... ", "Suppressed: "].iter().any(|beginning| line.starts_with(beginning))
    })
}

impl fmt::Display for JavaException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.simple_class(), &*self.message) {
            ("", message) => f.write_str(message),
            (class, "") => f.write_str(class),
            (class, message) => write!(f, "{class}: {message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "\
org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy
\tat org.apache.flink.runtime.Handler.handle(Handler.java:213)
\tSuppressed: java.lang.Error: nothing
\t\tat a.B.c(B.java:1)
Caused by: java.util.concurrent.CompletionException: java.lang.IllegalStateException: cannot book
\tat java.base/java.lang.Thread.run(Thread.java:840)
Caused by: java.lang.IllegalStateException: cannot book
\tat java.base/java.lang.Thread.run(Thread.java:840)
Caused by: java.lang.ArithmeticException: account 0
is overdrawn
\t... 18 more
";

    #[test]
    fn the_root_cause_comes_first_and_carriers_are_left_out() {
        let causes = JavaException::parse_trace(TRACE);
        let classes: Vec<_> = causes.iter().map(JavaException::simple_class).collect();
        assert_eq!(classes, ["ArithmeticException", "IllegalStateException", "JobException"]);
        assert_eq!(causes[0].message, "account 0\nis overdrawn");
        assert_eq!(causes[0].class, "java.lang.ArithmeticException");
    }

    #[test]
    fn text_that_is_no_exception_is_a_message() {
        let causes = JavaException::parse_trace("Internal server error: sorry");
        assert_eq!(causes, [JavaException::message("Internal server error: sorry")]);
        assert_eq!(JavaException::root_first(&causes), "Internal server error: sorry");
        assert_eq!(JavaException::parse_trace(""), []);
        assert_eq!(JavaException::root_first(&[]), "Flink gives no reason");
    }

    #[test]
    fn an_exception_without_a_message_is_its_class() {
        let causes =
            JavaException::parse_trace("java.lang.NullPointerException\n\tat a.B.c(B.java:1)");
        assert_eq!(JavaException::root_first(&causes), "NullPointerException");
    }
}
