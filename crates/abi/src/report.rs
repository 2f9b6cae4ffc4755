//! Failures as they cross the table: an encoded [`Failure`], whatever went wrong.

use brookite_core::proto::{Failure, FailureKind};
use brookite_executor::Failed;
use brookite_executor::guard::Caught;
use prost::Message as _;

/// A failure that lies outside of any function.
pub(crate) fn failure(kind: FailureKind, phase: &str, message: impl Into<String>) -> Failed {
    Box::new(Failure {
        kind: kind as i32,
        phase: phase.to_owned(),
        message: message.into(),
        ..Failure::default()
    })
}

/// The failure that a panic at this side of the table becomes.
pub(crate) fn panicked(caught: Caught, phase: &str) -> Failed {
    Box::new(Failure {
        kind: FailureKind::Panic as i32,
        phase: phase.to_owned(),
        message: caught.message,
        location: caught.location,
        backtrace: caught.backtrace,
        ..Failure::default()
    })
}

/// Reads the other side's report. A report that cannot be read is a failure of its own: it must not
/// hide that there was one.
pub(crate) fn decode(report: &[u8], phase: &str) -> Failed {
    match Failure::decode(report) {
        Ok(failure) => Box::new(failure),
        Err(error) => failure(
            FailureKind::Bridge,
            phase,
            format!(
                "the call failed, but its report of {} bytes is malformed: {error}",
                report.len()
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_back_as_it_was() {
        let sent = failure(FailureKind::Host, "open", "no state backend");
        assert_eq!(decode(&sent.encode_to_vec(), "process"), sent);
    }

    #[test]
    fn a_malformed_report_is_still_a_failure() {
        let failure = decode(&[0xff, 0xff], "process");
        assert_eq!(failure.kind(), FailureKind::Bridge);
        assert_eq!(failure.phase, "process");
        assert!(failure.message.contains("report of 2 bytes is malformed"), "{}", failure.message);
    }
}
