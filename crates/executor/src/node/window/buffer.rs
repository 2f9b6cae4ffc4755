//! Windows of which all elements are kept.

use brookite_core::coder::{Arena, EncodeError, Encoding};
use brookite_core::function::OpenContext;
use brookite_core::state::ListState;
use brookite_core::{Data, Result, View};

use crate::failure::Cause;
use crate::node::Push;
use crate::node::window::CONTENTS;
use crate::node::window::element::{Element, views};
use crate::node::window::gather::{Gather, GatherOne, write};
use crate::opening::Opening;
use crate::runtime::{Halted, Runtime};
use crate::windowing::Firing;

/// What is told of elements.
pub(crate) trait Tell: 'static {
    type In: Data;
    type Out: Data;

    /// Opens the function.
    fn open(&mut self, opening: &mut Opening<'_>) -> Result<(), Cause>;

    /// Closes the function.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }

    /// The window is forgotten.
    fn forget(&mut self) -> Result<(), Cause> {
        Ok(())
    }

    /// Tells the result.
    fn tell<N: Push<Self::Out>>(
        &mut self,
        elements: &[View<'_, Self::In>],
        firing: Firing,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted>;
}

pub(crate) struct Buffer<T: Tell> {
    elements: ListState<Element<T::In>>,
    /// So many of the last elements are told, and kept afterwards.
    keep_last: Option<usize>,
    tell: T,
}

impl<T: Tell> Buffer<T> {
    pub(crate) fn new(tell: T, keep_last: Option<usize>) -> Self {
        Self { elements: ListState::default(), keep_last, tell }
    }

    /// The elements to tell. Those of a window that goes on stay where they are.
    fn told(&self, is_last: bool) -> Result<Vec<Element<T::In>>> {
        let Some(keep) = self.keep_last else {
            return if is_last { self.elements.take() } else { self.elements.get() };
        };
        let mut elements = self.elements.get()?;
        if elements.len() > keep {
            elements.drain(..elements.len() - keep);
            self.elements.update(elements.clone())?;
        }
        Ok(elements)
    }
}

impl<T: Tell> Gather for Buffer<T> {
    type Value<'v> = View<'v, T::In>;
    type Out = T::Out;
    type Held = Vec<Element<T::In>>;

    const SEES_FIRST: bool = false;

    fn open(&mut self, opening: &mut Opening<'_>) -> Result<(), Cause> {
        self.elements = OpenContext::new(opening).list_state(CONTENTS).map_err(Cause::User)?;
        self.tell.open(opening)
    }

    fn close(&mut self) -> Result<()> {
        self.tell.close()
    }

    fn add(&mut self, value: View<'_, T::In>) -> Result<bool, Cause> {
        self.add_copy(&value)
    }

    fn add_copy(&mut self, value: &View<'_, T::In>) -> Result<bool, Cause> {
        let element = Element::new(value).map_err(Cause::Result)?;
        self.elements.add(element).map_err(Cause::User)?;
        Ok(false)
    }

    fn write_late(
        value: &View<'_, T::In>,
        encoding: Encoding,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        write::<T::In>(value, encoding, out)
    }

    fn take(&mut self) -> Result<Option<Self::Held>, Cause> {
        self.elements.take().map(Some).map_err(Cause::User)
    }

    fn put(&mut self, held: Self::Held) -> Result<(), Cause> {
        self.elements.add_all(held).map_err(Cause::User)
    }

    fn clear(&mut self) -> Result<(), Cause> {
        self.elements.clear().map_err(Cause::User)
    }

    fn forget(&mut self) -> Result<(), Cause> {
        self.tell.forget()
    }

    fn fire<N: Push<T::Out>>(
        &mut self,
        firing: Firing,
        empty: bool,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        let elements = match self.told(firing.pane.is_last) {
            Ok(elements) => elements,
            Err(error) => return Err(rt.fail(Cause::User(error))),
        };
        if elements.is_empty() && !empty {
            return Ok(());
        }
        let arena = Arena::default();
        match views(&elements, &arena) {
            Ok(views) => self.tell.tell(&views, firing, next, rt),
            Err(error) => Err(rt.fail(Cause::Element(error))),
        }
    }
}

impl<T: Tell> GatherOne for Buffer<T> {
    type In = T::In;

    #[inline]
    fn value<'v>(view: View<'v, T::In>) -> View<'v, T::In> {
        view
    }
}
