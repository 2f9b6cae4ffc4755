//! Messages generated from the `.proto` files of this repository.
//!
//! The generated file is committed, so that building this crate needs no protobuf compiler;
//! `cargo xtask proto` writes it anew and the tests fail when the two differ.

use std::fmt;

pub use generated::*;

#[allow(missing_docs, clippy::all, clippy::pedantic, unreachable_pub, unused_qualifications)]
mod generated {
    include!("proto/brookite.v1.rs");
}

/// Beam's schemas, as far as coders need them.
#[allow(missing_docs, clippy::all, clippy::pedantic, unreachable_pub, unused_qualifications)]
pub mod beam {
    include!("proto/brookite.beam.v1.rs");
}

/// One line for people: who failed, where, doing what, and why.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.function.is_empty() {
            write!(f, "function '{}' ", self.function)?;
        }
        if !self.stage.is_empty() {
            write!(f, "in stage '{}' ", self.stage)?;
        }
        match self.phase.as_str() {
            // The message says what was at work.
            "pipeline" if self.stage.is_empty() => {}
            "pipeline" => f.write_str("failed to build its pipeline again: ")?,
            phase if self.input.is_empty() => write!(f, "failed to {phase}: ")?,
            phase => write!(f, "failed to {phase} {}: ", self.input)?,
        }
        f.write_str(&self.message)?;
        if !self.location.is_empty() {
            write!(f, " (at {})", self.location)?;
        }
        self.causes.iter().try_for_each(|cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_in_one_line() {
        let mut failure = Failure {
            stage: "count".into(),
            phase: "process".into(),
            input: "7".into(),
            message: "odd".into(),
            causes: vec!["no pair".into()],
            ..Failure::default()
        };
        let line = "in stage 'count' failed to process 7: odd: no pair";
        assert_eq!(failure.to_string(), line);
        failure.function = "even".into();
        assert_eq!(failure.to_string(), format!("function 'even' {line}"));

        let mut failure = Failure {
            phase: "pipeline".into(),
            message: "pipeline 'words' cannot be built: no words".into(),
            ..Failure::default()
        };
        assert_eq!(failure.to_string(), failure.message);
        failure.stage = "count".into();
        assert_eq!(
            failure.to_string(),
            "in stage 'count' failed to build its pipeline again: pipeline 'words' cannot be built: no \
             words"
        );
    }
}
