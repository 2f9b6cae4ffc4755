//! Windows of which an accumulator is kept.

use brookite_core::coder::{Arena, EncodeError, Encoding, Input};
use brookite_core::function::{AggregateFunction, OpenContext};
use brookite_core::state::ValueState;
use brookite_core::{Data, View};

use crate::failure::Cause;
use crate::node::Push;
use crate::node::window::CONTENTS;
use crate::node::window::gather::{Gather, GatherOne, write};
use crate::opening::Opening;
use crate::runtime::{Halted, Runtime};
use crate::windowing::Firing;

pub(crate) struct Aggregate<F: AggregateFunction> {
    function: F,
    contents: ValueState<F::Acc>,
    scratch: Vec<u8>,
    arena: Arena,
}

impl<F: AggregateFunction> Aggregate<F> {
    pub(crate) fn new(function: F) -> Self {
        let (scratch, arena) = (Vec::new(), Arena::default());
        Self { function, contents: ValueState::default(), scratch, arena }
    }
}

impl<F: AggregateFunction> Gather for Aggregate<F> {
    type Value<'v> = View<'v, F::In>;
    type Out = F::Out;
    type Held = F::Acc;

    const SEES_FIRST: bool = true;

    fn open(&mut self, opening: &mut Opening<'_>) -> Result<(), Cause> {
        self.contents = OpenContext::new(opening).value_state(CONTENTS).map_err(Cause::User)?;
        Ok(())
    }

    #[inline]
    fn add(&mut self, value: View<'_, F::In>) -> Result<bool, Cause> {
        add(&self.function, &self.contents, value)
    }

    fn add_copy(&mut self, value: &View<'_, F::In>) -> Result<bool, Cause> {
        let Self { function, contents, scratch, arena } = self;
        scratch.clear();
        F::In::encode(value, scratch).map_err(Cause::Result)?;
        arena.reset();
        let copy = F::In::decode(&mut Input::new(scratch, arena)).map_err(Cause::Record)?;
        add(function, contents, copy)
    }

    fn write_late(
        value: &View<'_, F::In>,
        encoding: Encoding,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        write::<F::In>(value, encoding, out)
    }

    fn take(&mut self) -> Result<Option<F::Acc>, Cause> {
        self.contents.modify(Option::take).map_err(Cause::User)
    }

    fn put(&mut self, held: F::Acc) -> Result<(), Cause> {
        let Self { function, contents, .. } = self;
        let merged = contents.modify(|contents| match contents {
            Some(accumulator) => function.merge(accumulator, held),
            None => {
                *contents = Some(held);
                Ok(())
            }
        });
        merged.and_then(|merged| merged).map_err(Cause::User)
    }

    fn clear(&mut self) -> Result<(), Cause> {
        self.contents.clear().map_err(Cause::User)
    }

    fn fire<N: Push<F::Out>>(
        &mut self,
        _: Firing,
        empty: bool,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        let Self { function, contents, .. } = self;
        let fired = contents.with(|contents| {
            let none;
            let accumulator = match contents {
                Some(accumulator) => accumulator,
                None if empty => {
                    none = function.create_accumulator();
                    &none
                }
                None => return Ok(Ok(())),
            };
            function.get_result(accumulator).map(|result| next.push(result, rt))
        });
        match fired.and_then(|fired| fired) {
            Ok(pushed) => pushed,
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}

impl<F: AggregateFunction> GatherOne for Aggregate<F> {
    type In = F::In;

    #[inline]
    fn value<'v>(view: View<'v, F::In>) -> View<'v, F::In> {
        view
    }
}

#[inline]
fn add<F: AggregateFunction>(
    function: &F,
    contents: &ValueState<F::Acc>,
    value: View<'_, F::In>,
) -> Result<bool, Cause> {
    let added = contents.modify(|contents| {
        let is_first = contents.is_none();
        let accumulator = contents.get_or_insert_with(|| function.create_accumulator());
        function.add(value, accumulator).map(|()| is_first)
    });
    added.and_then(|added| added).map_err(Cause::User)
}
