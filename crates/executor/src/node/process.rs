//! A keyed process function at the head of a stage.

use brookite_core::View;
use brookite_core::coder::{Arena, Coder};
use brookite_core::function::{Collector, Context, KeyReader, KeyedProcessFunction};

use crate::failure::Cause;
use crate::node::{Forward, Push, function_node};
use crate::runtime::{Halted, Runtime};

pub(crate) struct ProcessNode<F: KeyedProcessFunction, N> {
    pub(crate) index: usize,
    pub(crate) function: F,
    pub(crate) key_coder: Box<dyn Coder<F::Key>>,
    pub(crate) arena: Arena,
    pub(crate) next: N,
}

function_node!(ProcessNode, KeyedProcessFunction, Out);

impl<F: KeyedProcessFunction, N: Push<F::Out>> Push<F::In> for ProcessNode<F, N> {
    #[inline]
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        self.arena.reset();
        let key = KeyReader::new(rt.key, &self.arena, &*self.key_coder);
        // A key that the cache knows was read once before: it is read again only if asked for.
        if !rt.key_is_known
            && let Err(error) = key.read()
        {
            return Err(rt.fail(Cause::Key(error)));
        }
        let context = Context::new(key, rt.timestamp);
        let mut forward = Forward { index: self.index, next: &mut self.next, rt };
        let mut out = Collector::new(&mut forward);
        match self.function.process_element(value, &context, &mut out) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
