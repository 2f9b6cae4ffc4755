//! What can go wrong with a side output.

use crate::coder::EncodeError;

/// A value that cannot go into the side output that it was meant for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SideOutputError {
    /// The function has not said that it has such an output.
    #[error(
        "side output '{name}' is not declared: expected one of those that the function's \
         `side_outputs` returns ({declared}); add its tag there"
    )]
    Undeclared {
        /// The output's name.
        name: String,
        /// The names of those that are declared.
        declared: String,
    },
    /// The function has declared it with another type.
    #[error(
        "the tag of side output '{name}' is not the one that was declared: {difference}; use one \
         constant for both"
    )]
    OtherType {
        /// The output's name.
        name: String,
        /// What was expected and what was found.
        difference: String,
    },
    /// The value has no representation.
    #[error("the value for side output '{name}' cannot be encoded: {source}")]
    Encode {
        /// The output's name.
        name: String,
        /// Why not.
        source: EncodeError,
    },
}
