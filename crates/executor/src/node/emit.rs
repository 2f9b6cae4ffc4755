//! The end of a stage: results become frames.

use brookite_core::coder::Coder;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::{Node, Push};
use crate::opening::Opening;
use crate::runtime::{Halted, Position, Runtime};

pub(crate) struct Emit<T: Data> {
    pub(crate) coder: &'static dyn Coder<T>,
}

impl<T: Data> Node for Emit<T> {
    fn open(&mut self, _: &mut Opening<'_>, _: &Position) -> Result<(), Cause> {
        Ok(())
    }

    fn close(&mut self, _: &Position) -> Option<(Option<usize>, Cause)> {
        None
    }
}

impl<T: Data> Push<T> for Emit<T> {
    #[inline]
    fn push(&mut self, value: View<'_, T>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.emit(|out| self.coder.encode(&value, out))
    }
}
