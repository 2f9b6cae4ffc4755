//! [`Rolling`]: a reduction that tells its result with every record.

use std::marker::PhantomData;

use crate::error::Result;
use crate::function::{Collector, Context, KeyedProcessFunction, OpenContext, ReduceFunction};
use crate::state::ValueState;
use crate::types::{Key, Owned};

/// Reduces all records of a key so far, and emits what they come to.
pub(crate) struct Rolling<K, T, F> {
    reduce: F,
    reduced: ValueState<T>,
    key: PhantomData<fn() -> K>,
}

impl<K, T, F> Rolling<K, T, F> {
    pub(crate) fn new(reduce: F) -> Self {
        Self { reduce, reduced: ValueState::default(), key: PhantomData }
    }
}

impl<K, T, F> KeyedProcessFunction for Rolling<K, T, F>
where
    K: Key,
    T: Owned + Clone,
    F: ReduceFunction<T = T>,
{
    type Key = K;
    type In = T;
    type Out = T;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.reduced = ctx.value_state("reduced")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        value: T,
        _ctx: &Context<'_, K>,
        out: &mut Collector<'_, T>,
    ) -> Result<()> {
        let reduced = match self.reduced.value()? {
            Some(before) => self.reduce.reduce(before, value)?,
            None => value,
        };
        self.reduced.update(reduced.clone())?;
        out.collect(reduced);
        Ok(())
    }
}
