//! Two closures with broadcast state as a function of a stream and a broadcast stream.

use std::hash::Hash;
use std::marker::PhantomData;

use crate::error::Result;
use crate::function::{
    BroadcastContext, BroadcastProcessFunction, Collector, OpenContext, ReadOnlyPlainContext,
};
use crate::pipeline::state_closure::NAME;
use crate::state::{BroadcastHandle, BroadcastState, ReadOnlyBroadcastState};
use crate::types::{Data, Key, Owned, View};

/// A closure that looks at the state, and one that changes it.
pub(crate) struct WithBroadcastState<Types, K, V, First, Second> {
    first: First,
    second: Second,
    state: BroadcastHandle<K, V>,
    types: PhantomData<fn() -> Types>,
}

impl<Types, K, V, First, Second> WithBroadcastState<Types, K, V, First, Second> {
    pub(crate) fn new(first: First, second: Second) -> Self {
        Self { first, second, state: BroadcastHandle::default(), types: PhantomData }
    }
}

impl<T, B, O, K, V, First, Second> BroadcastProcessFunction
    for WithBroadcastState<(T, B, O), K, V, First, Second>
where
    T: Data,
    B: Data,
    O: Data,
    K: Key + Owned + Hash + Eq + Clone,
    V: Owned,
    First: for<'a, 's, 'r, 'o, 'c> Fn(
            View<'a, T>,
            &'r ReadOnlyBroadcastState<'s, K, V>,
            &'o mut Collector<'c, O>,
        ) -> Result<()>
        + 'static,
    Second: for<'a, 's, 'r> Fn(View<'a, B>, &'r BroadcastState<'s, K, V>) -> Result<()> + 'static,
{
    type In = T;
    type Broadcast = B;
    type Out = O;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.state = ctx.broadcast_state(NAME)?;
        Ok(())
    }

    #[inline]
    fn process_element(
        &mut self,
        value: View<'_, T>,
        ctx: &ReadOnlyPlainContext<'_>,
        out: &mut Collector<'_, O>,
    ) -> Result<()> {
        (self.first)(value, &ctx.broadcast_state(&self.state), out)
    }

    fn process_broadcast_element(
        &mut self,
        value: View<'_, B>,
        ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, O>,
    ) -> Result<()> {
        (self.second)(value, &ctx.broadcast_state(&self.state))
    }
}
