//! What is kept of a window's records, and what is told of them.

use brookite_core::coder::{EncodeError, Encoding};
use brookite_core::error::Result;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::Push;
use crate::opening::Opening;
use crate::runtime::{Halted, Runtime};
use crate::windowing::Firing;

/// What is kept of a window's records, and what is told of them. The window is the one whose namespace
/// has been entered.
pub(crate) trait Gather: Sized + 'static {
    /// A record.
    type Value<'v>;
    /// The results.
    type Out: Data;
    /// Contents on the way from one window to another.
    type Held;

    /// Whether adding a record shows if it is the first.
    const SEES_FIRST: bool;

    /// Opens the state, and the function.
    fn open(&mut self, opening: &mut Opening<'_>) -> Result<(), Cause>;

    /// Closes the function.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }

    /// Adds a record. Returns whether the window had none before, as far as that can be seen.
    fn add(&mut self, value: Self::Value<'_>) -> Result<bool, Cause>;

    /// The same for a record that goes into other windows, too.
    fn add_copy(&mut self, value: &Self::Value<'_>) -> Result<bool, Cause>;

    /// Writes a record that comes too late; only of gatherers of one input.
    fn write_late(
        value: &Self::Value<'_>,
        encoding: Encoding,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError>;

    /// Takes the contents out.
    fn take(&mut self) -> Result<Option<Self::Held>, Cause>;

    /// Adds contents that were taken out elsewhere.
    fn put(&mut self, held: Self::Held) -> Result<(), Cause>;

    /// Forgets the contents.
    fn clear(&mut self) -> Result<(), Cause>;

    /// The window is forgotten.
    fn forget(&mut self) -> Result<(), Cause> {
        Ok(())
    }

    /// Tells the result, through the functions behind. If there are no contents, only when `empty`.
    fn fire<N: Push<Self::Out>>(
        &mut self,
        firing: Firing,
        empty: bool,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted>;
}

/// Gathers one input.
pub(crate) trait GatherOne: Gather {
    type In: Data;

    fn value<'v>(view: View<'v, Self::In>) -> Self::Value<'v>;
}

/// Gathers two inputs.
pub(crate) trait GatherTwo: Gather {
    type In1: Data;
    type In2: Data;

    fn first<'v>(view: View<'v, Self::In1>) -> Self::Value<'v>;
    fn second<'v>(view: View<'v, Self::In2>) -> Self::Value<'v>;
}

/// Appends a value in an encoding that its type was found to have.
pub(super) fn write<T: Data>(
    value: &View<'_, T>,
    encoding: Encoding,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    use brookite_core::coder::{Coder, WithCoder};

    struct Write<'w, 'v, T: Data>(&'w View<'v, T>, &'w mut Vec<u8>);

    impl<T: Data> WithCoder<T> for Write<'_, '_, T> {
        type Output = Result<(), EncodeError>;

        fn with<C: Coder<T> + 'static>(self, coder: C) -> Self::Output {
            coder.encode(self.0, self.1)
        }
    }

    T::with_coder(encoding, Write(value, out))
        .expect("a stage is built with encodings that the types of its outputs have")
}
