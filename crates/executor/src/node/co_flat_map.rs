//! A flat map function of two inputs at the head of a stage.

use brookite_core::View;
use brookite_core::function::{CoFlatMapFunction, Collector};

use crate::failure::Cause;
use crate::node::{Forward, Push, PushEither, function_node, two_inputs};
use crate::runtime::{Halted, Runtime};

pub(crate) struct CoFlatMapNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(CoFlatMapNode, CoFlatMapFunction, F::Out);
two_inputs!(CoFlatMapNode, CoFlatMapFunction, CO_FLAT_MAP, In1, In2);

impl<F: CoFlatMapFunction, N: Push<F::Out>> PushEither<F::In1, F::In2> for CoFlatMapNode<F, N> {
    fn push_first(&mut self, value: View<'_, F::In1>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.flat_map1(value, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }

    fn push_second(&mut self, value: View<'_, F::In2>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.flat_map2(value, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
