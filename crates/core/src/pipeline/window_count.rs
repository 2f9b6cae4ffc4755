//! [`Count`]: how many records a window has.

use std::marker::PhantomData;

use crate::error::Result;
use crate::function::AggregateFunction;
use crate::types::{Data, View};

/// Counts records.
pub(crate) struct Count<T>(PhantomData<fn(T)>);

impl<T> Count<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Data> AggregateFunction for Count<T> {
    type In = T;
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    #[inline]
    fn add(&self, _: View<'_, T>, count: &mut i64) -> Result<()> {
        *count += 1;
        Ok(())
    }

    fn merge(&self, count: &mut i64, other: i64) -> Result<()> {
        *count += other;
        Ok(())
    }

    fn get_result(&self, count: &i64) -> Result<i64> {
        Ok(*count)
    }
}
