//! A filter function in a stage.

use brookite_core::View;
use brookite_core::function::FilterFunction;

use crate::failure::Cause;
use crate::node::{Push, function_node, one_input};
use crate::runtime::{Halted, Runtime};

pub(crate) struct FilterNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(FilterNode, FilterFunction, F::In);
one_input!(FilterNode, FilterFunction, FILTER, F::In);

impl<F: FilterFunction, N: Push<F::In>> Push<F::In> for FilterNode<F, N> {
    #[inline]
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        match self.function.filter(&value) {
            Ok(true) => self.next.push(value, rt),
            Ok(false) => Ok(()),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
