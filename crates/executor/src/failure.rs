//! Why a stage failed, in the form that crosses process and language boundaries.

use brookite_core::coder::{DecodeError, EncodeError};
use brookite_core::error::Error;
use brookite_core::function::{SideOutputError, Timer};
use brookite_core::proto::{Failure, FailureKind};
use brookite_core::state::StateError;

use crate::guard::Caught;
use crate::host::HostError;

/// A failure on its way out. Boxed: it is large, and rare.
pub type Failed = Box<Failure>;

/// What went wrong, before it is known who asked.
#[derive(Debug)]
pub(crate) enum Cause {
    /// User code returned an error.
    User(Error),
    /// User code panicked.
    Panic(Caught),
    /// A record did not decode.
    Record(DecodeError),
    /// A key did not decode.
    Key(DecodeError),
    /// An element that waited in state did not decode.
    Element(DecodeError),
    /// A record without timestamp came where time matters.
    NoTimestamp,
    /// A result could not be encoded.
    Result(EncodeError),
    /// A state's value could not be encoded.
    State(EncodeError),
    /// A timer of a stage that has none.
    UnexpectedTimer(Timer),
    /// More output than the host can take.
    TooMuchOutput(usize),
}

impl Cause {
    pub(crate) fn into_failure(self) -> Failed {
        Box::new(match self {
            Cause::User(error) => Failure {
                kind: kind_of(&error).into(),
                message: error.to_string(),
                causes: error.causes().collect(),
                backtrace: error.backtrace().to_string(),
                ..Failure::default()
            },
            Cause::Panic(Caught { message, location, backtrace }) => Failure {
                kind: FailureKind::Panic.into(),
                message,
                location,
                backtrace,
                ..Failure::default()
            },
            Cause::Record(error) => {
                failure(FailureKind::BadInput, format!("malformed record: {error}"))
            }
            Cause::Key(error) => failure(FailureKind::BadInput, format!("malformed key: {error}")),
            Cause::Element(error) => {
                failure(FailureKind::BadInput, format!("malformed element of a window: {error}"))
            }
            Cause::NoTimestamp => failure(
                FailureKind::BadInput,
                "the record has no timestamp, and its windows or intervals are of event time: assign \
                 timestamps and watermarks to the stream, or use windows of processing time",
            ),
            Cause::Result(error) => {
                failure(FailureKind::BadOutput, format!("the result cannot be encoded: {error}"))
            }
            Cause::State(error) => {
                failure(FailureKind::BadOutput, format!("the state cannot be encoded: {error}"))
            }
            Cause::UnexpectedTimer(Timer { timestamp, domain }) => failure(
                FailureKind::Lifecycle,
                format!(
                    "a timer for {domain:?} {timestamp} fired in a stage whose functions have no timers"
                ),
            ),
            Cause::TooMuchOutput(size) => failure(
                FailureKind::BadOutput,
                format!("expected at most {} bytes of output in one call, found {size}", i32::MAX),
            ),
        })
    }
}

/// An error that user code passed on from below is no fault of the function's own.
fn kind_of(error: &Error) -> FailureKind {
    if error.downcast_ref::<HostError>().is_some() {
        FailureKind::Host
    } else if let Some(StateError::Malformed { .. }) = error.downcast_ref() {
        FailureKind::BadInput
    } else if let Some(SideOutputError::Encode { .. }) = error.downcast_ref() {
        FailureKind::BadOutput
    } else {
        FailureKind::Error
    }
}

/// A failure that is just a message.
pub(crate) fn failure(kind: FailureKind, message: impl Into<String>) -> Failure {
    Failure { kind: kind.into(), message: message.into(), ..Failure::default() }
}
