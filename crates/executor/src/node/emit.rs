//! The end of a stage: results become frames.

use brookite_core::coder::Coder;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::{Node, Push};
use crate::opening::Opening;
use crate::position::Position;
use crate::runtime::{Halted, Runtime};

pub(crate) struct Emit<C> {
    coder: C,
}

impl<C> Emit<C> {
    pub(crate) fn new(coder: C) -> Self {
        Self { coder }
    }
}

/// Writing has no lifecycle.
impl<C> Node for Emit<C> {
    fn open(&mut self, _: &mut Opening<'_>, _: &Position) -> Result<(), Cause> {
        Ok(())
    }

    fn close(&mut self, _: &Position) -> Option<(Option<usize>, Cause)> {
        None
    }
}

impl<T: Data, C: Coder<T>> Push<T> for Emit<C> {
    #[inline]
    fn push(&mut self, value: View<'_, T>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.emit(|out| self.coder.encode(&value, out))
    }
}
