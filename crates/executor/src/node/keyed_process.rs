//! A keyed process function at the head of a stage.

use brookite_core::View;
use brookite_core::function::{Collector, KeyedProcessFunction, Timer};

use crate::failure::Cause;
use crate::node::{Forward, Keys, Push, function_node, one_input};
use crate::runtime::{Halted, Runtime};

pub(crate) struct KeyedProcessNode<F: KeyedProcessFunction, N> {
    index: usize,
    function: F,
    keys: Keys<F::Key>,
    next: N,
}

function_node!(KeyedProcessNode, KeyedProcessFunction, F::Out, on_timer);
one_input!(KeyedProcessNode, KeyedProcessFunction, KEYED_PROCESS, F::Out, side_outputs; keys: Key);

impl<F: KeyedProcessFunction, N: Push<F::Out>> Push<F::In> for KeyedProcessNode<F, N> {
    #[inline]
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        let context = match self.keys.context(rt, rt.timestamp) {
            Ok(context) => context,
            Err(cause) => return Err(rt.fail(cause)),
        };
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}

impl<F: KeyedProcessFunction, N: Push<F::Out>> KeyedProcessNode<F, N> {
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
