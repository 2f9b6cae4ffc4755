//! A process function of two inputs with the same keys at the head of a stage.

use brookite_core::View;
use brookite_core::function::{Collector, KeyedCoProcessFunction, Timer};

use crate::failure::Cause;
use crate::node::{Forward, Keys, Push, PushEither, function_node, two_inputs};
use crate::runtime::{Halted, Runtime};

pub(crate) struct KeyedCoProcessNode<F: KeyedCoProcessFunction, N> {
    index: usize,
    function: F,
    keys: Keys<F::Key>,
    next: N,
}

function_node!(KeyedCoProcessNode, KeyedCoProcessFunction, F::Out, on_timer);
two_inputs!(KeyedCoProcessNode, KeyedCoProcessFunction, KEYED_CO_PROCESS, In1, In2, side_outputs; keys: Key);

impl<F: KeyedCoProcessFunction, N: Push<F::Out>> PushEither<F::In1, F::In2>
    for KeyedCoProcessNode<F, N>
{
    fn push_first(&mut self, value: View<'_, F::In1>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = match self.keys.context(rt, rt.timestamp) {
            Ok(context) => context,
            Err(cause) => return Err(rt.fail(cause)),
        };
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element1(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }

    fn push_second(&mut self, value: View<'_, F::In2>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = match self.keys.context(rt, rt.timestamp) {
            Ok(context) => context,
            Err(cause) => return Err(rt.fail(cause)),
        };
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element2(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}

impl<F: KeyedCoProcessFunction, N: Push<F::Out>> KeyedCoProcessNode<F, N> {
    fn fire(&mut self, timer: Timer, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = match self.keys.context(rt, Some(timer.timestamp)) {
            Ok(context) => context,
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
