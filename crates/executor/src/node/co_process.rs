//! A process function of two inputs without keys at the head of a stage.

use brookite_core::View;
use brookite_core::function::{CoProcessFunction, Collector, PlainContext};

use crate::failure::Cause;
use crate::node::{Forward, Push, PushEither, function_node, two_inputs};
use crate::runtime::{Halted, Runtime};

pub(crate) struct CoProcessNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(CoProcessNode, CoProcessFunction, F::Out);
two_inputs!(CoProcessNode, CoProcessFunction, CO_PROCESS, In1, In2, side_outputs);

impl<F: CoProcessFunction, N: Push<F::Out>> PushEither<F::In1, F::In2> for CoProcessNode<F, N> {
    fn push_first(&mut self, value: View<'_, F::In1>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = PlainContext::new(rt.timestamp, rt.effects);
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element1(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }

    fn push_second(&mut self, value: View<'_, F::In2>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = PlainContext::new(rt.timestamp, rt.effects);
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element2(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
