//! A timestamp assigner in a stage: its results are the timestamps.

use brookite_core::View;
use brookite_core::function::TimestampAssigner;

use crate::failure::Cause;
use crate::node::{Push, function_node, one_input};
use crate::runtime::{Halted, Runtime};

pub(crate) struct TimestampsNode<F, N> {
    index: usize,
    function: F,
    next: N,
}

function_node!(TimestampsNode, TimestampAssigner, i64);
one_input!(TimestampsNode, TimestampAssigner, TIMESTAMPS, i64);

impl<F: TimestampAssigner, N: Push<i64>> Push<F::In> for TimestampsNode<F, N> {
    #[inline]
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.index);
        match self.function.extract_timestamp(&value, rt.timestamp) {
            Ok(timestamp) => self.next.push(timestamp, rt),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}
