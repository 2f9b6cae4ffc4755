//! A process window function: alone, or behind an aggregating one.

use brookite_core::function::{
    Collector, OpenContext, ProcessWindowFunction, SideOutputs, WindowContext, urn,
};
use brookite_core::{Data, DataType, Result, View};

use crate::failure::Cause;
use crate::node::window::buffer::Tell;
use crate::node::{Forward, Keys, Node, Place, Push, Waiting, closed};
use crate::opening::Opening;
use crate::position::Position;
use crate::runtime::{Halted, Runtime};
use crate::windowing::Firing;

pub(crate) struct ProcessWindow<F: ProcessWindowFunction> {
    index: usize,
    function: F,
    keys: Keys<F::Key>,
}

impl<F: ProcessWindowFunction> ProcessWindow<F> {
    /// `None` when the stage has no keys, or they have no such encoding.
    pub(crate) fn new(place: Place<'_>) -> Option<Self> {
        Some(Self { index: place.index, function: place.function(), keys: Keys::new(place)? })
    }
}

impl<F: ProcessWindowFunction> Tell for ProcessWindow<F> {
    type In = F::In;
    type Out = F::Out;

    fn open(&mut self, opening: &mut Opening<'_>) -> Result<(), Cause> {
        // Behind the head it still has its keys.
        opening.index = 0;
        let before = opening.states.count();
        self.function.open(&mut OpenContext::new(opening)).map_err(Cause::User)?;
        if opening.windows_merge && opening.states.count() > before {
            return Err(Cause::User(brookite_core::Error::msg(
                "a function of windows that merge cannot have state of a window, which may become part \
                 of another at any time; aggregate what is to be kept, or use windows that do not merge",
            )));
        }
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        self.function.close()
    }

    fn forget(&mut self) -> Result<(), Cause> {
        self.function.clear().map_err(Cause::User)
    }

    fn tell<N: Push<F::Out>>(
        &mut self,
        elements: &[View<'_, F::In>],
        firing: Firing,
        next: &mut N,
        rt: &mut Runtime<'_>,
    ) -> Result<(), Halted> {
        let Firing { window, pane, timestamp } = firing;
        rt.enter(self.index);
        let context = match self.keys.context(rt, Some(timestamp)) {
            Ok(context) => WindowContext::new(context, window, pane),
            Err(cause) => return Err(rt.fail(cause)),
        };
        let mut forward = Forward { index: self.index, next, rt };
        match self.function.process(elements, &context, &mut Collector::new(&mut forward)) {
            Ok(()) => rt.check(),
            Err(error) => Err(rt.fail(Cause::User(error))),
        }
    }
}

/// Behind an aggregating function: it is given what that one makes of a window.
pub(crate) struct ProcessWindowNode<F: ProcessWindowFunction, N> {
    process: ProcessWindow<F>,
    next: N,
}

impl<F: ProcessWindowFunction, N: Push<F::Out>> Node for ProcessWindowNode<F, N> {
    fn open(&mut self, opening: &mut Opening<'_>, position: &Position) -> Result<(), Cause> {
        self.next.open(opening, position)?;
        position.enter(Some(self.process.index));
        self.process.open(opening)
    }

    fn close(&mut self, position: &Position) -> Option<(Option<usize>, Cause)> {
        position.enter(Some(self.process.index));
        let failed = closed(|| self.process.close());
        let behind = self.next.close(position);
        failed.map(|cause| (Some(self.process.index), cause)).or(behind)
    }

    fn forget_window(&mut self, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        rt.enter(self.process.index);
        self.process.forget().map_err(|cause| rt.fail(cause))
    }
}

impl<F: ProcessWindowFunction, N: Push<F::Out>> Push<F::In> for ProcessWindowNode<F, N> {
    fn push(&mut self, value: View<'_, F::In>, rt: &mut Runtime<'_>) -> Result<(), Halted> {
        let firing = rt.firing.expect("a window function is put behind one that gathers windows");
        self.process.tell(std::slice::from_ref(&value), firing, &mut self.next, rt)
    }
}

impl<F: ProcessWindowFunction> Waiting for ProcessWindowNode<F, ()> {
    const KIND: &'static str = urn::PROCESS_WINDOW;
    const KEY: Option<fn() -> DataType> = Some(F::Key::data_type);

    type In = F::In;
    type Out = F::Out;
    type Node<N: Push<F::Out> + 'static> = ProcessWindowNode<F, N>;

    fn side_outputs() -> SideOutputs {
        F::side_outputs()
    }

    fn make(place: Place<'_>) -> Option<Self> {
        Some(Self { process: ProcessWindow::new(place)?, next: () })
    }

    fn before<N: Push<F::Out> + 'static>(self, next: N) -> ProcessWindowNode<F, N> {
        ProcessWindowNode { process: self.process, next }
    }
}
