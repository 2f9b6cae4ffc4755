//! Windows of which the one value is kept that theirs came to.

use brookite_core::coder::{Arena, EncodeError, Encoding, Input};
use brookite_core::function::{OpenContext, ReduceFunction};
use brookite_core::state::ValueState;
use brookite_core::{Result, View};

use crate::failure::Cause;
use crate::node::Push;
use crate::node::window::CONTENTS;
use crate::node::window::gather::{Gather, GatherOne, write};
use crate::opening::Opening;
use crate::runtime::{Halted, Runtime};
use crate::windowing::Firing;

pub(crate) struct Reduce<F: ReduceFunction> {
    function: F,
    contents: ValueState<F::T>,
}

impl<F: ReduceFunction> Reduce<F> {
    pub(crate) fn new(function: F) -> Self {
        Self { function, contents: ValueState::default() }
    }
}

impl<F: ReduceFunction> Gather for Reduce<F> {
    type Value<'v> = F::T;
    type Out = F::T;
    type Held = F::T;

    const SEES_FIRST: bool = true;

    fn open(&mut self, opening: &mut Opening<'_>) -> Result<(), Cause> {
        self.contents = OpenContext::new(opening).value_state(CONTENTS).map_err(Cause::User)?;
        Ok(())
    }

    #[inline]
    fn add(&mut self, value: F::T) -> Result<bool, Cause> {
        let Self { function, contents } = self;
        let added = contents.modify(|contents| match contents.take() {
            Some(before) => {
                *contents = Some(function.reduce(before, value)?);
                Ok(false)
            }
            None => {
                *contents = Some(value);
                Ok(true)
            }
        });
        added.and_then(|added| added).map_err(Cause::User)
    }

    fn add_copy(&mut self, value: &F::T) -> Result<bool, Cause> {
        self.add(copy::<F::T>(value)?)
    }

    fn write_late(value: &F::T, encoding: Encoding, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        write::<F::T>(value, encoding, out)
    }

    fn take(&mut self) -> Result<Option<F::T>, Cause> {
        self.contents.modify(Option::take).map_err(Cause::User)
    }

    fn put(&mut self, held: F::T) -> Result<(), Cause> {
        self.add(held).map(|_| ())
    }

    fn clear(&mut self) -> Result<(), Cause> {
        self.contents.clear().map_err(Cause::User)
    }

    fn fire<N: Push<F::T>>(
        &mut self,
        firing: Firing,
        _: bool,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        // A window that goes on keeps what it tells.
        let told = if firing.pane.is_last {
            self.take()
        } else {
            let copied = self.contents.with(|contents| contents.map(copy::<F::T>).transpose());
            copied.map_err(Cause::User).and_then(|copied| copied)
        };
        match told {
            Ok(Some(value)) => next.push(value, rt),
            // Nothing can be told of no values.
            Ok(None) => Ok(()),
            Err(cause) => Err(rt.fail(cause)),
        }
    }
}

impl<F: ReduceFunction> GatherOne for Reduce<F> {
    type In = F::T;

    #[inline]
    fn value<'v>(view: View<'v, F::T>) -> Self::Value<'v> {
        view
    }
}

/// A value that need not be `Clone` is copied by writing and reading it.
fn copy<T: brookite_core::Owned>(value: &T) -> Result<T, Cause> {
    let mut bytes = Vec::new();
    T::encode(value, &mut bytes).map_err(Cause::Result)?;
    T::decode(&mut Input::new(&bytes, &Arena::default())).map_err(Cause::Record)
}
