//! Closures as functions of windows.

use std::marker::PhantomData;

use crate::error::Result;
use crate::function::{Collector, ProcessWindowFunction, WindowContext};
use crate::pipeline::Returns;
use crate::types::{Data, Key, View};

/// What closures of windows have in common: the types of keys, elements and results.
type Signature<K, T, O, R> = PhantomData<fn(K, T) -> (O, R)>;

/// A closure that is given all elements of a window.
pub(crate) struct Apply<K, T, O, R, C> {
    closure: C,
    signature: Signature<K, T, O, R>,
}

impl<K, T, O, R, C> Apply<K, T, O, R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self { closure, signature: PhantomData }
    }
}

impl<K, T, O, R, C> ProcessWindowFunction for Apply<K, T, O, R, C>
where
    K: Key,
    T: Data,
    O: Data,
    R: Returns<Value = ()> + 'static,
    C: Fn(&[View<'_, T>], &WindowContext<'_, K>, &mut Collector<'_, O>) -> R + 'static,
{
    type Key = K;
    type In = T;
    type Out = O;

    #[inline]
    fn process(
        &mut self,
        elements: &[View<'_, T>],
        ctx: &WindowContext<'_, K>,
        out: &mut Collector<'_, O>,
    ) -> Result<()> {
        (self.closure)(elements, ctx, out).into_result()
    }
}

/// A closure that is given the one result that a window has.
pub(crate) struct ApplyToResult<K, T, O, R, C> {
    closure: C,
    signature: Signature<K, T, O, R>,
}

impl<K, T, O, R, C> ApplyToResult<K, T, O, R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self { closure, signature: PhantomData }
    }
}

impl<K, T, O, R, C> ProcessWindowFunction for ApplyToResult<K, T, O, R, C>
where
    K: Key,
    T: Data,
    O: Data,
    R: Returns<Value = ()> + 'static,
    C: Fn(&View<'_, T>, &WindowContext<'_, K>, &mut Collector<'_, O>) -> R + 'static,
{
    type Key = K;
    type In = T;
    type Out = O;

    #[inline]
    fn process(
        &mut self,
        results: &[View<'_, T>],
        ctx: &WindowContext<'_, K>,
        out: &mut Collector<'_, O>,
    ) -> Result<()> {
        results.iter().try_for_each(|result| (self.closure)(result, ctx, out).into_result())
    }
}
