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
        write!(f, "failed to {}", self.phase)?;
        if !self.input.is_empty() {
            write!(f, " {}", self.input)?;
        }
        write!(f, ": {}", self.message)?;
        if !self.location.is_empty() {
            write!(f, " (at {})", self.location)?;
        }
        self.causes.iter().try_for_each(|cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for Failure {}
