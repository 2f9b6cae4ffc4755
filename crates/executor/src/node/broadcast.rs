//! A process function of a stream without keys and a broadcast stream at the head of a stage.

use brookite_core::View;
use brookite_core::function::{
    BroadcastContext, BroadcastProcessFunction, Collector, PlainContext, ReadOnlyContext,
};

use crate::failure::Cause;
use crate::node::{Forward, Push, PushEither, function_node, two_inputs};
use crate::runtime::{Halted, Runtime};

pub(crate) struct BroadcastNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(BroadcastNode, BroadcastProcessFunction, F::Out);
two_inputs!(
    BroadcastNode,
    BroadcastProcessFunction,
    BROADCAST_PROCESS,
    In,
    Broadcast,
    side_outputs
);

impl<F: BroadcastProcessFunction, N: Push<F::Out>> PushEither<F::In, F::Broadcast>
    for BroadcastNode<F, N>
{
    fn push_first(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = ReadOnlyContext::new(PlainContext::new(rt.timestamp, rt.effects));
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }

    fn push_second(
        &mut self,
        value: View<'_, F::Broadcast>,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = BroadcastContext::new(PlainContext::new(rt.timestamp, rt.effects));
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_broadcast_element(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
