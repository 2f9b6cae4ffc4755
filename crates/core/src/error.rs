//! The error that user functions return.

use std::backtrace::Backtrace;
use std::fmt;

/// What a fallible user function returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of a user function: a message, its causes, and where it was made.
///
/// Every `std::error::Error` converts with `?`. Returning one fails the job: Flink sees an exception
/// that carries the message, the causes and the backtrace, and restarts according to its strategy.
///
/// ```
/// use brookite_core::Result;
///
/// fn parse(text: &str) -> Result<i64> {
///     Ok(text.trim().parse()?)
/// }
///
/// let error = parse("seven").unwrap_err();
/// assert_eq!(error.to_string(), "invalid digit found in string");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    source: Box<dyn std::error::Error + 'static>,
    backtrace: Backtrace,
}

/// A message without a type of its own.
#[derive(Debug)]
struct Message(String);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Message {}

impl Error {
    /// An error that is just a message.
    pub fn msg(message: impl fmt::Display) -> Self {
        Self::boxed(Box::new(Message(message.to_string())))
    }

    /// An error from one that is boxed already, such as `anyhow::Error` converts into.
    pub fn boxed(source: Box<dyn std::error::Error + 'static>) -> Self {
        // Captured whatever RUST_BACKTRACE says: an error ends the job, and whoever reads the
        // exception cannot run it again with another environment.
        let backtrace = Backtrace::force_capture();
        Self(Box::new(Inner { source, backtrace }))
    }

    /// The messages of the error's sources, outermost first, without the error's own.
    pub fn causes(&self) -> impl Iterator<Item = String> + '_ {
        std::iter::successors(self.0.source.source(), |error| error.source())
            .map(ToString::to_string)
    }

    /// Where the error was made.
    pub fn backtrace(&self) -> &Backtrace {
        &self.0.backtrace
    }

    /// The error that this one was made from, if it is an `E`.
    pub fn downcast_ref<E: std::error::Error + 'static>(&self) -> Option<&E> {
        self.0.source.downcast_ref()
    }
}

impl<E: std::error::Error + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Self::boxed(Box::new(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.source, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        for cause in self.causes() {
            write!(f, "\ncaused by: {cause}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read the model")]
    struct Outer(#[source] std::num::ParseIntError);

    #[test]
    fn causes_are_kept_in_order_and_the_type_can_be_found_again() {
        let error = Error::from(Outer("x".parse::<i32>().unwrap_err()));
        assert_eq!(error.to_string(), "cannot read the model");
        assert_eq!(error.causes().collect::<Vec<_>>(), ["invalid digit found in string"]);
        assert!(error.downcast_ref::<Outer>().is_some());
    }
}
