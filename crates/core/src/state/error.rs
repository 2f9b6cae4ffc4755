//! What can go wrong with state, apart from the backend.

use crate::coder::DecodeError;

/// State used in a way that cannot be, or bytes in it that are not the declared type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The handle was never opened.
    #[error("the state was not opened: assign `ctx.value_state(name)?` to it in `open`")]
    NotOpened,
    /// There is no key.
    #[error(
        "state was accessed without a key: use it in `process_element`, not in `open` or `close`"
    )]
    NoKey,
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
}
