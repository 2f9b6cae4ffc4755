//! What a factory makes a coder of.

use std::sync::Arc;

use crate::coder::{CoderSpecErrorKind, ValueCoder};

/// A spec's payload, and the coders of its components.
#[derive(Clone, Debug)]
pub struct CoderParts<'s> {
    payload: &'s [u8],
    components: Vec<Arc<dyn ValueCoder>>,
}

impl<'s> CoderParts<'s> {
    pub(super) fn new(payload: &'s [u8], components: Vec<Arc<dyn ValueCoder>>) -> Self {
        Self { payload, components }
    }

    /// The payload.
    pub fn payload(&self) -> &'s [u8] {
        self.payload
    }

    /// Checks that there is no payload.
    ///
    /// # Errors
    /// When there is one.
    pub fn no_payload(&self) -> Result<(), CoderSpecErrorKind> {
        match self.payload.len() {
            0 => Ok(()),
            length => {
                Err(CoderSpecErrorKind::payload(format!("expected none, found {length} bytes")))
            }
        }
    }

    /// The components, as many as the coder has.
    ///
    /// # Errors
    /// When the spec has more or fewer.
    pub fn components<const N: usize>(
        self,
    ) -> Result<[Arc<dyn ValueCoder>; N], CoderSpecErrorKind> {
        self.components.try_into().map_err(|components: Vec<_>| CoderSpecErrorKind::Components {
            expected: N,
            found: components.len(),
        })
    }
}
