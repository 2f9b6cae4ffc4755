//! A map function of two inputs at the head of a stage.

use brookite_core::function::CoMapFunction;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::{Push, PushEither, function_node, two_inputs};
use crate::runtime::{Halted, Runtime};

pub(crate) struct CoMapNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(CoMapNode, CoMapFunction, F::Out);
two_inputs!(CoMapNode, CoMapFunction, CO_MAP, In1, In2);

impl<F: CoMapFunction, N: Push<F::Out>> PushEither<F::In1, F::In2> for CoMapNode<F, N> {
    fn push_first(&mut self, value: View<'_, F::In1>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        match self.function.map1(F::In1::shorten(value)) {
            Ok(result) => self.next.push(result, rt),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }

    fn push_second(&mut self, value: View<'_, F::In2>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        match self.function.map2(F::In2::shorten(value)) {
            Ok(result) => self.next.push(result, rt),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
