//! Closures as functions.
//!
//! A closure is made into a function by a type that holds it and implements the function's trait. A
//! closure's values are views of the stream's own type, so that the compiler knows the types of its
//! parameters without being told.

use std::marker::PhantomData;

use crate::error::Result;
use crate::function::{
    Collector, FilterFunction, FlatMapFunction, MapFunction, ReduceFunction, TimestampAssigner,
};
use crate::pipeline::Returns;
use crate::types::{Data, Key, Owned, View};

/// A closure `C` of values `T` that returns `R`.
pub(crate) struct Closure<T, R, C> {
    closure: C,
    signature: PhantomData<fn(T) -> R>,
}

impl<T, R, C> Closure<T, R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self { closure, signature: PhantomData }
    }
}

impl<T, R, C> MapFunction for Closure<T, R, C>
where
    T: Data,
    R: Returns + 'static,
    C: for<'a> Fn(View<'a, T>) -> R + 'static,
{
    type In = T;
    type Out = R::Value;

    #[inline]
    fn map<'a>(&'a mut self, value: View<'a, T>) -> Result<View<'a, R::Value>> {
        (self.closure)(value).into_result()
    }
}

impl<T, R, C> FilterFunction for Closure<T, R, C>
where
    T: Data,
    R: Returns<Value = bool> + 'static,
    C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + 'static,
{
    type In = T;

    #[inline]
    fn filter(&mut self, value: &View<'_, T>) -> Result<bool> {
        (self.closure)(value).into_result()
    }
}

impl<T, R, C> ReduceFunction for Closure<T, R, C>
where
    T: Owned,
    R: Returns<Value = T> + 'static,
    C: Fn(T, T) -> R + 'static,
{
    type T = T;

    #[inline]
    fn reduce(&self, one: T, other: T) -> Result<T> {
        (self.closure)(one, other).into_result()
    }
}

impl<T, R, C> TimestampAssigner for Closure<T, R, C>
where
    T: Data,
    R: Returns<Value = i64> + 'static,
    C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + 'static,
{
    type In = T;

    #[inline]
    fn extract_timestamp(&mut self, value: &View<'_, T>, _before: Option<i64>) -> Result<i64> {
        (self.closure)(value).into_result()
    }
}

/// A closure that puts values `O` into a collector.
pub(crate) struct Collects<T, O, R, C> {
    closure: C,
    signature: PhantomData<fn(T) -> (O, R)>,
}

impl<T, O, R, C> Collects<T, O, R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self { closure, signature: PhantomData }
    }
}

impl<T, O, R, C> FlatMapFunction for Collects<T, O, R, C>
where
    T: Data,
    O: Data,
    R: Returns<Value = ()> + 'static,
    C: for<'a, 'o, 'c> Fn(View<'a, T>, &'o mut Collector<'c, O>) -> R + 'static,
{
    type In = T;
    type Out = O;

    #[inline]
    fn flat_map(&mut self, value: View<'_, T>, out: &mut Collector<'_, O>) -> Result<()> {
        (self.closure)(value, out).into_result()
    }
}

/// A closure that computes something of a value, which then goes with the value: its key, or the number
/// of its partition.
pub(crate) struct Beside<T, R, C> {
    closure: C,
    signature: PhantomData<fn(T) -> R>,
}

impl<T, R, C> Beside<T, R, C> {
    pub(crate) fn new(closure: C) -> Self {
        Self { closure, signature: PhantomData }
    }
}

impl<T, R, C> MapFunction for Beside<T, R, C>
where
    T: Data,
    R: Returns + 'static,
    R::Value: Key,
    C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + 'static,
{
    type In = T;
    type Out = (R::Value, T);

    #[inline]
    fn map<'a>(&'a mut self, value: View<'a, T>) -> Result<(View<'a, R::Value>, View<'a, T>)> {
        let beside = (self.closure)(&value).into_result()?;
        Ok((beside, value))
    }
}
