//! A flat map function in a stage.

use brookite_core::View;
use brookite_core::function::{Collector, FlatMapFunction};

use crate::failure::Cause;
use crate::node::{Forward, Push, function_node, one_input};
use crate::runtime::{Halted, Runtime};

pub(crate) struct FlatMapNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(FlatMapNode, FlatMapFunction, F::Out);
one_input!(FlatMapNode, FlatMapFunction, FLAT_MAP, F::Out);

impl<F: FlatMapFunction, N: Push<F::Out>> Push<F::In> for FlatMapNode<F, N> {
    #[inline]
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        match self.function.flat_map(value, &mut Collector::new(&mut forward)) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
