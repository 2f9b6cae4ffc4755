//! A map function in a stage.

use brookite_core::View;
use brookite_core::function::MapFunction;
use brookite_core::types::Data;

use crate::failure::Cause;
use crate::node::{Push, function_node, one_input};
use crate::runtime::{Halted, Runtime};

pub(crate) struct MapNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(MapNode, MapFunction, F::Out);
one_input!(MapNode, MapFunction, MAP, F::Out);

impl<F: MapFunction, N: Push<F::Out>> Push<F::In> for MapNode<F, N> {
    #[inline]
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        match self.function.map(F::In::shorten(value)) {
            Ok(result) => self.next.push(result, rt),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
