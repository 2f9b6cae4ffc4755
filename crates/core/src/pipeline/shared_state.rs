//! Two closures with one state as a function of two streams.

use std::marker::PhantomData;

use crate::error::Result;
use crate::function::{Collector, Context, KeyedCoProcessFunction, OpenContext};
use crate::pipeline::state_closure::{NAME, Step};
use crate::state::ValueState;
use crate::types::{Data, Key, Owned, View};

/// Two steps, one for each of two streams with the same keys, with one state for each key.
pub(crate) struct ShareState<K, A, B, S, First, Second> {
    first: First,
    second: Second,
    state: ValueState<S>,
    types: PhantomData<fn(K, A, B)>,
}

impl<K, A, B, S, First, Second> ShareState<K, A, B, S, First, Second> {
    pub(crate) fn new(first: First, second: Second) -> Self {
        Self { first, second, state: ValueState::default(), types: PhantomData }
    }
}

impl<K, A, B, S, First, Second> KeyedCoProcessFunction for ShareState<K, A, B, S, First, Second>
where
    K: Key,
    A: Data,
    B: Data,
    S: Owned,
    First: Step<A, S>,
    Second: Step<B, S, Out = First::Out>,
{
    type Key = K;
    type In1 = A;
    type In2 = B;
    type Out = First::Out;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.state = ctx.value_state(NAME)?;
        Ok(())
    }

    #[inline]
    fn process_element1(
        &mut self,
        value: View<'_, A>,
        _ctx: &Context<'_, K>,
        out: &mut Collector<'_, First::Out>,
    ) -> Result<()> {
        self.state.modify(|state| self.first.step(value, state, out))?
    }

    #[inline]
    fn process_element2(
        &mut self,
        value: View<'_, B>,
        _ctx: &Context<'_, K>,
        out: &mut Collector<'_, First::Out>,
    ) -> Result<()> {
        self.state.modify(|state| self.second.step(value, state, out))?
    }
}
