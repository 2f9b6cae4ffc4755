//! What can go wrong with state, apart from the backend.

use crate::coder::DecodeError;

/// State used in a way that cannot be, or bytes in it that are not the declared type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The handle was never opened.
    #[error("the state was not opened: assign `ctx.{open}(name)?` to it in `open`")]
    NotOpened {
        /// The method that opens such a state.
        open: &'static str,
    },
    /// There is no key.
    #[error(
        "state '{name}' was accessed without a key: it is there while a function works on a record \
         or a timer of a keyed stream, not in `open`, in `close`, or for a record of a broadcast stream"
    )]
    NoKey {
        /// The state's name.
        name: String,
    },
    /// A closure that looks at a state used the state.
    #[error(
        "state '{name}' was used inside a closure that looks at it or changes it: do so before or \
         after, with what the closure returns"
    )]
    InUse {
        /// The state's name.
        name: String,
    },
    /// The stored bytes are not the declared type.
    #[error("state '{name}' does not hold a {expected}: {source}")]
    Malformed {
        /// The state's name.
        name: String,
        /// The declared type.
        expected: String,
        /// Why the bytes are not of it.
        source: DecodeError,
    },
    /// The stored values are of a type that cannot be read as the declared one.
    #[error(
        "state '{name}' was stored as {stored} and cannot be read as {declared}: {reason}. Columns \
         may be added if they are nullable (`Option`), may change places, and may become nullable; \
         for any other change give the state another name"
    )]
    Incompatible {
        /// The state's name.
        name: String,
        /// The type that values were written as.
        stored: String,
        /// The type that the function declares.
        declared: String,
        /// What is different, and where.
        reason: String,
    },
}
