//! Closures with the state of the record's key as functions.
//!
//! A closure changes the state in its place: while it runs, nothing else can get at that state, neither what
//! stands behind it nor the cache.

use std::marker::PhantomData;

use crate::error::Result;
use crate::function::{Collector, Context, KeyedProcessFunction, OpenContext};
use crate::pipeline::Returns;
use crate::state::ValueState;
use crate::types::{Data, Key, Owned, View};

/// The name of the state, in checkpoints and savepoints.
pub(crate) const NAME: &str = "state";

/// What a closure makes of a value `T`, with state `S`.
pub(crate) trait Step<T: Data, S>: 'static {
    /// The type of the results.
    type Out: Data;

    /// Works on one value.
    fn step(
        &self,
        value: View<'_, T>,
        state: &mut Option<S>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;
}

/// A step with its state for each key. It is a function that takes keys, also where the closure does not see
/// them.
pub(crate) struct WithState<K, T, S, F> {
    step: F,
    state: ValueState<S>,
    types: PhantomData<fn(K, T)>,
}

impl<K, T, S, F> WithState<K, T, S, F> {
    pub(crate) fn new(step: F) -> Self {
        Self { step, state: ValueState::default(), types: PhantomData }
    }
}

impl<K, T, S, F> KeyedProcessFunction for WithState<K, T, S, F>
where
    K: Key,
    T: Data,
    S: Owned,
    F: Step<T, S>,
{
    type Key = K;
    type In = T;
    type Out = F::Out;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.state = ctx.value_state(NAME)?;
        Ok(())
    }

    #[inline]
    fn process_element(
        &mut self,
        value: View<'_, T>,
        _ctx: &Context<'_, K>,
        out: &mut Collector<'_, F::Out>,
    ) -> Result<()> {
        self.state.modify(|state| self.step.step(value, state, out))?
    }
}

/// A closure that returns the one result.
pub(crate) struct Maps<R, C>(C, PhantomData<fn() -> R>);

impl<R, C> Maps<R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self(closure, PhantomData)
    }
}

impl<T, S, R, C> Step<T, S> for Maps<R, C>
where
    T: Data,
    R: Returns + 'static,
    C: for<'a, 's> Fn(View<'a, T>, &'s mut Option<S>) -> R + 'static,
{
    type Out = R::Value;

    #[inline]
    fn step(
        &self,
        value: View<'_, T>,
        state: &mut Option<S>,
        out: &mut Collector<'_, R::Value>,
    ) -> Result<()> {
        out.collect((self.0)(value, state).into_result()?);
        Ok(())
    }
}

/// A closure that says whether to keep the value.
pub(crate) struct Keeps<R, C>(C, PhantomData<fn() -> R>);

impl<R, C> Keeps<R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self(closure, PhantomData)
    }
}

impl<T, S, R, C> Step<T, S> for Keeps<R, C>
where
    T: Data,
    R: Returns<Value = bool> + 'static,
    C: for<'a, 'v, 's> Fn(&'v View<'a, T>, &'s mut Option<S>) -> R + 'static,
{
    type Out = T;

    #[inline]
    fn step(
        &self,
        value: View<'_, T>,
        state: &mut Option<S>,
        out: &mut Collector<'_, T>,
    ) -> Result<()> {
        if (self.0)(&value, state).into_result()? {
            out.collect(value);
        }
        Ok(())
    }
}

/// A closure that puts values `O` into a collector.
pub(crate) struct Collects<O, R, C>(C, PhantomData<fn() -> (O, R)>);

impl<O, R, C> Collects<O, R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self(closure, PhantomData)
    }
}

impl<T, S, O, R, C> Step<T, S> for Collects<O, R, C>
where
    T: Data,
    O: Data,
    R: Returns<Value = ()> + 'static,
    C: for<'a, 's, 'o, 'c> Fn(View<'a, T>, &'s mut Option<S>, &'o mut Collector<'c, O>) -> R
        + 'static,
{
    type Out = O;

    #[inline]
    fn step(
        &self,
        value: View<'_, T>,
        state: &mut Option<S>,
        out: &mut Collector<'_, O>,
    ) -> Result<()> {
        (self.0)(value, state, out).into_result()
    }
}
