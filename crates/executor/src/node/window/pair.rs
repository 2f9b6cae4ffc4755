//! Windows of which the elements of two streams are kept: joins and co-groups.

use brookite_core::coder::{Arena, DecodeError, EncodeError, Encoding};
use brookite_core::function::{CoGroupFunction, Collector, JoinFunction, OpenContext};
use brookite_core::state::ListState;
use brookite_core::{Data, Result, View};
use either::Either;

use crate::failure::Cause;
use crate::node::window::element::{Element, views};
use crate::node::window::gather::{Gather, GatherTwo};
use crate::node::{Forward, Push};
use crate::opening::Opening;
use crate::runtime::{Halted, Runtime};
use crate::windowing::Firing;

/// What is told of the elements of two streams.
pub(crate) trait TellTwo: 'static {
    type In1: Data;
    type In2: Data;
    type Out: Data;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()>;
    fn close(&mut self) -> Result<()>;

    /// Tells the results.
    fn tell(
        &mut self,
        first: &[View<'_, Self::In1>],
        second: &[View<'_, Self::In2>],
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()>;
}

/// Calls the function for each pair.
pub(crate) struct Join<F>(pub(crate) F);

impl<F: JoinFunction> TellTwo for Join<F> {
    type In1 = F::In1;
    type In2 = F::In2;
    type Out = F::Out;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.0.open(ctx)
    }

    fn close(&mut self) -> Result<()> {
        self.0.close()
    }

    fn tell(
        &mut self,
        first: &[View<'_, F::In1>],
        second: &[View<'_, F::In2>],
        out: &mut Collector<'_, F::Out>,
    ) -> Result<()> {
        for one in first {
            for other in second {
                self.0.join(one, other, out)?;
            }
        }
        Ok(())
    }
}

/// Calls the function once.
pub(crate) struct CoGroup<F>(pub(crate) F);

impl<F: CoGroupFunction> TellTwo for CoGroup<F> {
    type In1 = F::In1;
    type In2 = F::In2;
    type Out = F::Out;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.0.open(ctx)
    }

    fn close(&mut self) -> Result<()> {
        self.0.close()
    }

    fn tell(
        &mut self,
        first: &[View<'_, F::In1>],
        second: &[View<'_, F::In2>],
        out: &mut Collector<'_, F::Out>,
    ) -> Result<()> {
        self.0.co_group(first, second, out)
    }
}

/// Keeps each stream's elements in a list of their own.
pub(crate) struct Pair<T: TellTwo> {
    first: ListState<Element<T::In1>>,
    second: ListState<Element<T::In2>>,
    tell: T,
}

impl<T: TellTwo> Pair<T> {
    pub(crate) fn new(tell: T) -> Self {
        Self { first: ListState::default(), second: ListState::default(), tell }
    }
}

impl<T: TellTwo> Gather for Pair<T> {
    type Value<'v> = Either<View<'v, T::In1>, View<'v, T::In2>>;
    type Out = T::Out;
    type Held = (Vec<Element<T::In1>>, Vec<Element<T::In2>>);

    const SEES_FIRST: bool = false;

    fn open(&mut self, opening: &mut Opening<'_>) -> Result<(), Cause> {
        let mut ctx = OpenContext::new(opening);
        let opened = ctx.list_state("window-contents-1").and_then(|first| {
            self.first = first;
            self.second = ctx.list_state("window-contents-2")?;
            Ok(())
        });
        opened.map_err(Cause::User)?;
        let before = opening.states.count();
        self.tell.open(&mut OpenContext::new(opening)).map_err(Cause::User)?;
        if opening.states.count() > before {
            return Err(Cause::User(brookite_core::Error::msg(
                "a function that joins windows cannot have state; use a KeyedCoProcessFunction",
            )));
        }
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        self.tell.close()
    }

    fn add(&mut self, value: Self::Value<'_>) -> Result<bool, Cause> {
        self.add_copy(&value)
    }

    fn add_copy(&mut self, value: &Self::Value<'_>) -> Result<bool, Cause> {
        let added = match value {
            Either::Left(value) => self.first.add(Element::new(value).map_err(Cause::Result)?),
            Either::Right(value) => self.second.add(Element::new(value).map_err(Cause::Result)?),
        };
        added.map(|()| false).map_err(Cause::User)
    }

    /// A stage of two inputs is not built with an output for late records: which of the two would be in
    /// it?
    fn write_late(_: &Self::Value<'_>, _: Encoding, _: &mut Vec<u8>) -> Result<(), EncodeError> {
        Ok(())
    }

    fn take(&mut self) -> Result<Option<Self::Held>, Cause> {
        let first = self.first.take().map_err(Cause::User)?;
        let second = self.second.take().map_err(Cause::User)?;
        Ok(Some((first, second)))
    }

    fn put(&mut self, (first, second): Self::Held) -> Result<(), Cause> {
        self.first.add_all(first).map_err(Cause::User)?;
        self.second.add_all(second).map_err(Cause::User)
    }

    fn clear(&mut self) -> Result<(), Cause> {
        self.first.clear().map_err(Cause::User)?;
        self.second.clear().map_err(Cause::User)
    }

    fn fire<N: Push<T::Out>>(
        &mut self,
        firing: Firing,
        empty: bool,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        let lists = if firing.pane.is_last {
            self.first.take().and_then(|first| Ok((first, self.second.take()?)))
        } else {
            self.first.get().and_then(|first| Ok((first, self.second.get()?)))
        };
        let (first, second) = lists.map_err(|error| rt.fail(Cause::User(error)))?;
        if first.is_empty() && second.is_empty() && !empty {
            return Ok(());
        }
        let arena = Arena::default();
        let malformed = |error: DecodeError| Cause::Element(error);
        let first = views(&first, &arena).map_err(|error| rt.fail(malformed(error)))?;
        let second = views(&second, &arena).map_err(|error| rt.fail(malformed(error)))?;
        let mut forward = Forward { index: 0, next, rt };
        match self.tell.tell(&first, &second, &mut Collector::new(&mut forward)) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}

impl<T: TellTwo> GatherTwo for Pair<T> {
    type In1 = T::In1;
    type In2 = T::In2;

    fn first<'v>(view: View<'v, T::In1>) -> Self::Value<'v> {
        Either::Left(view)
    }

    fn second<'v>(view: View<'v, T::In2>) -> Self::Value<'v> {
        Either::Right(view)
    }
}
