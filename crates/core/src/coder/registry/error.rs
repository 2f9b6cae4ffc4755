//! Why a spec describes no coder.

use std::fmt;

use crate::proto::CoderSpec;

/// A spec of which no coder can be made. Names the coder, and its place inside the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoderSpecError {
    urn: String,
    path: String,
    kind: CoderSpecErrorKind,
}

/// What is wrong with a spec.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoderSpecErrorKind {
    /// No coder is registered under the URN.
    #[error("unknown coder; known are {}", .known.join(", "))]
    UnknownUrn {
        /// The URNs that have a coder.
        known: Vec<String>,
    },
    /// More or fewer components than the coder has.
    #[error("expected {expected} components, found {found}")]
    Components {
        /// How many the coder has.
        expected: usize,
        /// How many the spec has.
        found: usize,
    },
    /// A payload that is not of the form that the URN defines.
    #[error("malformed payload: {reason}")]
    Payload {
        /// What is wrong with it.
        reason: String,
    },
    /// Components in components in components.
    #[error("coders are nested more than {limit} deep")]
    TooDeep {
        /// How deep they may be.
        limit: usize,
    },
    /// The coder that the factory made describes itself in another way.
    #[error("the coder's own spec is another one: its factory or its `spec` loses something")]
    SpecNotKept,
}

impl CoderSpecErrorKind {
    /// A payload that is not of the form that the URN defines.
    pub fn payload(reason: impl fmt::Display) -> Self {
        Self::Payload { reason: reason.to_string() }
    }
}

impl CoderSpecError {
    pub(super) fn new(path: &[usize], spec: &CoderSpec, kind: CoderSpecErrorKind) -> Self {
        let path: Vec<_> = path.iter().map(|index| format!("components[{index}]")).collect();
        Self { urn: spec.urn.clone(), path: path.join("."), kind }
    }

    /// The coder's URN.
    pub fn urn(&self) -> &str {
        &self.urn
    }

    /// Where in the spec, such as `components[1].components[0]`; empty for the spec itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong.
    pub fn kind(&self) -> &CoderSpecErrorKind {
        &self.kind
    }
}

impl fmt::Display for CoderSpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { urn, path, kind } = self;
        write!(f, "coder '{urn}'")?;
        if !path.is_empty() {
            write!(f, " at {path}")?;
        }
        write!(f, ": {kind}")
    }
}

impl std::error::Error for CoderSpecError {}

/// A URN that has a coder already.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("coder '{0}' is registered already")]
pub struct DuplicateUrn(pub(super) String);
