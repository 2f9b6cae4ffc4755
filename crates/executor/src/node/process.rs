//! A process function without keys in a stage.

use brookite_core::View;
use brookite_core::function::{Collector, PlainContext, ProcessFunction};

use crate::failure::Cause;
use crate::node::{Forward, Push, function_node, one_input};
use crate::runtime::{Halted, Runtime};

pub(crate) struct ProcessNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(ProcessNode, ProcessFunction, F::Out);
one_input!(ProcessNode, ProcessFunction, PROCESS, F::Out, side_outputs);

impl<F: ProcessFunction, N: Push<F::Out>> Push<F::In> for ProcessNode<F, N> {
    #[inline]
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = PlainContext::new(rt.timestamp, rt.effects);
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
