//! Closures as functions of windows.

use std::marker::PhantomData;

use crate::error::Result;
use crate::function::{Collector, ProcessWindowFunction, WindowContext};
use crate::pipeline::Returns;
use crate::types::{Data, Key, View};

/// The types of a closure of windows: keys, elements, and what comes out.
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

/// Makes a closure that is given the one result that a window has into one that is given all elements.
pub(crate) fn of_result<K, T, O, R>(
    closure: impl Fn(&View<'_, T>, &WindowContext<'_, K>, &mut Collector<'_, O>) -> R + 'static,
) -> impl Fn(&[View<'_, T>], &WindowContext<'_, K>, &mut Collector<'_, O>) -> Result<()> + 'static
where
    K: Key,
    T: Data,
    O: Data,
    R: Returns<Value = ()> + 'static,
{
    move |results, ctx, out| {
        results.iter().try_for_each(|result| closure(result, ctx, out).into_result())
    }
}
