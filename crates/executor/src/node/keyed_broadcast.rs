//! A process function of a stream with keys and a broadcast stream at the head of a stage.

use brookite_core::View;
use brookite_core::function::{
    BroadcastContext, Collector, KeyedBroadcastProcessFunction, PlainContext, ReadOnlyContext,
    Timer,
};

use crate::failure::Cause;
use crate::node::{Forward, Keys, Push, PushEither, function_node, two_inputs};
use crate::runtime::{Halted, Runtime};

pub(crate) struct KeyedBroadcastNode<F: KeyedBroadcastProcessFunction, N> {
    index: usize,
    function: F,
    keys: Keys<F::Key>,
    next: N,
}

function_node!(KeyedBroadcastNode, KeyedBroadcastProcessFunction, F::Out, on_timer);
two_inputs!(KeyedBroadcastNode, KeyedBroadcastProcessFunction, KEYED_BROADCAST_PROCESS, In, Broadcast, side_outputs; keys: Key);

impl<F: KeyedBroadcastProcessFunction, N: Push<F::Out>> PushEither<F::In, F::Broadcast>
    for KeyedBroadcastNode<F, N>
{
    fn push_first(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = match self.keys.context(rt, rt.timestamp) {
            Ok(context) => ReadOnlyContext::new(context),
            Err(cause) => return Err(rt.fail(cause)),
        };
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

impl<F: KeyedBroadcastProcessFunction, N: Push<F::Out>> KeyedBroadcastNode<F, N> {
    fn fire(&mut self, timer: Timer, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = match self.keys.context(rt, Some(timer.timestamp)) {
            Ok(context) => ReadOnlyContext::new(context),
            Err(cause) => return Err(rt.fail(cause)),
        };
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.on_timer(timer, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
