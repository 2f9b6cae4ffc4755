//! The last elements of a window, aggregated or reduced when it fires.
//!
//! What is to leave a sliding count window again cannot be taken out of an accumulator, so that these
//! windows keep their elements.

use brookite_core::coder::{Arena, Input};
use brookite_core::function::{AggregateFunction, ReduceFunction};
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::Push;
use crate::node::window::buffer::Tell;
use crate::opening::Opening;
use crate::runtime::{Halted, Runtime};
use crate::windowing::Firing;

/// Aggregates elements.
pub(crate) struct Fold<F> {
    function: F,
    scratch: Vec<u8>,
}

impl<F> Fold<F> {
    pub(crate) fn new(function: F) -> Self {
        Self { function, scratch: Vec::new() }
    }
}

impl<F: AggregateFunction> Tell for Fold<F> {
    type In = F::In;
    type Out = F::Out;

    fn open(&mut self, _: &mut Opening<'_>) -> Result<(), Cause> {
        Ok(())
    }

    fn tell<N: Push<F::Out>>(
        &mut self,
        elements: &[View<'_, F::In>],
        _: Firing,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        let Self { function, scratch } = self;
        let mut accumulator = function.create_accumulator();
        for element in elements {
            let arena = Arena::default();
            let added = copy::<F::In>(element, scratch, &arena)
                .and_then(|copy| function.add(copy, &mut accumulator).map_err(Cause::User));
            added.map_err(|cause| rt.fail(cause))?;
        }
        match function.get_result(&accumulator) {
            Ok(result) => next.push(result, rt),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}

/// Reduces elements.
pub(crate) struct FoldReduce<F> {
    function: F,
    scratch: Vec<u8>,
}

impl<F> FoldReduce<F> {
    pub(crate) fn new(function: F) -> Self {
        Self { function, scratch: Vec::new() }
    }
}

impl<F: ReduceFunction> Tell for FoldReduce<F> {
    type In = F::T;
    type Out = F::T;

    fn open(&mut self, _: &mut Opening<'_>) -> Result<(), Cause> {
        Ok(())
    }

    fn tell<N: Push<F::T>>(
        &mut self,
        elements: &[F::T],
        _: Firing,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        let Self { function, scratch } = self;
        let mut reduced = None;
        for element in elements {
            let arena = Arena::default();
            let one =
                copy::<F::T>(element, scratch, &arena).and_then(|copy| match reduced.take() {
                    Some(before) => function.reduce(before, copy).map_err(Cause::User),
                    None => Ok(copy),
                });
            reduced = Some(one.map_err(|cause| rt.fail(cause))?);
        }
        match reduced {
            Some(value) => next.push(value, rt),
            None => Ok(()),
        }
    }
}

/// The functions take values, of which a slice of elements has only references.
fn copy<'c, T: Data>(
    value: &View<'_, T>,
    scratch: &'c mut Vec<u8>,
    arena: &'c Arena,
) -> Result<View<'c, T>, Cause> {
    scratch.clear();
    T::encode(value, scratch).map_err(Cause::Result)?;
    T::decode(&mut Input::new(scratch, arena)).map_err(Cause::Element)
}
